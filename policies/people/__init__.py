"""Who is who: derived for a day from the facts about people, and written as a file."""
