"""Keeping an installation running: backup, watch, journal, metrics."""
