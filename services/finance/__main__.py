"""Runs one of the two processes of finance: `python -m services.finance answer|follow`."""

from services.finance.service import FINANCE
from services.runtime.process import main

if __name__ == "__main__":
    main(FINANCE)
