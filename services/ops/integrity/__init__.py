"""Whether the log, the archive and the read models say the same, and putting right the one that does not."""
