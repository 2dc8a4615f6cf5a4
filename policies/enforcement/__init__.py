"""What is owed on a day, and what a change of rules or facts would move."""
