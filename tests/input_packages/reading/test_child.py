"""What is confined says nothing of a file where something of ours is not at hand."""

import subprocess
import sys

import pytest

from input_packages.reading.confinement import this_kernel
from input_packages.reading.reader import Reader, UnopenedError
from tasks.installation.settings import ROOT
from tests.input_packages.files import word

# The child's own look at a document, without the preparation that the child makes.
UNPREPARED = """
import codecs, os, sys
from input_packages.reading import child
from input_packages.reading.bound import UnreadyError
from input_packages.reading.confinement import confine, this_kernel

content = sys.stdin.buffer.read()
for encoding in ("ascii", "cp437"):
    codecs.lookup(encoding)
confine(this_kernel())
try:
    child.opened(content, child.Kind.OFFICE, child.Limits())
except UnreadyError:
    os.write(1, b"unready")
os._exit(0)
"""


@pytest.mark.skipif(bool(this_kernel().missing), reason=f"this kernel has no {this_kernel().missing}")
def test_a_converter_that_imports_too_late_is_no_fault_of_the_file(tmp_path):
    program = tmp_path / "unprepared.py"
    program.write_text(UNPREPARED)
    looked = subprocess.run(
        [sys.executable, program],
        input=word(),
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    assert (looked.stdout, looked.stderr) == (b"unready", b"")


def test_a_file_that_could_not_be_looked_at_is_not_said_to_be_bad(tmp_path):
    file = tmp_path / "sent.txt"
    file.write_text('{"attack": "need what is not there", "on": "a library\\u202e"}')
    with (
        Reader(program="tests.input_packages.reading.attacker") as reader,
        pytest.raises(UnopenedError, match=r"on this machine: no a library\\u202e$"),
    ):
        reader.read(file)
