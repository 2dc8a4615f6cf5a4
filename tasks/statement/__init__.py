"""The statement: how every mandate stood at the end of a month, as figures that anyone can trace."""
