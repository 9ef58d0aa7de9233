"""The archive of the log, its proofs, trails of what happened, and what operators did to the log."""
