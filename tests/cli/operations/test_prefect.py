"""`mandates prefect`, where no server runs; with a real one it is in tests/stories/test_at_the_door.py."""

from pathlib import Path

import pytest

from tests.cli.command import Mandates


@pytest.mark.parametrize(
    "words", [(), ("deployment", "run", "enforce/daily"), ("--help",), ("version", "--x")]
)
def test_where_no_server_runs_nothing_is_asked_and_it_is_said_what_to_do(
    tmp_path: Path, words: tuple[str, ...]
):
    refused = Mandates(tmp_path / "home")("prefect", *words)

    assert refused.code == 2
    assert refused.err == (
        f"mandates: No automation server runs on {tmp_path / 'home'}. Start it with `mandates up`, "
        "or set MANDATES_HOME to the folder of the one that runs.\n"
    )
