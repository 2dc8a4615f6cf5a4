"""The fields of a Word document: what it calculates, inserts or fetches when it is opened.

Only fields are let pass that show something of the document itself. Word joins the instruction of a field
from all its runs, whatever way they are written, so it is judged when it is whole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from input_packages.reading.links import is_harmless
from input_packages.reading.refusals import Refusal
from input_packages.reading.xml_parts import Watch

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_LIST = """
= ADDIN ADDRESSBLOCK ADVANCE AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT AUTOTEXT AUTOTEXTLIST BARCODE
BIBLIOGRAPHY CITATION COMMENTS COMPARE CREATEDATE DATE DISPLAYBARCODE DOCPROPERTY DOCVARIABLE
EDITTIME EQ FILENAME FILESIZE FORMCHECKBOX FORMDROPDOWN FORMTEXT GREETINGLINE HYPERLINK IF INDEX
INFO KEYWORDS LASTSAVEDBY LISTNUM MERGEBARCODE MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF NOTEREF
NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE QUOTE REF REVNUM SAVEDATE SECTION SECTIONPAGES SEQ
SET SHAPE SKIPIF STYLEREF SUBJECT SYMBOL TA TC TEMPLATE TIME TITLE TOA TOC USERADDRESS USERINITIALS
USERNAME XE
"""
HARMLESS = frozenset(_LIST.split())
_NAME = re.compile(r'\s*(=|[A-Za-z]+(?=[\s\\"]|$))')
_WORDS = re.compile(r'"[^"]*"|\S+')
_SWITCH_WITH_VALUE = re.compile(r"\\[lot*@#]", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\s*MACROBUTTON\s+(NoMacro|None)\b", re.IGNORECASE)
_NESTED = "\x00"  # stands where the result of another field becomes part of an instruction
_INSTRUCTIONS = frozenset(f"{space} {name}" for space in WORD for name in ("instrText", "delInstrText"))
_TEXTS = _INSTRUCTIONS | {f"{space} t" for space in WORD}
_CHARACTERS = {f"{space} fldChar": f"{space} fldCharType" for space in WORD}
_SIMPLE = {f"{space} fldSimple": f"{space} instr" for space in WORD}


def refusal_of(instruction: str) -> Refusal | None:
    """Return why a field is refused; None if it shows something of the document itself."""
    if not instruction.strip() or _PLACEHOLDER.match(instruction):
        return None
    name = _NAME.match(instruction)
    if not name or name[1].upper() not in HARMLESS:
        return Refusal.EXTERNAL
    if name[1].upper() == "HYPERLINK" and not all(map(is_harmless, _targets(instruction[name.end() :]))):
        return Refusal.EXTERNAL
    return None


def _targets(arguments: str) -> list[str]:
    """Return the addresses in the arguments of a HYPERLINK: neither a switch nor the value of one."""
    targets, words = [], iter(_WORDS.findall(arguments))
    for word in words:
        if _SWITCH_WITH_VALUE.fullmatch(word):
            next(words, None)
        elif not (word.startswith("\\") and len(word) == 2):  # noqa: PLR2004 (a backslash and one letter)
            targets.append(word.strip('"').replace(_NESTED, "\\\\"))
    return targets


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shows_result: bool = False


class Fields(Watch):
    """Joins the instructions of fields over runs and paragraphs, also of fields inside one another."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[_Field] = []
        self._reading = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See a field begin, come to its result, or end; or the text of one."""
        if name in _CHARACTERS:
            self._mark(attributes.get(_CHARACTERS[name], ""))
        elif name in _SIMPLE:
            self._judge(attributes.get(_SIMPLE[name], ""))
        elif name in _TEXTS:
            self._reading = bool(self._open) or name in _INSTRUCTIONS

    def text(self, data: str) -> None:
        """Add to the instruction that is being written, which may be that of an outer field."""
        if not self._reading:
            return
        writing = [field for field in self._open if not field.shows_result]
        if writing:
            writing[-1].instruction += data
        elif not self._open:
            self._judge(data)

    def end(self, name: str) -> None:
        """See the text end."""
        self._reading = self._reading and name not in _TEXTS

    def close(self) -> None:
        """Judge the fields that never ended too."""
        while self._open:
            self._judge(self._open.pop().instruction)

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            for outer in [field for field in self._open if not field.shows_result][-1:]:
                outer.instruction += _NESTED
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].shows_result = True
        elif kind == "end" and self._open:
            self._judge(self._open.pop().instruction)

    def _judge(self, instruction: str) -> None:
        self.found += [refusal] if (refusal := refusal_of(instruction)) else []
