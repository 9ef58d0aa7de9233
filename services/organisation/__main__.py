"""Runs one of the two processes of organisation: `python -m services.organisation answer|follow`."""

from services.organisation.service import ORGANISATION
from services.runtime.process import main

if __name__ == "__main__":
    main(ORGANISATION)
