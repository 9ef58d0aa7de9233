"""The console: the HTTP API, its descriptions and its pages, generated from the words of the services."""
