"""What ships for service managers names commands that there are."""

import configparser
import re
from pathlib import Path

import pytest

from cli.main import COMMANDS

DEPLOY = Path(__file__).parents[1] / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
COMMAND = re.compile(r"\.venv/bin/mandates ([\w-]+)")


def read(file: Path) -> configparser.RawConfigParser:
    unit = configparser.RawConfigParser(strict=True)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's keys have capitals
    unit.read_string(file.read_text(encoding="utf-8"))
    return unit


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_service_starts_a_command_that_exists(file: Path):
    service = read(file)["Service"]
    (command,) = COMMAND.findall(service["ExecStart"])
    assert command in COMMANDS
    assert service["User"] == "mandates"


def test_every_timer_has_its_service():
    timers = {file.stem for file in DEPLOY.glob("*.timer")}
    assert timers == {"mandates-watch", "mandates-backup"}
    assert timers <= {file.stem for file in UNITS}


def test_the_server_is_started_again_and_stopped_as_it_wants_to_be():
    service = read(DEPLOY / "mandates.service")["Service"]
    assert (service["Restart"], service["KillSignal"], service["KillMode"]) == ("always", "SIGINT", "mixed")
    assert int(service["TimeoutStopSec"]) > 10


def test_the_crontab_names_commands_that_exist():
    lines = (DEPLOY / "crontab").read_text(encoding="utf-8").splitlines()
    jobs = [line for line in lines if line and not line.startswith(("#", "MAILTO"))]
    assert [COMMAND.findall(job) for job in jobs] == [["watch"], ["backup"]]
    assert all(name in COMMANDS for job in jobs for name in COMMAND.findall(job))
