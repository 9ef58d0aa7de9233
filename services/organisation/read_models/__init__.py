"""What is asked of organisation: one question or one dated table a file."""
