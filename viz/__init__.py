"""Networks and tables become pages and files."""
