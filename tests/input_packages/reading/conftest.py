"""One reader for every test of what is read: its child forks for each file."""

import pytest

from input_packages.reading.reader import Reader, Reading


@pytest.fixture(scope="package")
def reader():
    with Reader() as opened:
        yield opened


@pytest.fixture
def read(reader, tmp_path):
    def of(content: bytes, name: str = "sent.bin") -> Reading:
        file = tmp_path / name
        file.write_bytes(content)
        found: Reading = reader.read(file)
        return found

    return of
