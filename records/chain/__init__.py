"""The audit chain: what seals each row, guards it, signs its head, and tells what was known at a place."""
