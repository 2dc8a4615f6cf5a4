"""The words of `mandates record`, where they are others than the keys of a file of facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

ARGUMENT = "argument"


class Said(NamedTuple):
    """How one part of a fact is said: by which `option`, or as an `ARGUMENT`; by itself where None.

    A part that is `needed` must be given, though a file could do without; `otherwise` is what holds where
    nothing is given.
    """

    option: str | None = None
    help: str | None = None
    metavar: str | None = None
    needed: bool = False
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what it does, its name where that is not the kind's, and how parts of the fact are said.

    What is `unsaid` is not asked for.
    """

    says: str
    said: Mapping[str, Said] = field(default_factory=dict)
    name: str | None = None
    unsaid: frozenset[str] = frozenset()


AS_IN_A_FILE = Said()
_NAME = Said(ARGUMENT, "A name to keep it by, such as ec-2026-11", "NAME")
_BODY = Said(ARGUMENT, "A body with a roll, or a working group.", "BODY")
_NAMED = Said(ARGUMENT, metavar="name")
_BARE = Said(ARGUMENT)
_ANNOUNCED = Said(help="Where this was announced.")
_WRITTEN = Said(help="Where it is written.")
_REASON = Said(help="Why, in a sentence.")
_SAYS = Said(help="In a sentence.")
_BEHIND = Said(help="The recorded decision behind it.", metavar="NAME")
_LAST = Said("--until", "The last day, where one is named.")

# By the name of the kind. A kind without a row is asked for as its entry is written.
WORDS: Mapping[str, Command] = {
    "completion": Command(
        "Record that an obligation was met, with the evidence.",
        {
            "evidence": Said(help="The reference of the document that proves it."),
            "counts_for": Said(help="The year or slot it was for."),
            "meeting": Said(help="The meeting on record that served it."),
        },
    ),
    "extension": Command(
        "Record that a cycle may be met later; its mandated date does not move.",
        {"until": Said("--until"), "authority": Said(help="Who decided it.")},
    ),
    "reply": Command(
        "Record what the secretariat replied to an answer; `--until` gives more time.",
        {"reason": _REASON, "until": Said(help="The new day, if more time is given.")},
    ),
    "pause": Command(
        "Record that nobody, or one person, is reminded of a cycle from one date to another.",
        {"reason": _REASON, "person": Said(help="Only for this person.")},
    ),
    "convening": Command(
        "Record that a meeting is called; a later call of the same meeting moves it.",
        {"id": _NAME, "source": _ANNOUNCED, "place": Said(help="Where it is held.")},
    ),
    "cancellation": Command(
        "Record that a meeting which was called is not held.", {"meeting": _NAME, "reason": _REASON}
    ),
    "meeting": Command(
        "Record that a meeting was held (its last day), under a name of its own.",
        {
            "id": _NAME,
            "source": _ANNOUNCED,
            "place": Said(help="Where it is held."),
            "began_on": Said("--began", "Its first day, if it had several."),
            "participants": Said(
                "--participant", "Who was there, by role; may be given again.", metavar="ROLE=WHO"
            ),
        },
    ),
    "paper": Command(
        "Record a paper of a meeting: agenda, minutes, documents, decisions.",
        {
            "meeting": _NAME,
            "reference": Said(help="Its reference, or its address."),
            "languages": Said("--language", "A language it is in (en); may be given again.", otherwise="en"),
            "confidentiality": Said("--confidentiality", otherwise="public"),
        },
    ),
    "proposal": Command(
        "Record a proposal on which consensus is sought.",
        {"id": _NAME, "proposed_by": Said("--from", "Who proposes it."), "source": _ANNOUNCED},
    ),
    "position": Command(
        "Record where an entity stands on a proposal.",
        {"proposal": _NAME, "entity": _BARE, "source": _ANNOUNCED, "says": _SAYS},
    ),
    "step": Command(
        "Record a step taken about a proposal without consensus; their order is the text's.",
        {
            "proposal": _NAME,
            "by": Said("--taken-by", "Who took it."),
            "says": _SAYS,
            "source": _ANNOUNCED,
        },
    ),
    "decision": Command(
        "Record a decision that somebody must carry out, under a name of its own.",
        {
            "id": _NAME,
            "owners": Said("--owner", "Who carries it out; may be given again.", needed=True),
            "text": Said(help="What was decided, in a sentence."),
            "source": _ANNOUNCED,
            "due_on": _LAST,
            "issued_by": Said(help="The actor that issued it."),
            "mandates_respected": Said(help="Who saw to it that members' mandates are respected."),
            "meeting": Said(help="The meeting where it was taken."),
            "proposal": Said(help="The proposal it settles."),
        },
        unsaid=frozenset({"owner"}),
    ),
    "progress": Command(
        "Record how far a decision has been carried out.",
        {
            "decision": _NAME,
            "says": _SAYS,
            "evidence": Said(help="What proves it; needed where it ends the follow-up."),
        },
    ),
    "term": Command(
        "Record a term of office on a seat; without its last day as long as that is not known.",
        {"holder": _BARE, "source": _ANNOUNCED, "ends_on": _LAST},
    ),
    "leaving": Command(
        "Record that somebody leaves a body; on that day it no longer belongs to it.",
        {"body": _BODY, "decision": _BEHIND, "source": _WRITTEN},
        name="leave",
    ),
    "group": Command(
        "Record what a working group is from a given date; the first time begins it.",
        {
            "id": _NAMED,
            "title": Said(help="What it is called."),
            "focus": Said(help="What it works on, in a sentence."),
            "workplan": Said(help="The reference of its workplan."),
            "decision": _BEHIND,
            "source": _WRITTEN,
        },
    ),
    "outcome": Command(
        "Record what was decided about a working group; to merge or close it ends it on that day.",
        {
            "decision": Said("--decision", "The recorded decision.", "NAME"),
            "cycle": Said(help="The review it comes from."),
            "into": Said(help="Where it goes.", metavar="GROUP"),
            "source": _WRITTEN,
        },
    ),
    "seat": Command(
        "Record a seat of a body whose members rotate; its terms are recorded apart.",
        {"body": _BODY, "constituency": Said(help="Who fills it."), "source": _WRITTEN},
    ),
    "consultation": Command(
        "Record that chosen members are asked about a partner for a working group.",
        {
            "id": _NAMED,
            "until": Said("--until", "The last day for answers."),
            "chosen": Said(help="A member who is asked; once for each."),
            "chosen_by": Said(help="Who chose them."),
            "reason": Said(help="Why these, in a sentence."),
            "source": _WRITTEN,
        },
    ),
    "view": Command(
        "Record what one of those consulted answered.",
        {"source": _WRITTEN, "reason": Said(help="Why; who objects gives one.")},
    ),
    "lead": Command(
        "Record who leads the review of a cycle, and who decided that.",
        {"name": _BARE, "decided_by": Said(help="Who decided it."), "source": _WRITTEN},
    ),
    "attestation": Command(
        "Certify a roll: on that day nobody is missing from it, and nobody is on it in error.",
        {"body": _BODY, "source": _WRITTEN},
    ),
    "person": Command(
        "Record that a person or an office goes by a short id, and what it is called from a given date.",
        {
            "id": Said(ARGUMENT, "A short id that reveals nothing about them, such as ilo.", "ID"),
            "names": Said("--name-in", "The name in another language; once for each.", "LANGUAGE=NAME"),
            "source": _WRITTEN,
        },
    ),
    "contact": Command(
        "Record how somebody is written to from a given date; what is not given stays as it was.",
        {
            "address": Said(help="Their e-mail address."),
            "language": Said(help="The language they asked for, such as fr."),
            "channels": Said("--channel", "A channel they are written to by; once for each."),
            "station": Said(help="Their duty station."),
            "source": _WRITTEN,
        },
    ),
    "appointment": Command(
        "Record that somebody stands for an actor from a given date.",
        {
            "until": _LAST,
            "place": Said(help="Their place among those who stand for it, if the order matters; 0 is first."),
            "source": _WRITTEN,
        },
    ),
    "departure": Command(
        "Record that somebody stands for an actor no longer, or has a role no longer, or (neither) has left.",
        {
            "actor": Said(help="Only this actor; otherwise they have left altogether."),
            "role": Said(help="Only this role in the program."),
            "source": _WRITTEN,
        },
    ),
    "succession": Command(
        "Record that another takes somebody's place from a given date, also in whatever is open.",
        {"source": _WRITTEN},
    ),
    "absence": Command("Record days on which somebody is away.", {"source": _WRITTEN}),
    "delegation": Command(
        "Record days on which another receives what is addressed to somebody, with them in copy.",
        {"source": _WRITTEN},
    ),
    "role": Command(
        "Record that somebody has a role in the program; only the duty officer's is acted by.",
        {"until": _LAST, "source": _WRITTEN},
    ),
    "sender": Command(
        "Record what the program calls itself from a given date, and the address it writes from.",
        {"source": _WRITTEN},
    ),
    "quiet": Command(
        "Record when nobody at a duty station is written to: before and after these hours (HH:MM).",
        {
            "free_days": Said(help="false to write on its free days too.", metavar="true|false"),
            "source": _WRITTEN,
        },
    ),
    "confirmation": Command("Certify what is recorded about who is who.", {"source": _WRITTEN}),
}
