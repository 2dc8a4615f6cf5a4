"""The recorded facts: one table for each kind."""
