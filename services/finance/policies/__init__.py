"""What finance does by itself: one reaction a file."""
