"""Registers, drafting and issue, tasks, petitions, the one-stop desk and archive files."""
