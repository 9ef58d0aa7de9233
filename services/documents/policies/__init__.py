"""What documents does by itself: one reaction a file."""
