"""The drop folder: walked, copied, read, put away."""
