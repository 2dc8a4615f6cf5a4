"""What contributors send: collected, read, kept and answered for."""
