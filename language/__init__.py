"""How it is said: catalogues, dates as United Nations documents write them, plurals, direction."""
