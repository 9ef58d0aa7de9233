"""What decides in audit: one aggregate a file."""
