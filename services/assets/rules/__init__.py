"""The rules of assets: dated tables of law and the pure functions that read them."""
