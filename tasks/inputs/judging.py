"""What is to become of a mail: whose it is, what it answers, and how well that is known."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notifications.headers import is_secret
from policies.people.directory import Directory
from policies.recurrence.cycle_key import CycleKey
from policies.status.states import UNMET
from records.inbox import Fate, Grade
from records.ledger.notices import letters_to
from tasks.inputs.intake import Intake
from tasks.inputs.mail.parts import Parts
from tasks.inputs.mail.reading import Mail
from tasks.inputs.mail.vouching import vouched
from tasks.installation.installation import Installation
from tasks.status.open_cycles import ASKING

if TYPE_CHECKING:
    from records.database import Session

_MOST_NAMES = 100  # Message-IDs looked up of one mail


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of a mail, and why. It is about `cycles`, in the name of `person`, as far as is known."""

    fate: Fate
    grade: Grade
    why: str
    person: str | None = None
    cycles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Thread:
    """Who was asked for what in the letters that a mail answers, and what of it is open still.

    `secret` says whether one of the letters proves by its name whom the answer is from; none does once its
    cycles are closed.
    """

    asked: tuple[tuple[str, str], ...]
    open: tuple[tuple[str, str], ...]
    secret: bool


def judge(session: "Session", intake: Intake, mail: Mail, parts: Parts) -> Judged:
    """Return what is to become of a mail. The From line proves nothing: what proves is named in `Grade`."""
    installation, directory = intake.installation, intake.directory(session)
    people = people_at(directory, mail.senders)
    thread = _thread(session, intake, directory, mail)
    is_vouched = bool(people) and vouched(installation.settings, directory.sender.address, mail)
    grade = _grade(people, thread, is_vouched=is_vouched)
    if not people and not thread.asked:
        why = "nobody in the directory has this address, and it answers no letter of ours"
        return Judged(Fate.REFUSED, Grade.NOBODY, why)
    machine = mail.automatic or ("" if thread.asked else mail.passed_on)
    if machine:
        return Judged(Fate.AUTOMATIC, grade, f"a machine wrote it ({machine})", _one(people))
    own = [(cycle, person) for cycle, person in thread.open if person in people]
    named = _named(installation, own, mail.subject.casefold())
    meant = named or own or list(thread.asked)
    person = _one(sorted({person for _, person in meant})) or _one(people)
    cycles = tuple(cycle for cycle, who in meant if who == person)
    why = _for_a_person(mail, parts, people, grade, thread, own, named)
    return Judged(Fate.NEEDS_A_PERSON if why else Fate.TAKEN, grade, why, person, cycles)


def people_at(directory: Directory, addresses: Collection[str]) -> list[str]:
    """Return who has one of these addresses, which are in small letters."""
    return sorted({e.id for e in directory.people if e.address and e.address.casefold() in addresses})


def by_sender(directory: Directory, sender: str, why: str) -> Judged:
    """Return that a mail of which only the sender is known is set aside."""
    people = people_at(directory, (sender,))
    return Judged(Fate.SET_ASIDE, Grade.ADDRESS if people else Grade.NOBODY, why, _one(people))


def _named(installation: Installation, own: Sequence[tuple[str, str]], subject: str) -> list[tuple[str, str]]:
    """Return those that a subject names: by the cycle, or by the title of what one of them alone is about."""
    about = Counter(CycleKey.parse(cycle).obligation for cycle in {cycle for cycle, _ in own})

    def is_named(cycle: str) -> bool:
        obligation = CycleKey.parse(cycle).obligation
        found = installation.pack.obligations.get(obligation)
        titles = found.title.values() if found and about[obligation] == 1 else ()
        return any(name.casefold() in subject for name in (cycle, *titles))

    return [(cycle, person) for cycle, person in own if is_named(cycle)]


def _for_a_person(
    mail: Mail,
    parts: Parts,
    people: Sequence[str],
    grade: Grade,
    thread: _Thread,
    own: Sequence[tuple[str, str]],
    named: Sequence[tuple[str, str]],
) -> str:
    """Return why a person has to decide upon a mail; empty where everything is clear."""
    several = len(own) > 1 and not named
    reasons = (
        (not mail.senders, "it does not say whom it is from"),
        (len(mail.senders) > 1, "it is from several people at once"),
        (bool(thread.asked) and not thread.open, f"what it answers is closed: {_listed(thread.asked)}"),
        (not people, "it answers a letter of ours from another address"),
        (grade is Grade.ADDRESS, "nothing but its From line shows whom it is from"),
        (not own, "it answers no request that was sent to this address"),
        (bool(mail.passed_on), f"it came by a list, or as mail of a machine does ({mail.passed_on})"),
        (len({person for _, person in own}) > 1, "several people have this address"),
        (not parts.documents and bool(parts.closed), "it holds what is closed: encrypted, or a mail in it"),
        (not parts.documents and bool(parts.pictures), "it holds pictures alone"),
        (not parts.documents, "it has no document"),
        (several, f"the letter it answers asks for several inputs: {_listed(own)}"),
    )
    return next((why for is_so, why in reasons if is_so), "")


def _thread(session: "Session", intake: Intake, directory: Directory, mail: Mail) -> _Thread:
    names = mail.answers[:_MOST_NAMES]
    found = letters_to(session, names, ASKING) if names else set()
    asked = sorted({(cycle, directory.holder_of(person)) for cycle, person in found})
    about = {cycle for cycle, _ in asked}
    still = {each.turn.cycle.key for each in intake.open_cycles(session, about) if each.turn.state in UNMET}
    proving = letters_to(session, [each for each in names if is_secret(each)], ASKING) if still else set()
    secret = any(cycle in still for cycle, _ in proving)
    return _Thread(tuple(asked), tuple(each for each in asked if each[0] in still), secret)


def _listed(asked: Sequence[tuple[str, str]]) -> str:
    return ", ".join(dict.fromkeys(cycle for cycle, _ in asked))


def _grade(people: Sequence[str], thread: _Thread, *, is_vouched: bool) -> Grade:
    if is_vouched:
        return Grade.AUTHENTICATED
    if thread.secret:
        return Grade.SECRET
    return Grade.ADDRESS if people else Grade.NOBODY


def _one(found: Sequence[str]) -> str | None:
    return found[0] if len(found) == 1 else None
