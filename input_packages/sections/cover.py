"""The cover note: for whom, what is asked of them, what decides, what closes the cycle, and the figures."""

from input_packages.blocks import Definitions, Figure, Paragraph, Run, Section, Tally, Text
from input_packages.contents import Contents
from input_packages.speech import Speech
from language.catalogues import english

_PURPOSE = english(
    "This package puts before the reviewers (%(holder)s) what there is for “%(title)s”: the text that "
    "requires it, its timetable and the reasons for it, earlier cycles, who was asked for an "
    "input, and what is still missing."
)
_DUTY = english("%(words)s (%(provisions)s)")
_READ = english(
    "Reviewers are invited to consider this package, bearing in mind the outstanding inputs, "
    "and to communicate the outcome to the secretariat with the document confirming its completion."
)
_DECIDES = english(
    "The instrument. Where this package and the text of the instrument differ, the text "
    "prevails. What is marked as internal practice is the secretariat's own and is not "
    "required by the text."
)


_LEAD = english("%(name)s, as decided by %(by)s on %(on)s")


def section(c: Contents, s: Speech) -> Section:
    """Return the cover note."""
    warnings = (Paragraph(s.words(warning), "alert") for warning in c.warnings)
    return Section(
        "cover",
        s.plain(english("Cover note")),
        (
            Paragraph(s.gettext(_PURPOSE, holder=s.words(c.holder), title=s.words(c.title))),
            *warnings,
            Tally(_figures(c, s)),
            Definitions(tuple((s.gettext(named), said) for named, said in _facts(c, s))),
        ),
    )


def _figures(c: Contents, s: Speech) -> tuple[Figure, ...]:
    called = [asked for asked in c.asked if asked.asked_on or asked.answered_on]
    answered = sum(1 for asked in called if asked.answered_on)
    there = sum(1 for item in c.items if item.present)
    lacking = sum(1 for item in c.items if not item.present and item.basis == "mandate")

    def of(count: int, total: int) -> Text:
        return s.gettext(english("%(count)s of %(total)s"), count=count, total=total)

    return (
        Figure(of(answered, len(called)), s.gettext(english("inputs that were asked for have come"))),
        Figure(of(there, len(c.items)), s.gettext(english("items received"))),
        Figure(
            (Run(str(lacking)),),
            s.gettext(english("missing, although required by the text")),
            alert=lacking > 0,
        ),
    )


def _facts(c: Contents, s: Speech) -> list[tuple[str, Text]]:
    ids = s.id(", ".join(provision.id for provision in c.provisions))
    no_date, no_fact = english("not yet known"), english("no fact is recorded yet")
    target = [(english("Internal target date"), s.date(c.target_on))] if c.target_on else []
    return [
        (english("Reviewers"), s.words(c.holder)),
        *_lead(c, s),
        (english("Instrument"), s.words(c.instrument)),
        (english("The duty"), s.gettext(_DUTY, words=s.words(c.cadence), provisions=ids)),
        (english("Due date"), s.date(c.due_on, no_date)),
        *target,
        (english("Asked of the reviewers"), s.gettext(_READ)),
        (english("Authoritative text"), s.gettext(_DECIDES)),
        (english("What closes the cycle"), s.words(c.evidence)),
        (english("Facts recorded up to"), s.instant(c.facts_upto) if c.facts_upto else s.absent(no_fact)),
    ]


def _lead(c: Contents, s: Speech) -> list[tuple[str, Text]]:
    if c.lead is None:
        return []
    by, on = s.name(c.lead.decided_by), s.date(c.lead.decided_on)
    return [(english("Lead of the review"), s.gettext(_LEAD, name=s.name(c.lead.name), by=by, on=on))]
