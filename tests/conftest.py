"""What tests in several rooms need: the databases the record is kept in, a browser, a reader of calendars."""

import hashlib
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import browsers
from tests.patience import run_to_its_end
from tests.postgres import Postgres, running

NEEDS = {"browser": "browser", "mailbox": "mailbox", "ical_js": "node"}
"""The marker of a test, by the fixture that it asks for."""
ICAL_JS = ("2.2.1", "36482280d62cc50f0adddb0587612cff32b96df18eb9e2071ec9929c2e7b3107")


collect_ignore = ["flows/another_day"]  # not ours to import: Python itself does, in processes of another day


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that mostly wait for real servers, then the slow: the end belongs to quick ones.

    The first tell the story of one server, so they stay in the order in which they are written. What a test
    needs is seen by its fixtures, and marked.
    """
    for item in items:
        for marker in _needed_by(item):
            item.add_marker(marker)
    items.sort(key=_place)


def _needed_by(item: pytest.Item) -> set[str]:
    fixtures = set(getattr(item, "fixturenames", ()))
    given = getattr(getattr(item, "callspec", None), "params", {})
    on_postgres = "postgres" in fixtures or "postgresql" in given.values()
    return {NEEDS[name] for name in NEEDS.keys() & fixtures} | ({"postgres"} if on_postgres else set())


def _place(item: pytest.Item) -> tuple[bool, bool, int]:
    waits, slow = (item.get_closest_marker(name) is not None for name in ("e2e", "slow"))
    return not waits, not slow, (item.location[1] or 0) if waits else 0


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsers.opened() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def each_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run the test once on each database; every installation opened in it finds that one in its settings."""
    if request.param == "sqlite":
        yield request.param
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database() as url:
        monkeypatch.setenv("MANDATES_DATABASE_URL", url)
        yield request.param


@pytest.fixture(scope="session")
def ical_js(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ical.js as npm has it: the very version and bytes named above."""
    version, sha256 = ICAL_JS
    folder = tmp_path_factory.mktemp("npm")
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.fail("the feed is read by ical.js as well: install Node.js with npm")
    packed = ["npm", "pack", f"ical.js@{version}", "--pack-destination", str(folder)]
    done = run_to_its_end(packed, cwd=folder)
    assert done.returncode == 0, done.stderr
    (archive,) = folder.glob("*.tgz")
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == sha256
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    return folder / "package" / "dist" / "ical.js"
