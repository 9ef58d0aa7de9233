"""Runs one of the two processes of audit: `python -m services.audit answer|follow`."""

from services.audit.service import AUDIT
from services.runtime.process import main

if __name__ == "__main__":
    main(AUDIT)
