"""Runs one of the two processes of documents: `python -m services.documents answer|follow`."""

from services.documents.service import DOCUMENTS
from services.runtime.process import main

if __name__ == "__main__":
    main(DOCUMENTS)
