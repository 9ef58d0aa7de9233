"""What is asked of audit: one question a file."""
