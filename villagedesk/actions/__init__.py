"""One function for each thing a person can do.  Only actions write; each returns what changed."""
