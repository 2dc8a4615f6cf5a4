"""The watch: what is wrong, and telling it."""
