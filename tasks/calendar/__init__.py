"""Due dates as a calendar: for the command line, and as a feed."""
