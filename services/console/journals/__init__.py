"""The books of a year as plain text that hledger, ledger and beancount read."""
