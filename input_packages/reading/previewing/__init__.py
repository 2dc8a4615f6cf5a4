"""What is shown of a file: its text, and in words what is left out of it."""
