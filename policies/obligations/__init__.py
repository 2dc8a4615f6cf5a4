"""The mandating text and the obligations under it, with their rule versions."""
