"""The encrypted data file: the journal, and the tables projected from it."""
