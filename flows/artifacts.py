"""What a run leaves to look at in Prefect: tables of what it did, and what it found."""

from collections.abc import Sequence
from dataclasses import dataclass

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from policies.simulation import Rehearsal
from tasks.dispatch.dispatching import Dispatching
from tasks.enforcement.enforcement import Enforcement
from tasks.inputs.collected import Collected
from tasks.installation.runs import RunContext
from tasks.packages.assembly import Assembly
from tasks.simulation.report import assertion_rows, broken, duty_rows, load_rows
from tasks.statement.publishing import Published


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with the same columns. `key` has lower-case letters, digits and dashes, as Prefect demands."""

    key: str
    caption: str
    rows: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a person has to look at, one sentence each."""

    key: str
    caption: str
    sentences: list[str]


@dataclass(frozen=True, slots=True)
class Link:
    """Where to look on the board."""

    key: str
    caption: str
    address: str


Artifact = Table | Findings | Link


def board_link(board: str, obligation: str | None) -> Link:
    """Return the link to the board (at `board`, without a slash at its end), or to one obligation on it."""
    if obligation is None:
        return Link("board", "Where every mandate stands: the board", f"{board}/en/")
    caption = f"Where {obligation} stands: the board"
    return Link(f"board-{obligation}", caption, f"{board}/en/obligations/{obligation}")


def enforcement_artifacts(
    decided: Enforcement, obligation: str | None, run_context: RunContext
) -> list[Artifact]:
    """What was derived, what was entered, and what was found."""
    of = obligation or "all"
    entered = "Would be entered" if run_context.rehearsal else "Entered"
    return [
        _table(
            f"owed-{of}",
            run_context,
            f"What is owed as of {run_context.as_of}",
            decided.rows,
            "No obligation.",
        ),
        _table(
            f"entered-{of}",
            run_context,
            f"{entered} in the ledger as of {run_context.as_of}",
            decided.entered,
            "Nothing: every notice owed by this day is in the ledger already.",
        ),
        *_findings(f"findings-{of}", run_context, decided.findings),
    ]


def dispatch_artifacts(sent: Dispatching, run_context: RunContext) -> list[Artifact]:
    """What was sent, and what was found."""
    empty = "Nothing: no notice was waiting to leave."
    return [
        _table("sent", run_context, f"Sent as of {run_context.as_of}", sent.rows, empty),
        *_findings("findings-dispatch", run_context, sent.findings),
    ]


def assembly_artifacts(built: Assembly, run_context: RunContext) -> list[Artifact]:
    """What was built, and what was found."""
    verb = "Would be built" if run_context.rehearsal else "Built"
    empty = "Nothing: no package's day has come, and no inputs have changed."
    return [
        _table("packages", run_context, f"{verb} as of {run_context.as_of}", built.rows, empty),
        *_findings("findings-assemble", run_context, built.findings),
    ]


def collection_artifacts(found: Collected, run_context: RunContext) -> list[Artifact]:
    """What came, and what could not be placed."""
    empty = "Nothing: no file was waiting in the drop folder or the mailbox."
    return [
        _table("inputs", run_context, f"Came as of {run_context.as_of}", found.rows, empty),
        *_findings("findings-collect", run_context, found.findings),
    ]


def rehearsal_artifacts(rehearsal: Rehearsal) -> list[Artifact]:
    """What was promised and whether it held, how the cycles ended, and the work of each quarter."""
    span = f"{rehearsal.span.first} to {rehearsal.span.last}"
    failures = broken(rehearsal.assertions)
    return [
        Table("rehearsed-assertions", f"What must hold, {span}", assertion_rows(rehearsal.assertions)),
        Table(
            "rehearsed-duties", f"How the cycles ended, {span}", duty_rows(rehearsal.courses, rehearsal.span)
        ),
        Table("rehearsed-load", f"Steps of work in each quarter, {span}", load_rows(rehearsal.quarters)),
        *([Findings("rehearsed-broken", f"Broken, {span}", failures)] if failures else []),
    ]


def statement_artifacts(published: Sequence[Published], run_context: RunContext) -> list[Artifact]:
    """What was published."""
    rows = [
        {"statement": each.name, "version": str(each.version), "sha256": each.sha256} for each in published
    ]
    empty = "Nothing: the statement of every month that ended is published."
    return [_table("statements", run_context, f"Published as of {run_context.as_of}", rows, empty)]


def publish(artifacts: list[Artifact]) -> None:
    """Hand the artifacts to Prefect, as part of the run under way."""
    for artifact in artifacts:
        if isinstance(artifact, Link):
            create_link_artifact(
                artifact.address, "The board", key=artifact.key, description=artifact.caption
            )
        elif isinstance(artifact, Table):
            create_table_artifact(artifact.rows, key=artifact.key, description=artifact.caption)
        else:
            lines = [f"- {sentence}" for sentence in artifact.sentences]
            create_markdown_artifact("\n".join(lines), key=artifact.key, description=artifact.caption)


def _table(key: str, run_context: RunContext, caption: str, rows: list[dict[str, str]], empty: str) -> Table:
    return Table(_key(key, run_context), caption, rows or [{"": empty}])


def _findings(key: str, run_context: RunContext, sentences: list[str]) -> list[Findings]:
    return (
        [Findings(_key(key, run_context), f"Found as of {run_context.as_of}", sentences)] if sentences else []
    )


def _key(key: str, run_context: RunContext) -> str:
    # Prefect shows the latest artifact of each key: a rehearsal must not pass for the state of things.
    return f"rehearsal-{key}" if run_context.rehearsal else key
