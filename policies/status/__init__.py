"""Where an obligation stands on a day, and why."""
