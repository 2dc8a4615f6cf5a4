"""Where people type: the command `mandates`."""
