"""What is asked of assets: one question a file."""
