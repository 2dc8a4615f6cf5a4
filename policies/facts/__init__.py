"""What has happened, as plain data: one frozen dataclass for each kind of fact."""
