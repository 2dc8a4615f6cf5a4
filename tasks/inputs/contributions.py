"""What is on the table for a cycle: who was asked and what they answered, the documents, and the gaps."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from input_packages.contents import Asked, Contribution, Item
from input_packages.reading.signatures import Kind
from policies.facts.answers import Answer, AnswerKind
from policies.obligations.obligations import PackageItem
from records.submissions import Submission
from tasks.status.open_cycles import OpenCycle

# A no is an answer too: whoever gave one owes nothing any more.
ANSWERED = frozenset({AnswerKind.DOCUMENT, AnswerKind.NIL_RETURN, AnswerKind.REFUSAL, AnswerKind.DISPUTE})


@dataclass(frozen=True, slots=True)
class CurrentFile:
    """A file that counts: the last batch of one person for one item; `version` counts their batches."""

    submission: Submission
    version: int


def in_force(submissions: Sequence[Submission]) -> list[CurrentFile]:
    """Return the files that count: what somebody sent together, until they send something later."""
    batches: dict[tuple[str, str, str | None], dict[object, list[Submission]]] = {}
    for each in submissions:
        if each.accepted:
            of_one = batches.setdefault((each.person, each.item, each.part), {})
            of_one.setdefault(each.recorded_at, []).append(each)
    last = ((len(of_one), batch) for of_one in batches.values() for batch in [list(of_one.values())[-1]])
    return [CurrentFile(each, version) for version, batch in last for each in batch]


def item_of(open_cycle: OpenCycle, person: str) -> str:
    """Return what a person's contribution is for: the first item asked of an actor they stand for."""
    own = [
        item
        for item in open_cycle.obligation.package
        if item.from_ and open_cycle.place_of(person) in _asked_for(open_cycle, item)
    ]
    inputs = [item for item in own if item.from_ in open_cycle.obligation.contributors]
    return next((item.id for item in (*inputs, *own)), open_cycle.obligation.id)


def asked_of(
    open_cycle: OpenCycle, sent_on: Mapping[str, date], unreached: Collection[str]
) -> tuple[Asked, ...]:
    """Return everybody who was asked, in the part they were asked in; whoever they named instead as well.

    `sent_on` is the day each was asked on; `unreached` are those from whom all of it came back.
    """
    return tuple(
        _asked(open_cycle, person, actor, sent_on, unreached) for person, actor in _people(open_cycle).items()
    )


def contributions_of(
    open_cycle: OpenCycle, sent: Sequence[CurrentFile], also_for: Mapping[int, tuple[str, ...]]
) -> tuple[Contribution, ...]:
    """Return the documents that count, numbered as annexes: by the part their givers have, then by name.

    `also_for` are the other cycles that a submission was given for, by its id.
    """
    people = _people(open_cycle)
    actors = list(open_cycle.obligation.contributors)

    def place(each: CurrentFile) -> tuple[int, str, str, str, int]:
        actor = people.get(open_cycle.place_of(each.submission.person))
        rank = actors.index(actor) if actor in actors else len(actors)
        name = open_cycle.directory.name_of(each.submission.person)
        return (rank, name, each.submission.item, each.submission.part or "", each.submission.id)

    return tuple(
        replace(_contribution(open_cycle, each, number), also_for=also_for[each.submission.id])
        for number, each in enumerate(sorted(sent, key=place), 1)
    )


def items_of(open_cycle: OpenCycle, sent: Sequence[CurrentFile]) -> tuple[Item, ...]:
    """Return what must be on the table, and who still owes it."""
    return tuple(_item(open_cycle, item, sent) for item in open_cycle.obligation.package)


def _people(open_cycle: OpenCycle) -> dict[str, str]:
    """Return those asked with the actor they were asked as; each once, as the first."""
    found: dict[str, str] = {}
    for actor in open_cycle.obligation.contributors:
        for person in open_cycle.people(actor):
            found.setdefault(person, actor)
    for person, instead in open_cycle.instead.items():
        if person in found:
            found.setdefault(instead, found[person])
    return found


def _asked(
    open_cycle: OpenCycle, person: str, actor: str, sent_on: Mapping[str, date], unreached: Collection[str]
) -> Asked:
    given = open_cycle.inputs.get(person)
    answer = given.answer if given else None
    return Asked(
        person=person,
        name=open_cycle.directory.name_of(person),
        actor=open_cycle.pack.actors[actor].name,
        asked_on=sent_on.get(person),
        answered_on=answer.received_on if answer else None,
        answer=answer.kind if answer else None,
        detail=_detail(open_cycle, answer) if answer else None,
        consulted=any(person in open_cycle.people(each) for each in open_cycle.obligation.consulted),
        unreached=person in unreached and answer is None,
        message=given.message.kind if given and given.message else None,
        message_since=given.read_since if given else None,
    )


def _detail(open_cycle: OpenCycle, answer: Answer) -> str | None:
    if answer.instead:
        return open_cycle.directory.name_of(answer.instead)
    said = [
        *([answer.until.isoformat()] if answer.until else []),
        *([answer.reason] if answer.reason else []),
    ]
    return ": ".join(said) or None


def _contribution(open_cycle: OpenCycle, sent: CurrentFile, number: int) -> Contribution:
    submission = sent.submission
    kind = Kind(str(submission.kind))
    actor = _people(open_cycle).get(open_cycle.place_of(submission.person)) or _actor_of(
        open_cycle, submission
    )
    return Contribution(
        annex=number,
        person=submission.person,
        name=open_cycle.directory.name_of(submission.person),
        actor=open_cycle.pack.actors[actor].name,
        item=submission.item,
        part=submission.part,
        title=submission.title,
        file=f"annex-{number}-{submission.person}{kind.suffix}",
        kind=kind,
        bytes=submission.size,
        sha256=str(submission.sha256),
        received_on=submission.received_on,
        version=sent.version,
        pages=submission.pages,
    )


def _actor_of(open_cycle: OpenCycle, submission: Submission) -> str:
    """Return the part of somebody who was not asked: that of the item's giver, else the secretariat's."""
    items = {item.id: item.from_ for item in open_cycle.obligation.package}
    return items.get(submission.item) or "secretariat"


def _asked_for(open_cycle: OpenCycle, item: PackageItem) -> Sequence[str]:
    return open_cycle.people(item.from_) if item.from_ else ()


def _item(open_cycle: OpenCycle, item: PackageItem, sent: Sequence[CurrentFile]) -> Item:
    givers = list(_givers(open_cycle, item))
    files = {open_cycle.place_of(each.submission.person) for each in sent if each.submission.item == item.id}
    asked_of_all = item.from_ in open_cycle.obligation.contributors
    came = (
        sum(1 for person in givers if person in files or _answered(open_cycle, person)) if asked_of_all else 0
    )
    expected = len(givers) if asked_of_all else 1
    if not asked_of_all:
        came = min(len(files), 1)
    owing = [p for p in givers if p not in files and not _answered(open_cycle, p)] if asked_of_all else []
    return Item(
        id=item.id,
        title=item.title,
        from_=open_cycle.pack.actors[item.from_].name if item.from_ else None,
        basis=item.basis,
        present=0 < expected <= came,
        came=came if asked_of_all else 0,
        expected=expected if asked_of_all else 0,
        owed_by=tuple(open_cycle.directory.holder_name(person) for person in owing),
    )


def _givers(open_cycle: OpenCycle, item: PackageItem) -> Iterator[str]:
    """Yield whose answer an item waits for; where somebody named another, it waits for that one."""
    instead = open_cycle.instead
    yield from dict.fromkeys(instead.get(person, person) for person in _asked_for(open_cycle, item))


def _answered(open_cycle: OpenCycle, person: str) -> bool:
    given = open_cycle.inputs.get(person)
    return given is not None and given.answer is not None and given.answer.kind in ANSWERED
