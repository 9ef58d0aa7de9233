"""What scheduling decides: one aggregate or one kind of decision a file."""
