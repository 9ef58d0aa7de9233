"""What finance shows: one question a file."""
