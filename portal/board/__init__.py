"""The board: pages that show where everything stands."""
