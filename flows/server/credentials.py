"""The user and password that our Prefect server asks for: made at the first start, and kept to ourselves.

Nothing here is ever an argument of a command, where every user of the machine would see it.
"""

import os
import secrets
from pathlib import Path

from flows.server.errors import StartError
from flows.server.lock import is_held
from tasks.dispatch.channels import exposed
from tasks.installation.settings import Settings

USER = "mandates"


def file_of(settings: Settings) -> Path:
    """Return the file of the credentials, in the home. It need not be there."""
    return settings.home.absolute() / "prefect.auth"


def where(settings: Settings) -> str:
    """Return where a person finds the credentials, in words; never what they are."""
    return "the setting MANDATES_PREFECT_AUTH" if settings.prefect_auth else str(file_of(settings))


def credentials(settings: Settings) -> str | None:
    """Return `user:password`, as the settings or else the file say; None where neither does.

    Raises:
        StartError: others may read the file, or there are no credentials in what was found.
    """
    if settings.prefect_auth:
        return _whole(settings.prefect_auth.get_secret_value(), "MANDATES_PREFECT_AUTH")
    file = file_of(settings)
    try:
        with file.open(encoding="utf-8") as opened:
            found, said = os.fstat(opened.fileno()), opened.read()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StartError(f"{file} cannot be read: {error}. {_REMAKE}") from error
    if problems := list(exposed(file, found, os.geteuid())):
        raise StartError("\n".join(map(str, problems)))
    return _whole(said.strip(), str(file))


def made(settings: Settings) -> str:
    """Return the credentials, and make them first where there are none: a home of before has no file.

    Raises:
        StartError: as in `credentials`.
        OSError: the file cannot be written.
    """
    return credentials(settings) or _make(settings)


def of_running(settings: Settings) -> str | None:
    """Return the credentials of the server that `mandates up` runs here.

    Raises:
        StartError: it does not run. Somebody else might then listen on its port, and be told the password.
    """
    if not is_held(settings.home.absolute()):
        raise StartError(
            f"No automation server runs on {settings.home}. Start it with `mandates up`, "
            "or set MANDATES_HOME to the folder of the one that runs."
        )
    return credentials(settings)


def _make(settings: Settings) -> str:
    file = file_of(settings)
    fresh = f"{USER}:{secrets.token_urlsafe(32)}"
    partial = file.with_name(f".{file.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        # Written whole and then given its name, so that a full disk or a kill leaves no half of a password.
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            opened.write(f"{fresh}\n")
            opened.flush()
            os.fsync(opened.fileno())
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
    return fresh


_REMAKE = "Delete it, and the next `mandates up` makes another."


def _whole(found: str, source: str) -> str:
    user, _, password = found.partition(":")
    if not user or not password:
        raise StartError(f"{source}: found no user and password; expected user:password. {_REMAKE}")
    return found
