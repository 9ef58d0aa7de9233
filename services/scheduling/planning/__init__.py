"""Planning a day's runs: what waits, who could drive what, first come first served, and something better."""
