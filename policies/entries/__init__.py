"""Facts as people write them in files and commands, and the checks each entry must pass."""
