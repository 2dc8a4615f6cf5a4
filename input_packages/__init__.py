"""Input packages: what reviewers are handed."""
