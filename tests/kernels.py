"""A kernel without Landlock or seccomp, for one process and its children: a filter answers in its name.

It says what an older kernel says, and what the rules of a container say that lets neither through.
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Mapping, Sequence
from typing import Final

from input_packages.reading.confinement import this_kernel

LANDLOCK, SECCOMP = "Landlock", "seccomp"
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_PRCTL = {"x86_64": 157, "aarch64": 167}.get(platform.machine(), -1)
_LOAD, _IF_EQUAL, _RETURN, _ALLOW, _FAIL = 0x20, 0x15, 0x06, 0x7FFF0000, 0x00050000
# The call that asks for each, its first argument where only that one is meant, and the answer. Seccomp comes
# last: afterwards nothing more can be taken away.
_ASKED: Final[Mapping[str, tuple[int, int | None, int]]] = {
    LANDLOCK: (444, None, errno.ENOSYS),
    SECCOMP: (_PRCTL, _SET_SECCOMP, errno.EINVAL),
}


def lack(mechanisms: Sequence[str]) -> None:
    """Let this process find, for good, that its kernel lacks some mechanisms."""
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_NO_NEW_PRIVILEGES, *map(ctypes.c_ulong, (1, 0, 0, 0)))
    for call, argument, answer in (asked for name, asked in _ASKED.items() if name in mechanisms):
        steps = [(_LOAD, 0, 0, 0), (_IF_EQUAL, 0, 3 if argument else 1, call)]
        steps += [(_LOAD, 0, 0, 16), (_IF_EQUAL, 0, 1, argument)] if argument else []
        steps += [(_RETURN, 0, 0, _FAIL | answer), (_RETURN, 0, 0, _ALLOW)]
        kept = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
        program = struct.pack("@HP", len(steps), ctypes.addressof(kept))
        if library.prctl(_SET_SECCOMP, ctypes.c_ulong(_FILTER), program, None, None):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    this_kernel.cache_clear()
