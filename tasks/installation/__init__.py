"""What one installation works with: its settings, its rules, its database, its runs."""
