"""What becomes of each file that was sent: recorded for every cycle it is for, and told in one line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from input_packages.reading.refusals import Refusal, sentence_for
from records.packages import latest_package
from records.submissions import Submission, came_before, record_submission, submissions_taken_like

if TYPE_CHECKING:
    from records.database import Session


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; `remark` says what else a person should know, `finding` what they should see.

    A file with a finding was taken all the same.
    """

    title: str
    refusals: tuple[Refusal, ...] = ()
    remark: str | None = None
    finding: str | None = None

    @property
    def accepted(self) -> bool:
        """Whether the file was taken."""
        return not self.refusals

    def __str__(self) -> str:
        """Return the outcome in one line for people."""
        if self.refusals:
            return f"{self.title}: refused: {' '.join(sentence_for(each, 'en') for each in self.refusals)}"
        return f"{self.title}: {'; '.join(filter(None, (self.remark or 'taken', self.finding)))}"


def recorded(session: "Session", rows: Iterable[Submission], most_pages: int | None) -> Iterator[Outcome]:
    """Record what came for one cycle, and yield what became of each file; more than `most_pages` is said."""
    for row in rows:
        before = came_before(session, row)
        earlier = submissions_taken_like(session, row)
        last = latest_package(session, row.cycle)
        if before is None or not _in_last_batch(before, earlier):
            record_submission(session, row)
        replaced = [each for each in earlier if each.recorded_at < row.recorded_at]
        remark = _remark(before, replaced, released=last is not None and last.final)
        yield Outcome(row.title, tuple(map(Refusal, row.refusals)), remark, _too_long(row, most_pages))


def together(outcomes: Mapping[str, Sequence[Outcome]]) -> list[Outcome]:
    """Return one outcome for each file out of those it has by cycle; a file is taken for all or for none."""
    return [_one(dict(zip(outcomes, each, strict=True))) for each in zip(*outcomes.values(), strict=True)]


def _one(by_cycle: Mapping[str, Outcome]) -> Outcome:
    first = next(iter(by_cycle.values()))
    if len(by_cycle) == 1 or first.refusals:
        return first
    remark = "; ".join(f"{cycle}: {each.remark or 'taken'}" for cycle, each in by_cycle.items())
    findings = [f"{cycle}: {each.finding}" for cycle, each in by_cycle.items() if each.finding]
    return replace(first, remark=remark, finding="; ".join(findings) or None)


def _in_last_batch(before: Submission, earlier: Sequence[Submission]) -> bool:
    return not before.accepted or (bool(earlier) and earlier[-1].recorded_at == before.recorded_at)


def _remark(before: Submission | None, replaced: Sequence[Submission], *, released: bool) -> str | None:
    if before is not None and before.accepted:
        return f"the very same file came on {before.received_on}; it counts once"
    said = [
        *(["taken; it replaces what came before, which is kept"] if replaced else []),
        *(["the package was released already; the next version will say what is new"] if released else []),
    ]
    return "; ".join(said) or None


def _too_long(row: Submission, most_pages: int | None) -> str | None:
    """Return that a file has more pages than were asked for; only of a PDF are the pages known."""
    if not row.accepted or most_pages is None or row.pages is None or row.pages <= most_pages:
        return None
    return f"it has {row.pages} pages, and at most {most_pages} were asked for"
