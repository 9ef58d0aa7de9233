"""What is asked of documents: one question a file."""
