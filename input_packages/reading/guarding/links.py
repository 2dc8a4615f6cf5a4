"""Where a link may lead: to what a reader opens knowingly, and to nothing that runs or is fetched."""

import re
from urllib.parse import unquote

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HARMLESS = frozenset({"http", "https", "mailto", "tel"})
_PROGRAM = re.compile(
    r"\.(exe|scr|bat|cmd|lnk|jse?|vb[es]|wsf|hta|ps1|msi|jar|cpl|pif|reg|url)$", re.IGNORECASE
)
_LOCAL = re.compile(r"file:(///|//localhost/|/)?(?=[^/])", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]")


def is_harmless(link: str) -> bool:
    """Whether a link leads to the web, to a mail, to a telephone, or to a document beside this one."""
    plain = _plain(link)
    scheme = _SCHEME.match(plain)
    if scheme:
        return scheme[1].lower() in _HARMLESS
    return not plain.startswith("//") and not _PROGRAM.search(plain)


def is_on_this_machine(target: str) -> bool:
    """Whether a template is named by a path on the reader's own machine; a path to another machine is not."""
    plain = _plain(target)
    named = _LOCAL.match(plain)
    if named:
        return True
    scheme = _SCHEME.match(plain)
    is_drive = bool(scheme) and len(plain.partition(":")[0]) == 1
    return is_drive or (not scheme and not plain.startswith("//"))


def leads_away(target: str) -> bool:
    """Whether what should be a part of the file is an address outside it."""
    return "://" in target or _plain(target).startswith("//")


def _plain(link: str) -> str:
    return _INVISIBLE.sub("", unquote(link)).strip().replace("\\", "/")
