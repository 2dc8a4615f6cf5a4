"""Commands about dates: the calendar and its feeds."""
