"""What decides in organisation: one aggregate a file."""
