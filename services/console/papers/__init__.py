"""Papers an office signs: each a pure function from answers to a description, set as DOCX or PDF."""
