"""The commands of `motmoi`, one a module."""
