"""Checking and comparing policy packs."""
