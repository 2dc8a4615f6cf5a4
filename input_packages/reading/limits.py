"""How much is read of what a stranger sent, before it is refused. All of it is house practice."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes are bytes, times seconds. What unpacks is counted while it unpacks, never believed.

    `ratio` is how many bytes may come out of one that went in, once more than `free` came out.
    `memory` and `seconds` bind the child that opens a file: address space, and time both of the processor
    and of the clock.
    """

    size: int = 25 * MEGABYTE
    members: int = 2000
    unpacked: int = 200 * MEGABYTE
    ratio: int = 150
    free: int = 8 * MEGABYTE
    pages: int = 2000
    preview: int = 400_000
    memory: int = 1024 * MEGABYTE
    seconds: int = 20


LIMITS = Limits()
