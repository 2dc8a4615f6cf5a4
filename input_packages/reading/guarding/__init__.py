"""What is refused: a file looked into part by part, by lists of what is harmless."""
