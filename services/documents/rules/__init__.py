"""The rules of clerical work: dated tables of law and the pure functions that read them."""
