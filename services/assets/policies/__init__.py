"""What assets does by itself: one reaction a file."""
