"""Two readers for every test of what is read: a confined one, and one that nothing confines."""

import pytest

from input_packages.reading.confinement import Kernel
from input_packages.reading.reader import Reader, Reading


@pytest.fixture(scope="package")
def reader():
    with Reader() as opened:
        yield opened


@pytest.fixture(scope="package")
def unconfined():
    with Reader(kernel=Kernel(0, None)) as opened:
        yield opened


@pytest.fixture
def read(reader, unconfined, tmp_path):
    """Read some bytes: to confine who reads them must change nothing of what is found."""

    def of(content: bytes, name: str = "sent.bin") -> Reading:
        file = tmp_path / name
        file.write_bytes(content)
        found: Reading = reader.read(file)
        assert unconfined.read(file) == found
        return found

    return of
