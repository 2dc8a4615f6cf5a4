"""Who belongs to which body on a day, derived from the facts."""
