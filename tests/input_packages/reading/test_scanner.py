"""The scanner's hook, against a small real server that speaks clamd's INSTREAM."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from input_packages.reading.reader import Reader
from input_packages.reading.refusals import Refusal
from input_packages.reading.scanner import Clamd

# The standard test file of scanners, which harms nothing; in two pieces so that none takes this one for it.
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def clamd(family: int, where: object, answer: bytes | None = None) -> Iterator[list[bytes]]:
    """Serve one request: find the test file, or say `answer` whatever comes."""
    heard: list[bytes] = []
    with socket.socket(family) as server:
        server.bind(where)  # type: ignore[arg-type]  # an address of either family
        server.listen(1)

        def serve() -> None:
            with server.accept()[0] as client, client.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                while size := struct.unpack("!L", stream.read(4))[0]:
                    heard.append(stream.read(size))
                infected = EICAR.encode() in b"".join(heard)
                said = b"stream: Eicar-Signature FOUND\0" if infected else b"stream: OK\0"
                client.sendall(said if answer is None else answer)

        thread = threading.Thread(target=serve)
        thread.start()
        heard.append(str(server.getsockname()[1]).encode() if family == socket.AF_INET else b"")
        yield heard
        thread.join(10)


def asked(content: bytes, tmp_path, answer: bytes | None = None) -> Refusal | None:
    file = tmp_path / "sent.txt"
    file.write_bytes(content)
    with clamd(socket.AF_INET, ("127.0.0.1", 0), answer) as heard:
        return Clamd(f"tcp://127.0.0.1:{heard.pop().decode()}")(file)


def test_a_clean_file_passes_however_large(tmp_path):
    assert asked(b"a" * 700_000, tmp_path) is None


def test_what_the_scanner_finds_is_refused(tmp_path):
    assert asked(EICAR.encode(), tmp_path) is Refusal.VIRUS


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK, almost\0"])
def test_an_answer_that_clears_nothing_lets_nothing_pass(answer, tmp_path):
    assert asked(b"a", tmp_path, answer) is Refusal.NOT_SCANNED


def test_a_scanner_that_is_not_there_lets_nothing_pass(tmp_path):
    file = tmp_path / "sent.txt"
    file.write_text("a")
    assert Clamd(f"unix://{tmp_path}/nobody.ctl")(file) is Refusal.NOT_SCANNED


def test_a_reader_asks_its_scanner_before_anything_is_opened(tmp_path):
    file, where = tmp_path / "sent.txt", f"{tmp_path}/clamd.ctl"
    file.write_text(EICAR)
    with clamd(socket.AF_UNIX, where), Reader(scanner=Clamd(f"unix://{where}")) as reader:
        assert reader.read(file).refusals == (Refusal.VIRUS,)
