"""The policy pack: a folder of files with everything that is owed under one instrument."""
