"""How those on a roll are called in a package."""

from input_packages.blocks import Text
from input_packages.roll_contents import Member
from input_packages.speech import Speech


def named(member: Member, s: Speech) -> Text:
    """Return the member's name in the language of the package, or its id where the rules have no name."""
    return s.words(member.name) if member.name else (s.id(member.id),)
