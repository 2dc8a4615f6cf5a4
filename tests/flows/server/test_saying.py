import re
from pathlib import Path

import pytest

from flows.server.saying import Saying

FULL = "/dev/full"


@pytest.fixture
def log(tmp_path):
    return tmp_path / "up.log"


def say_into_a_full_disk(line: str) -> None:
    with Path(FULL).open("w", encoding="utf-8", buffering=1) as full:
        full.write(f"{line}\n")


def test_what_is_said_is_kept_with_the_time(log):
    said = list[str]()

    Saying(log, said.append)("\nStarted.\n")

    assert said == ["\nStarted.\n"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC  Started.\n", log.read_text())


def test_a_full_disk_stops_nobody_from_speaking_is_named_once_and_loses_no_line(log):
    log.symlink_to(FULL)
    said = list[str]()
    saying = Saying(log, said.append)

    for line in ("one", "two", "three"):
        saying(line)
    log.unlink()
    saying.keep()
    saying("four")

    assert said == [
        "one",
        f"{log} cannot be written: No space left on device. Going on; it is tried again.",
        "two",
        "three",
        "four",
    ]
    assert [line.partition("UTC  ")[2] for line in log.read_text().splitlines()] == [
        "one",
        "two",
        "three",
        "four",
    ]


def test_a_terminal_that_takes_nothing_stops_nobody_either(log):
    Saying(log, say_into_a_full_disk)("one")

    assert log.read_text().endswith("UTC  one\n")
