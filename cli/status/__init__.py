"""Commands that show where obligations stand, and why."""
