"""What scheduling does by itself: one reaction a file."""
