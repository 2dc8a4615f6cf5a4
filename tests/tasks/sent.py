"""What tests send, and how."""

from collections.abc import Sequence
from datetime import date

from tasks.inputs.intake import Intake
from tasks.inputs.outcomes import Outcome
from tasks.inputs.submitting import Sending, reader_of, submit
from tasks.installation.installation import Installation
from tests.installations import at


def sent(
    installation: Installation,
    cycle: str,
    person: str,
    files: dict[str, bytes],
    on: date,
    *,
    hour: int = 8,
    item: str | None = None,
    part: str | None = None,
    also: Sequence[str] = (),
) -> list[Outcome]:
    """Send files for a cycle, and for others `also`, in the name of a person."""
    folder = installation.settings.home / "sending"
    folder.mkdir(parents=True, exist_ok=True)
    paths = [(folder / str(number), name) for number, name in enumerate(files)]
    for (path, _), content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    sending = Sending(cycle, person, paths, "a test", item, part, also=also)
    with reader_of(installation) as reader:
        return submit(Intake(installation, on), reader, sending, "tester", at(on, hour))
