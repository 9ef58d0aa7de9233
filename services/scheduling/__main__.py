"""Runs one of the two processes of scheduling: `python -m services.scheduling answer|follow`."""

from services.runtime.process import main
from services.scheduling.service import SCHEDULING

if __name__ == "__main__":
    main(SCHEDULING)
