"""Taking facts into the record, and withdrawing what was wrong."""
