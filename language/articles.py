"""The article that English puts before the name of an office, and before no name of a person."""

import re

# An office is called after what it is the office of, or by one of these words.
_OFFICE = re.compile(
    r"\b(?:of|for|board|bureau|commissioner|committee|coordinator|department|director|division|focal point"
    r"|group|mission|office|principals|secretariat|secretary|unit)\b",
    re.IGNORECASE,
)


def with_article(name: str) -> str:
    """Return a name as it stands in an English sentence; what follows a comma is a person's title.

    >>> with_article("Executive Office of the Secretary-General"), with_article("Anna Keller, Director")
    ('the Executive Office of the Secretary-General', 'Anna Keller, Director')
    """
    office = _OFFICE.search(name.partition(",")[0])
    return f"the {name}" if office and not name.lower().startswith("the ") else name
