"""A reader of headers that goes by the letter of RFC 5322 and RFC 2047, and raises where they are broken.

Python's own parser mends what it finds, so it cannot tell whether every other program reads the same.
"""

import re
from base64 import b64decode

WORD = re.compile(r"=\?([!-~]+?)\?([bBqQ])\?([!->@-~]*)\?=")
ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+")
QUOTED = re.compile(r'"((?:[ !#-\[\]-~]|\\[ -~])*)"')
ADDRESS = re.compile(r"<([!-~]+@[A-Za-z0-9.-]+)>")
BARE = re.compile(r"([a-z]+@[A-Za-z0-9.-]+)(?=,|$)")
IN_A_NAME = re.compile(r"[A-Za-z0-9!*+/=_-]*")  # RFC 2047, 5 (3)


def fields(content: bytes) -> dict[str, str]:
    """Return the headers of a mail by name, unfolded; those that come several times, the last."""
    head = content.partition(b"\r\n\r\n")[0]
    lines = head.split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 998
    for line in lines:
        assert line.strip(), "a line of white space alone"
        if b"=?" in line:
            assert len(line) <= 76, line
    unfolded = re.sub(r"\r\n(?=[ \t])", "", head.decode("ascii"))
    return dict(line.split(": ", 1) for line in unfolded.split("\r\n"))


def text(value: str) -> str:
    """Return what a header of running text says."""
    said, blank, after_word = "", "", False
    for piece in re.split(r"([ \t]+)", value):
        if not piece.strip(" \t"):
            blank = piece
            continue
        word = WORD.fullmatch(piece)
        assert word or not WORD.search(piece), f"an encoded word that is not one by itself: {piece}"
        said += ("" if word and after_word else blank) + (_decoded(word) if word else piece)
        after_word = bool(word)
    return said


def people(value: str) -> list[tuple[str, str]]:
    """Return the name and address of each person in a header."""
    found, rest = [], value
    while rest:
        bare = BARE.match(rest)
        name, rest = ("", f"<{bare[1]}>{rest[bare.end() :]}") if bare else _name(rest)
        address = ADDRESS.match(rest)
        assert address, f"no address at {rest!r}"
        found.append((name, address[1]))
        rest = rest[address.end() :]
        assert not rest or rest.startswith(", "), rest
        rest = rest.removeprefix(", ").lstrip(" ")
    return found


def _name(rest: str) -> tuple[str, str]:
    name, before = "", ""
    while not rest.startswith("<"):
        word = WORD.match(rest)
        quoted, atom = QUOTED.match(rest), ATOM.match(rest)
        matched = word or quoted or atom
        assert matched, f"neither a word nor quoted at {rest!r}"
        if word:
            assert word[2] in "bB" or IN_A_NAME.fullmatch(word[3]), word[0]
        joined = "" if not name or (word and before == "word") else " "
        name += joined + (
            _decoded(word) if word else re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else matched[0]
        )
        assert not (quoted and "=?" in quoted[1]), "what looks like an encoded word in quotes"
        before = "word" if word else ""
        rest = rest[matched.end() :]
        assert rest.startswith(" "), f"no blank before {rest!r}"
        rest = rest.lstrip(" ")
    return name, rest


def _decoded(word: re.Match[str]) -> str:
    assert len(word[0]) <= 75, word[0]
    if word[2] in "bB":
        return b64decode(word[3], validate=True).decode(word[1])
    raw = re.sub(r"=([0-9A-F]{2})", lambda hexed: chr(int(hexed[1], 16)), word[3].replace("_", " "))
    return raw.encode("latin-1").decode(word[1])
