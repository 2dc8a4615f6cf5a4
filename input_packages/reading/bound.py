"""A fork for every file: bound in memory and time, confined by the kernel, and ended with its group."""

import json
import os
import resource
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress

from input_packages.reading.confinement import Kernel, confine
from input_packages.reading.limits import Limits

LONGEST_ANSWER = 8 * 1024 * 1024  # bytes
_LONGEST_REASON = 200  # characters
_PIPE = 3
_MOST_OPEN = 1024  # the process that forks opens a handful


class UnreadyError(Exception):
    """A file could not be looked at, for a reason that is no fault of its own."""


def said_of(look: Callable[[bytes], bytes], file: int, limits: Limits, kernel: Kernel) -> bytes | None:
    """Return the line that `look`, in a fork, says of what an open file holds; None where none comes in time.

    Where the fork was not ready to look, the line is `{"unready": why}`.
    """
    read_end, write_end = os.pipe()
    fork = os.fork()
    if not fork:
        _look(look, file, write_end, limits, kernel)
    with suppress(OSError):  # where it has ended already
        os.setpgid(fork, fork)
    os.close(write_end)
    said = _heard(read_end, time.monotonic() + limits.seconds)
    os.close(read_end)
    with suppress(OSError):  # the same
        os.killpg(fork, signal.SIGKILL)
    os.waitpid(fork, 0)
    return said if said and b"\n" not in said else None


def _look(look: Callable[[bytes], bytes], file: int, write_end: int, limits: Limits, kernel: Kernel) -> None:
    """Bind and confine this process, say what `look` says, and end without returning."""
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        content = _content(file, limits.size)
        _keep_only(write_end)
        try:
            _confine(kernel)
            _say(look(content))
        except UnreadyError as error:
            _say(json.dumps({"unready": str(error)[:_LONGEST_REASON]}).encode())
    finally:
        os._exit(0)


def _confine(kernel: Kernel) -> None:
    try:
        confine(kernel)
    except OSError as error:
        raise UnreadyError(f"the kernel did not confine their reader: {error.strerror}") from error


def _content(file: int, longest: int) -> bytes:
    os.lseek(file, 0, os.SEEK_SET)
    with os.fdopen(file, "rb") as stream:
        return stream.read(longest)


def _keep_only(pipe: int) -> None:
    """Close all that is open here but the pipe: also the way to ask the parent, and to answer it."""
    os.dup2(pipe, _PIPE)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(_PIPE):
        os.dup2(nothing, standard)
    os.closerange(_PIPE + 1, _MOST_OPEN)


def _say(said: bytes) -> None:
    rest = memoryview(said)
    while rest:
        rest = rest[os.write(_PIPE, rest) :]


def _heard(pipe: int, until: float) -> bytes | None:
    """Return what came through the pipe before it closed; None when it took too long or said too much."""
    said = bytearray()
    while len(said) <= LONGEST_ANSWER:
        ready, _, _ = select.select([pipe], [], [], max(until - time.monotonic(), 0))
        if not ready:
            return None
        chunk = os.read(pipe, 1 << 16)
        if not chunk:
            return bytes(said)
        said += chunk
    return None
