"""The sections of a package, in the order in which reviewers read them."""

from collections.abc import Callable

from input_packages.blocks import Section
from input_packages.contents import Contents
from input_packages.sections import (
    asked,
    changes,
    compliance,
    consultation,
    contributions,
    cover,
    decisions,
    files,
    groups,
    history,
    ladder,
    memory,
    missing,
    parts,
    provisions,
    questions,
    references,
    roll,
    timetable,
)
from input_packages.speech import Speech

SECTIONS: tuple[Callable[[Contents, Speech], Section | None], ...] = (
    cover.section,
    changes.section,
    memory.section,
    ladder.section,
    questions.section,
    parts.section,
    groups.section,
    roll.section,
    provisions.section,
    timetable.section,
    asked.section,
    consultation.section,
    contributions.section,
    history.section,
    compliance.section,
    decisions.section,
    references.section,
    missing.section,
    provisions.in_other_languages,
    files.section,
)


def sections(contents: Contents, speech: Speech) -> tuple[Section, ...]:
    """Return the sections in one language; those that have nothing to say about this cycle are left out."""
    return tuple(found for make in SECTIONS if (found := make(contents, speech)))
