"""The second copy of the log: its tables, its Merkle tree, signed checkpoints and evidence."""
