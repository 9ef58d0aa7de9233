"""The rules of finance: dated tables and the pure functions that read them."""
