"""What a machine does to a program in four years: kills at any moment, several at once, a full disk."""

import random
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from policies.plans.notices import NoticeState
from records.chain.audit import breaks
from records.database import DatabaseError, reading
from records.ledger.claims import LEASE
from records.ledger.notices import notices_of
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.proof import proof_of
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings
from tests.installations import TODAY, at, workplace_in
from tests.patience import ended_by_itself, wait_until

NOW = at(TODAY)

WORK = """
import sys
from pathlib import Path
from typing import Any
from tests.installations import TODAY, at
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.settings import Settings
from tasks.installation.installation import open_installation

with open_installation(Settings(home=Path(sys.argv[2]))) as installation:
    for _ in range(int(sys.argv[3])):
        if sys.argv[1] == "enforce":
            enforce(installation, TODAY, at(TODAY))
        else:
            dispatch(installation, TODAY, at(TODAY))
"""

ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from typing import Any
from records.database import DatabaseError
from tests.installations import TODAY, at
from tasks.enforcement.enforcement import enforce
from tasks.installation.settings import Settings
from tasks.installation.installation import open_installation

home = Path(sys.argv[1])
with open_installation(Settings(home=home)) as installation:
    # No file may grow beyond this, as when the disk has no more room.
    full = sum(file.stat().st_size for file in home.glob("mandates.db*")) // 2
    resource.setrlimit(resource.RLIMIT_FSIZE, (full, full))
    try:
        enforce(installation, TODAY, at(TODAY))
    except DatabaseError as error:
        sys.exit(f"refused: {error.orig}")
"""


def working(what: str, home: Path, times: int = 1) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", WORK, what, str(home), str(times)], stderr=subprocess.DEVNULL
    )


def keys(installation: Installation) -> list[str]:
    with reading(installation.engine) as session:
        return sorted(notice.notice_key for notice in notices_of(session))


def states(installation: Installation) -> Counter[str]:
    with reading(installation.engine) as session:
        return Counter(notice.state for notice in notices_of(session))


@pytest.mark.usefixtures("each_database")
@pytest.mark.parametrize("each_database", ["postgresql"], indirect=True)
def test_four_enforcements_and_two_workers_at_once_with_kills_do_everything_once(tmp_path: Path):
    chance = random.Random(6)  # noqa: S311 (which moment is hit, not a secret)
    with workplace_in(tmp_path) as installation:
        crowd = [working("enforce", tmp_path, 3) for _ in range(4)]
        crowd += [working("dispatch", tmp_path, 20) for _ in range(2)]
        wait_until(lambda: keys(installation))
        for doomed in (crowd[0], crowd[1], crowd[4]):
            time.sleep(chance.uniform(0.0, 0.6))
            doomed.kill()
        ended = [ended_by_itself(each, "one of the crowd") for each in crowd]
        assert [ended[number] for number in (2, 3, 5)] == [0, 0, 0]

        enforce(installation, TODAY, NOW)
        later = NOW + LEASE + timedelta(minutes=1)
        dispatch(installation, TODAY, later)
        left = states(installation)
        assert set(left) <= {NoticeState.SENT, NoticeState.UNKNOWN}
        assert left[NoticeState.SENT] > 0
        with reading(installation.engine) as session:
            proof = proof_of(session, installation, TODAY, TODAY)
            assert (proof.failures, proof.owed) == ([], len(keys(installation)))
            assert list(breaks(session)) == []


def test_a_full_disk_stops_an_enforcement_whole_and_the_next_does_it(tmp_path: Path):
    with workplace_in(tmp_path / "other") as other:
        enforce(other, TODAY, NOW)
        owed = keys(other)
    workplace_in(tmp_path / "full").engine.dispose()
    done = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK, str(tmp_path / "full")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("refused: ")
    with open_installation(Settings(home=tmp_path / "full")) as installation:
        assert keys(installation) == []
        enforce(installation, TODAY, NOW)
        assert keys(installation) == owed
        with reading(installation.engine) as session:
            assert list(breaks(session)) == []


def test_a_disk_that_is_read_only_is_an_error_a_person_can_read(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        event.listen(installation.engine, "checkout", read_only)
        with pytest.raises(DatabaseError, match="readonly"):
            enforce(installation, TODAY, NOW)


def read_only(connection: Any, *_: object) -> None:
    connection.execute("PRAGMA query_only = ON")
