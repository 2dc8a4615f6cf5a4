"""Where people look: the board, served on this machine or written as files; it changes nothing."""
