"""What is owed, and when: pure, with no clock, no database and no network."""
