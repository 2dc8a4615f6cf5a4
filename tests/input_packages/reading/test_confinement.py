"""What the kernel is told: the filter of calls, for every machine it is written for."""

import re
import struct
from pathlib import Path

import pytest

from input_packages.reading.confinement import ALLOW, ARCHITECTURES, CALLS, KILL, REFUSE, Kernel, program


def ruled(steps: bytes, architecture: int, number: int) -> int:
    """Return what a filter says of one call, as the kernel of any machine would run it."""
    at, held = 0, 0
    every: list[tuple[int, ...]] = list(struct.iter_unpack("=HBBI", steps))
    while True:
        what, if_so, if_not, value = every[at]
        if what == 0x06:
            return value
        if what == 0x20:
            held = {0: number, 4: architecture}[value]
        else:
            assert what == 0x15
            at += if_so if held == value else if_not
        at += 1


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_the_filter_lets_pass_what_is_listed_and_nothing_else(machine):
    architecture, column = ARCHITECTURES[machine]
    steps = program(machine)
    passed = {number for number in range(1024) if ruled(steps, architecture, number) == ALLOW}
    assert passed == {each[column] for each in CALLS.values()}
    assert ruled(steps, architecture, 1 << 30 | 1) == REFUSE  # the calls of x32
    assert {ruled(steps, other, 1) for other in (0, 0x40000003, 0x40000028)} == {KILL}


HEADERS = {
    "x86_64": ("x86_64-linux-gnu/asm/unistd_64.h", r"#define __NR_(\w+) (\d+)$"),
    "aarch64": ("asm-generic/unistd.h", r"#define __NR(?:3264)?_(\w+) (\d+)$"),
}


@pytest.mark.parametrize("machine", HEADERS)
def test_the_calls_have_the_numbers_of_the_kernels_headers(machine):
    header, line = HEADERS[machine]
    file = Path("/usr/include", header)
    if not file.exists():
        pytest.skip(f"{file} is not installed (on Debian: linux-libc-dev)")
    numbers = {name: int(number) for name, number in re.findall(line, file.read_text(), re.MULTILINE)}
    _, column = ARCHITECTURES[machine]
    assert {name: numbers[name] for name in CALLS} == {name: each[column] for name, each in CALLS.items()}


@pytest.mark.parametrize(
    ("kernel", "missing"),
    [
        (Kernel(1, "aarch64"), ""),
        (Kernel(0, "x86_64"), "Landlock"),
        (Kernel(7, None), "seccomp"),
        (Kernel(0, None), "Landlock and seccomp"),
        (Kernel(7, "riscv64"), "seccomp"),
    ],
)
def test_what_a_kernel_lacks_is_said(kernel, missing):
    assert kernel.missing == missing
