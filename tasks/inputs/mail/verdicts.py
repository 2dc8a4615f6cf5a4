"""What a mail server found out about a mail, as it writes it into `Authentication-Results` (RFC 8601).

A sender chooses parts of what stands there: addresses, names of servers, words in comments. So it is taken
apart by its grammar, and what does not fit the grammar says nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[;=]|[^\s;="]+')


@dataclass(frozen=True, slots=True)
class Finding:
    """One method that a server tried, in small letters: its result, and what it is about."""

    method: str
    result: str
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Findings:
    """What the server of this name found."""

    server: str
    methods: tuple[Finding, ...] = ()

    def passed(self, method: str, about: str, value: str) -> bool:
        """Return whether a method passed for this value, and is named only once."""
        found = [each for each in self.methods if each.method == method]
        return len(found) == 1 and found[0].result == "pass" and found[0].about.get(about) == value.casefold()


def findings_in(header: str) -> Findings:
    """Return what a header says; no methods where it has comments or quotations without an end."""
    plain = _without_comments(header)
    if plain is None:
        return Findings("")
    server, *results = _between_semicolons(_PIECE.findall(plain))
    name = server[0].casefold() if server and "=" not in server else ""
    return Findings(name, tuple(map(_finding, results)))


def _without_comments(header: str) -> str | None:
    """Return a header without its comments, in which quotation marks mean nothing; None if one has no end."""
    depth, quoted = 0, False
    kept: list[str] = []
    signs = iter(header)
    for sign in signs:
        if sign == "\\":
            escaped = next(signs, "")
            kept += [] if depth else [sign, escaped]
        elif quoted or (sign == '"' and not depth):
            kept.append(sign)
            quoted = quoted != (sign == '"')
        elif sign in "()":
            depth += 1 if sign == "(" else -1
            kept.append(" ")
        elif not depth:
            kept.append(sign)
        if depth < 0:
            return None
    return None if depth or quoted else "".join(kept)


def _between_semicolons(pieces: list[str]) -> Iterator[list[str]]:
    found: list[str] = []
    for piece in pieces:
        if piece == ";":
            yield found
            found = []
        else:
            found.append(piece)
    yield found


def _finding(pieces: list[str]) -> Finding:
    """Return what `method = result ptype.property = value …` says; no result where it is something else."""
    names, signs, values = pieces[::3], pieces[1::3], pieces[2::3]
    method = pieces[0].partition("/")[0].casefold() if pieces else ""
    if not pieces or len(pieces) % 3 or set(signs) != {"="} or "=" in (*names, *values):
        return Finding(method, "", {})
    about = zip(names[1:], values[1:], strict=True)
    said = {name.casefold(): value.strip('"').casefold() for name, value in about}
    return Finding(method, values[0].casefold(), said)
