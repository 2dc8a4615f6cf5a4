import subprocess
import sys

import pytest

from flows.server.room import has_room, wait_for_room

FULL = """
import pathlib, resource, sys
from flows.server.room import has_room, wait_for_room
home = pathlib.Path(sys.argv[1])
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), most))
print(has_room(home))
wait_for_room(home, print, lambda _: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
"""


def test_a_home_with_room_is_not_waited_for_and_left_as_it_was(tmp_path):
    said = list[str]()

    wait_for_room(tmp_path / "home", said.append)

    assert said == []
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize("bytes_left", [0, 1000, (1 << 20) - 1])
def test_a_disk_that_takes_less_than_a_megabyte_is_waited_for(tmp_path, bytes_left):
    done = subprocess.run(
        [sys.executable, "-c", FULL, tmp_path, str(bytes_left)], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines() == [
        "False",
        f"Nothing can be written to {tmp_path}: its disk is full or read-only. Waiting until it can.",
        "There is room again.",
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_has_no_room(tmp_path):
    assert not has_room(tmp_path / "missing")
