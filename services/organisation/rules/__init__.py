"""The dated tables of law of organisation."""
