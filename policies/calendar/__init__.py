"""Counting days, months and working days, and quiet hours."""
