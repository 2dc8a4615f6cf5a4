"""What a run leaves to look at in Prefect: tables of what it did, and what it found."""

from dataclasses import dataclass

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.occasion import Occasion
from tasks.assembly import Assembly
from tasks.collected import Collected
from tasks.dispatching import Dispatching
from tasks.enforcement import Enforcement


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


Artifact = Table | Findings


def enforcement_artifacts(decided: Enforcement, obligation: str | None, occasion: Occasion) -> list[Artifact]:
    """What was derived, what was entered, and what was found."""
    of = obligation or "all"
    entered = "Would be entered" if occasion.rehearsal else "Entered"
    return [
        _table(
            f"owed-{of}", occasion, f"What is owed as of {occasion.as_of}", decided.rows, "No obligation."
        ),
        _table(
            f"entered-{of}",
            occasion,
            f"{entered} in the ledger as of {occasion.as_of}",
            decided.entered,
            "Nothing: every notice owed by this day is in the ledger already.",
        ),
        *_findings(f"findings-{of}", occasion, decided.findings),
    ]


def dispatch_artifacts(sent: Dispatching, occasion: Occasion) -> list[Artifact]:
    """What was sent, and what was found."""
    empty = "Nothing: no notice was waiting to leave."
    return [
        _table("sent", occasion, f"Sent as of {occasion.as_of}", sent.rows, empty),
        *_findings("findings-dispatch", occasion, sent.findings),
    ]


def assembly_artifacts(built: Assembly, occasion: Occasion) -> list[Artifact]:
    """What was built, and what was found."""
    verb = "Would be built" if occasion.rehearsal else "Built"
    empty = "Nothing: no package's day has come, and no inputs have changed."
    return [
        _table("packages", occasion, f"{verb} as of {occasion.as_of}", built.rows, empty),
        *_findings("findings-assemble", occasion, built.findings),
    ]


def collection_artifacts(found: Collected, occasion: Occasion) -> list[Artifact]:
    """What came, and what could not be placed."""
    empty = "Nothing: no file was waiting in the drop folder or the mailbox."
    return [
        _table("inputs", occasion, f"Came as of {occasion.as_of}", found.rows, empty),
        *_findings("findings-collect", occasion, found.findings),
    ]


def publish(artifacts: list[Artifact]) -> None:
    """Hand the artifacts to Prefect, as part of the run under way."""
    for artifact in artifacts:
        if isinstance(artifact, Table):
            create_table_artifact(artifact.rows, key=artifact.key, description=artifact.caption)
        else:
            lines = [f"- {sentence}" for sentence in artifact.sentences]
            create_markdown_artifact("\n".join(lines), key=artifact.key, description=artifact.caption)


def _table(key: str, occasion: Occasion, caption: str, rows: list[dict[str, str]], empty: str) -> Table:
    return Table(_key(key, occasion), caption, rows or [{"": empty}])


def _findings(key: str, occasion: Occasion, sentences: list[str]) -> list[Findings]:
    return [Findings(_key(key, occasion), f"Found as of {occasion.as_of}", sentences)] if sentences else []


def _key(key: str, occasion: Occasion) -> str:
    # Prefect shows the latest artifact of each key: a rehearsal must not pass for the state of things.
    return f"rehearsal-{key}" if occasion.rehearsal else key
