"""A child in which an attacker's code has taken over: each file it is given names what that code tries.

What is tried is done in the very fork that opens files, after it was bound and confined. It answers with
`done`, or with the error that stopped it.
"""

import ctypes
import json
import os
import signal
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from input_packages.reading.bound import UnreadyError
from input_packages.reading.child import serve
from input_packages.reading.limits import Limits
from input_packages.reading.previewing.preview import Preview
from input_packages.reading.refusals import Refusal
from input_packages.reading.signatures import Kind

DONE = "done"
_C = ctypes.CDLL(None, use_errno=True)
_TRACE_ME = 0


def _by_call(name: str, *given: int) -> None:
    """Call a function of the C library, which says of an error as the kernel does.

    Raises:
        OSError: it failed.
    """
    if getattr(_C, name)(*map(ctypes.c_long, given)) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _read_memory(process: str) -> None:
    here = ctypes.create_string_buffer(8)
    vector = (ctypes.c_size_t * 2)(ctypes.addressof(here), 8)
    place = ctypes.addressof(vector)
    _by_call("process_vm_readv", int(process), place, 1, place, 1, 0)


def _write_elsewhere(_: str) -> None:
    """Write to whatever else is open: the way to the parent, its streams, the files of others."""
    said = [number for number in range(4, 1024) if _is_open(number)]
    if not said:
        raise OSError(0, "nothing else is open")


def _is_open(number: int) -> bool:
    try:
        os.write(number, b"")
    except OSError:
        return False
    return True


def _start(_: str) -> None:
    if not os.fork():
        os._exit(0)


def _fall_silent(_: str) -> None:
    """Close the way to answer, and go on."""
    os.close(3)
    while True:
        _C.sched_yield()


def _need(what: str) -> None:
    """Fail as the readers do, for a reason that is no fault of the file.

    Raises:
        UnreadyError: always.
    """
    raise UnreadyError(f"no {what}")


def _leave_one_behind(mark: str) -> None:
    """Leave a process behind that would live on, and answer at once; its number is the ending of a file."""
    if process := os.fork():
        Path(f"{mark}.{process}").touch()
    else:
        os.close(3)
        time.sleep(3600)


ATTACKS: Mapping[str, Callable[[str], object]] = {
    "read a file": lambda file: Path(file).read_bytes(),
    "list a folder": os.listdir,
    "look for a file": os.stat,
    "write to a file": lambda file: os.open(file, os.O_RDWR),
    "cut a file": lambda file: os.truncate(file, 0),
    "make a file": lambda file: Path(file).touch(),
    "make a folder": os.mkdir,
    "remove a file": os.unlink,
    "rename a file": lambda file: Path(file).rename(f"{file}.gone"),
    "link a file": lambda file: Path(f"{file}.link").symlink_to(file),
    "change the rights of a file": lambda file: Path(file).chmod(0o777),
    "make a file of memory": lambda _: os.memfd_create("x"),
    "open a TCP socket": lambda _: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "open a UDP socket": lambda _: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    "open a TCP socket of IPv6": lambda _: socket.socket(socket.AF_INET6, socket.SOCK_STREAM),
    "open a unix socket": lambda _: socket.socket(socket.AF_UNIX),
    "open a pair of sockets": lambda _: socket.socketpair(),
    "open a netlink socket": lambda _: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "execute a program": lambda program: os.execv(program, [program]),  # noqa: S606 (the attack)
    "fork": _start,
    "signal a process": lambda process: os.kill(int(process), 0),
    "kill a process": lambda process: os.kill(int(process), signal.SIGKILL),
    "be traced": lambda _: _by_call("ptrace", _TRACE_ME, 0, 0, 0),
    "read the memory of a process": _read_memory,
    "use io_uring": lambda _: _by_call("syscall", 425, 1, 0),
    "write elsewhere": _write_elsewhere,
    "answer twice": lambda line: os.write(3, line.encode() + b"\n"),
    "need what is not there": _need,
    "fall silent": _fall_silent,
    "leave a process behind": _leave_one_behind,
}


def attack(content: bytes, kind: Kind, _limits: Limits) -> tuple[Kind, list[Refusal], Preview | None]:
    """Try what the file asks for, and say what came of it."""
    asked = json.loads(content)
    try:
        ATTACKS[asked["attack"]](asked["on"])
    except OSError as error:
        return kind, [], Preview(text=f"{type(error).__name__}: {error.strerror}")
    return kind, [], Preview(text=DONE)


if __name__ == "__main__":
    serve(attack)
