"""Backups: the whole log and what else an office owns in one signed file, made, checked and restored."""
