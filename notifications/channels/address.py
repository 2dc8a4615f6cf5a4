"""What the address of a mail server holds behind its `?`, and how it is read."""

import ssl
from collections.abc import Collection, Mapping
from urllib.parse import SplitResult, parse_qsl

LONGEST_WAIT = 600.0  # seconds; what RFC 5321, 4.5.3.2.6 grants a relay; below the lease of a claim
_LOGIN = "xoauth2"


class MiswrittenAddressError(ValueError):
    """The address of a server is not written as it has to be. Its message holds nothing of the address."""


def options_of(parts: SplitResult, known: Collection[str]) -> dict[str, str]:
    """Return the options of an address by name.

    Raises:
        MiswrittenAddressError: one is not among those that are known, or the address goes on behind a `#`.
    """
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if not options.keys() <= set(known):
        raise MiswrittenAddressError(f"it has an option that is none of {', '.join(known)}")
    if parts.fragment:
        raise MiswrittenAddressError("it has a #, which is written %23 in a password or a name")
    return options


def seconds(name: str, value: str) -> float:
    """Return how long to wait.

    Raises:
        MiswrittenAddressError: it is no number of seconds that anybody would wait.
    """
    try:
        found = float(value)
    except ValueError:
        found = 0
    if not 0 < found <= LONGEST_WAIT:
        raise MiswrittenAddressError(f"{name} is not a number of seconds up to {LONGEST_WAIT:.0f}")
    return found


def trusting(authorities: str | None) -> ssl.SSLContext:
    """Return what checks certificates: against a PEM file with authorities, or those of the system.

    Raises:
        MiswrittenAddressError: the file cannot be read as one.
    """
    try:
        return ssl.create_default_context(cafile=authorities)
    except OSError as error:  # ssl.SSLError is one
        raise MiswrittenAddressError(
            f"ca names {authorities!r}, which is not a readable file of certificates in PEM"
        ) from error


def by_token(options: Mapping[str, str], user: str, password: str) -> bool:
    """Return whether a login is made with a token (`auth=xoauth2`) and not with a password.

    Raises:
        MiswrittenAddressError: another way is named, or there is a password too, or no user.
    """
    if "auth" not in options:
        return False
    if options["auth"] != _LOGIN:
        raise MiswrittenAddressError(f"auth is not {_LOGIN}; leave it out to log in with a password")
    if password or not user:
        raise MiswrittenAddressError(f"auth={_LOGIN} goes with a user and without a password")
    return True
