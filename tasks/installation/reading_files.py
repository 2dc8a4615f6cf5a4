"""Whether files that people send are opened here in a process that the kernel confines."""

from collections.abc import Iterator

from tasks.installation.settings import Settings


def reader_in_words(settings: Settings) -> str:
    """Return which kind of machine this is, and what that means for files that people send."""
    if missing := _missing():
        return f"not confined, for the kernel has no {missing}; {_outcome(settings)}"
    return "confined by Landlock and seccomp"


def reader_findings(settings: Settings) -> Iterator[str]:
    """Yield that this machine cannot confine who opens files that people send, and what to do."""
    if missing := _missing():
        yield (
            f"the kernel of this machine has no {missing} to confine the reader of files that people send: "
            f"{_outcome(settings)}; run on Linux 5.13 or later with Landlock and seccomp switched on"
        )


def _outcome(settings: Settings) -> str:
    if settings.reader:
        return "no file is opened (MANDATES_READER=confined), and each waits for a person"
    return "files are opened all the same; to have none opened, set MANDATES_READER=confined"


def _missing() -> str:
    from input_packages.reading.confinement import this_kernel  # noqa: PLC0415 (it loads ctypes, for a few)

    return this_kernel().missing
