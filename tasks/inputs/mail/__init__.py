"""Mail that comes in: fetched, read, and what it says of itself."""
