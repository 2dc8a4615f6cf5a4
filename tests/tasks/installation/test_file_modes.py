"""What we write is for us alone, or for a named group too; as another user of the machine nothing is read."""

import grp
import os
import pwd
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from portal.board.app import create_app
from tasks.installation.file_modes import close_files, mode_findings
from tasks.installation.installation import open_installation, open_unattended
from tasks.installation.settings import Settings
from tasks.operations.backing_up import back_up
from tests.installations import TODAY, at, workplace_in
from tests.portal.desks import door_of, lived_in, served

ROOT = os.geteuid() == 0
GROUP = grp.getgrgid(os.getegid()).gr_name


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Do as every command does first; what other tests write is as open as before."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture
def home() -> Iterator[Path]:
    """A home in a folder that everybody may look into, unlike those that pytest makes."""
    folder = Path(mkdtemp())
    folder.chmod(0o755)
    yield folder / "home"
    shutil.rmtree(folder)


def modes(folder: Path) -> dict[str, str]:
    """Return the modes of a folder and all that is in it, with what has each, as `ls` shows them."""
    found = {folder: folder.stat().st_mode} | {path: path.lstat().st_mode for path in folder.rglob("*")}
    return {stat.filemode(mode): path.name for path, mode in found.items()}


def as_another(*words: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as the user nobody; as ourselves where we may not become another user."""
    nobody = pwd.getpwnam("nobody")
    other: dict[str, Any] = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return subprocess.run(words, capture_output=True, check=False, cwd="/", **(other if ROOT else {}))


def refused(path: Path) -> bool:
    """Say whether another user is refused a path: tried as one, or told by its mode where that cannot be."""
    if not ROOT:
        return not path.stat().st_mode & 0o077
    tried = as_another("sh", "-c", 'ls "$0" && cat "$0"', str(path))
    return tried.stdout == b"" and b"Permission denied" in tried.stderr


def test_everything_in_the_home_is_ours_alone(home: Path):
    with lived_in(home).installation as installation:
        back_up(installation.settings, home.parent / "backup.zip", at(TODAY))
        assert list(mode_findings(installation.settings)) == []
    assert set(modes(home)) <= {"drwx------", "-rw-------"}
    assert (home.parent / "backup.zip").stat().st_mode & 0o077 == 0
    assert {"mandates.db", "outbox", "packages", "statements"} <= {path.name for path in home.iterdir()}


def test_the_copy_of_the_rules_is_ours_alone_however_open_the_rules_are(home: Path):
    settings = Settings(home=home)
    open_unattended(settings).engine.dispose()
    assert (home / "last-good").is_dir()
    assert list(mode_findings(settings)) == []


def test_another_user_of_the_machine_reads_nothing_of_home_record_and_board(home: Path):
    desk = lived_in(home)
    with desk.installation, served(create_app(desk, door_of(desk))) as address:
        port = address.rpartition(":")[2]
        assert as_another("ls", str(home.parent)).returncode == 0
        paths = (home, home / "mandates.db", home / "outbox", home / "packages")
        assert [path for path in paths if not refused(path)] == []
        for page in ("/en/", "/api/status.json"):
            asked = f"GET {page} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
            over = f'exec 3<>/dev/tcp/127.0.0.1/{port}; printf "$0" >&3; cat <&3'
            answer = as_another("bash", "-c", over, asked).stdout
            assert answer.startswith(b"HTTP/1.1 401 ")
            assert b"working-arrangements-review" not in answer


def test_a_group_that_a_setting_names_may_read_and_put_files_into_the_drop_folder(home: Path):
    close_files(GROUP)
    with open_installation(Settings(home=home, group=GROUP)) as installation:
        assert list(mode_findings(installation.settings)) == []
    assert stat.filemode(home.stat().st_mode) == "drwxr-s---"
    assert stat.filemode((home / "incoming").stat().st_mode) == "drwxrws---"
    assert stat.filemode((home / "mandates.db").stat().st_mode) == "-rw-r-----"
    assert {path.group() for path in home.rglob("*")} == {GROUP}


@pytest.mark.parametrize("group", [None, GROUP])
def test_the_doctor_says_what_is_open_and_how_to_close_it(home: Path, group: str | None):
    with workplace_in(home) as installation:
        settings = installation.settings.model_copy(update={"group": group})
        (home / "mandates.db").chmod(0o644)
        (home / "incoming" / "deep").mkdir(parents=True)
        (home / "incoming" / "deep").chmod(0o777)
        (home / "elsewhere").symlink_to("/")
        (finding,) = mode_findings(settings)
        assert finding.startswith(
            f"{home}: others may read or change 1 of its files and folders, such as {home}/mandates.db "
            "(mode 0644); close them: find "
        )
        subprocess.run(["sh", "-c", finding.partition("close them: ")[2]], check=True)
        assert list(mode_findings(settings)) == []
        assert stat.S_IMODE((home / "incoming" / "deep").stat().st_mode) == 0o777


HANDED_OVER = """
import os
from tasks.installation.file_modes import close_files, handed_over
def show():
    mask = os.umask(0)
    os.umask(mask)
    print(oct(mask))
close_files(None)
close_files(None)
show()
with handed_over():
    show()
show()
"""


def test_what_a_person_exports_has_the_rights_of_their_other_files():
    before = os.umask(0o027)
    done = subprocess.run([sys.executable, "-c", HANDED_OVER], capture_output=True, check=True, text=True)
    os.umask(before)
    assert done.stdout.split() == ["0o77", "0o27", "0o77"]
