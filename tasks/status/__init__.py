"""Where every obligation stands, and what a person should look at."""
