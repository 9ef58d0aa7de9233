"""What decides in documents: one aggregate a file."""
