"""What keeps the automation server from starting."""


class StartError(RuntimeError):
    """The automation server cannot start; the message says why and what to do."""
