"""What scheduling shows: one question a file."""
