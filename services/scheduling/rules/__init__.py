"""The rules of scheduling: dated tables and the pure functions that read them."""
