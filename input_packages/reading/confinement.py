"""The confinement of the process that opens files: what the kernel keeps it from, whatever runs in it.

Two mechanisms of Linux, each a guard for a mistake in the other. Landlock takes away every right to files, to
TCP ports, and, on newer kernels, to signal other processes. A seccomp filter lets pass the calls listed here,
which use memory and write to what is open already, and refuses all others. Neither can be taken off again.
"""

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

# Of the kernel's headers linux/prctl.h, landlock.h, seccomp.h, bpf_common.h and audit.h.
_SET_DEATH_SIGNAL, _SET_SECCOMP, _FILTER, _NO_NEW_PRIVILEGES = 1, 22, 2, 38
_CREATE_RULESET, _RESTRICT_SELF, _ASK_VERSION = 444, 446, 1  # the same on every architecture
# By the version of Landlock, bits of what it takes away: of files, of TCP, of signals and sockets to other
# processes; and how many bytes of that it reads.
_RIGHTS: Final = {
    1: (0x1FFF, 0, 0, 8),
    2: (0x3FFF, 0, 0, 8),
    3: (0x7FFF, 0, 0, 8),
    4: (0x7FFF, 0b11, 0, 16),
    5: (0xFFFF, 0b11, 0, 16),
    6: (0xFFFF, 0b11, 0b11, 24),
}
_LOAD, _IF_EQUAL, _RETURN, _AT_NUMBER, _AT_ARCHITECTURE = 0x20, 0x15, 0x06, 0, 4
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
# By the name of the machine: its number, and the column of the table below that holds its calls.
ARCHITECTURES: Final[Mapping[str, tuple[int, int]]] = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
# asm/unistd_64.h (x86_64) and asm-generic/unistd.h (aarch64).
CALLS: Final[Mapping[str, tuple[int, int]]] = {
    "write": (1, 64),
    "writev": (20, 66),
    "close": (3, 57),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "brk": (12, 214),
    "futex": (202, 98),
    "sched_yield": (24, 124),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "restart_syscall": (219, 128),
    "clock_gettime": (228, 113),
    "gettimeofday": (96, 169),
    "getrandom": (318, 278),
    "exit": (60, 93),
    "exit_group": (231, 94),
}


@dataclass(frozen=True, slots=True)
class Kernel:
    """What a machine's kernel can confine a process with.

    `landlock` is the version of that mechanism, 0 where it is not there or not switched on; `seccomp` the
    architecture whose calls are filtered, None where they cannot be.
    """

    landlock: int
    seccomp: str | None

    @property
    def missing(self) -> str:
        """The mechanisms that are not there, in words; empty where a process can be confined."""
        there = (("Landlock", self.landlock > 0), ("seccomp", self.seccomp in ARCHITECTURES))
        return " and ".join(name for name, is_there in there if not is_there)


@cache
def this_kernel() -> Kernel:
    """Return what the kernel of this machine lets this process do, by asking it."""
    if sys.platform != "linux":
        return Kernel(0, None)
    version = _asked("syscall", _CREATE_RULESET, 0, 0, _ASK_VERSION)
    # A kernel that has filters looks for one at address 0 and finds none; another does not look.
    _asked("prctl", _SET_SECCOMP, _FILTER, 0, 0, 0)
    has_filters = ctypes.get_errno() == errno.EFAULT
    # A process of 32 bits has other calls than its machine.
    is_known = platform.machine() in ARCHITECTURES and sys.maxsize > 1 << 32
    return Kernel(max(version, 0), platform.machine() if has_filters and is_known else None)


def confine(kernel: Kernel) -> None:
    """Confine this process with what the kernel has, for good, and let it die with its parent.

    Raises:
        OSError: the kernel refused what it said it can do.
    """
    if sys.platform == "linux":
        _done("prctl", _SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        _done("prctl", _NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if kernel.landlock:
        *rights, size = _RIGHTS[min(kernel.landlock, max(_RIGHTS))]
        ruleset = _done("syscall", _CREATE_RULESET, struct.pack("=QQQ", *rights), size, 0)
        _done("syscall", _RESTRICT_SELF, ruleset, 0)
        os.close(ruleset)
    if kernel.seccomp:
        steps = program(kernel.seccomp)
        kept = ctypes.create_string_buffer(steps, len(steps))
        _done(
            "prctl", _SET_SECCOMP, _FILTER, struct.pack("@HP", len(steps) // 8, ctypes.addressof(kept)), 0, 0
        )


def program(machine: str) -> bytes:
    """Return the filter of a machine's calls: a program for the kernel, of eight bytes a step."""
    return b"".join(struct.pack("=HBBI", *step) for step in _steps(*ARCHITECTURES[machine]))


def _steps(architecture: int, column: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield each step: what it does, how many it skips if so and if not, and with which number."""
    numbers = [each[column] for each in CALLS.values()]
    yield _LOAD, 0, 0, _AT_ARCHITECTURE
    yield _IF_EQUAL, 1, 0, architecture
    yield _RETURN, 0, 0, KILL
    yield _LOAD, 0, 0, _AT_NUMBER
    for left, number in zip(range(len(numbers), 0, -1), numbers, strict=True):
        yield _IF_EQUAL, left, 0, number
    yield _RETURN, 0, 0, REFUSE
    yield _RETURN, 0, 0, ALLOW


def _done(function: str, *given: int | bytes) -> int:
    result = _asked(function, *given)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _asked(function: str, *given: int | bytes) -> int:
    """Call a function of the C library whose arguments are words of the machine, or lead to bytes."""
    words = (ctypes.c_char_p(each) if isinstance(each, bytes) else ctypes.c_ulong(each) for each in given)
    return int(getattr(_library(), function)(*words))


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
