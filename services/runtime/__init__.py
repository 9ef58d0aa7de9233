"""The machine every service runs on: it knows no business word."""
