"""Finance: one set of books for every board: estimates, spending, advances, the ledger and its reports."""
