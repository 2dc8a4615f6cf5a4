"""Stories of people over days and years: what each was told, and when."""
