"""What finance decides: one aggregate or one kind of decision a file."""
