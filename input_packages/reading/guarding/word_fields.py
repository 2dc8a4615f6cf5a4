"""The fields of a Word document: what it calculates, inserts or fetches when it is opened.

Only fields are let pass that show something of the document itself. Word joins the instruction of a field
from all its runs, whatever way they are written, so it is judged when it is whole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from input_packages.reading.guarding.links import is_harmless
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
_OWN = tuple(f"{space} " for space in WORD)
_DELETIONS = frozenset(f"{space} {name}" for space in WORD for name in ("del", "moveFrom"))
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
    """A field that has begun in `place`, an element that Word may pass over as a whole.

    `live` is its instruction without proposed deletions, `late` what is written behind its result.
    """

    place: int
    instruction: str = ""
    live: str = ""
    late: str = ""
    shows_result: bool = False

    def write(self, data: str, place: int, *, is_deleted: bool) -> None:
        """Add to the instruction. Nobody can judge one with a part that Word may pass over."""
        said = data if place == self.place else _NESTED
        self.instruction += said
        self.live += "" if is_deleted else said


class Fields(Watch):
    """Joins the instructions of fields over runs and paragraphs, also of fields inside one another."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[_Field] = []
        self._reading = ""
        self._places = [0]
        self._seen = 0
        self._deleted = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See a field begin, come to its result, or end; or the text of one."""
        if not name.startswith(_OWN):
            self._seen += 1
            self._places.append(self._seen)
        elif name in _CHARACTERS:
            self._mark(attributes.get(_CHARACTERS[name], ""))
        elif name in _SIMPLE:
            self._judge(attributes.get(_SIMPLE[name], ""))
        elif name in _TEXTS:
            self._reading = name
        elif name in _DELETIONS:
            self._deleted += 1

    def text(self, data: str) -> None:
        """Add to the instruction being written; the result of a field is part of that of an outer one."""
        is_instruction = self._reading in _INSTRUCTIONS
        if not self._reading or not (self._open or is_instruction):
            return
        if not self._open:
            self._judge(data)
        elif is_instruction and self._open[-1].shows_result:
            self._open[-1].late += data
        elif writing := [field for field in self._open if not field.shows_result]:
            is_deleted = bool(self._deleted) or self._reading.endswith("delInstrText")
            writing[-1].write(data, self._places[-1], is_deleted=is_deleted)

    def end(self, name: str) -> None:
        """See the text end, or a place that Word may pass over: no field reaches out of one."""
        if not name.startswith(_OWN):
            self._end_place(self._places.pop())
        elif name in _TEXTS:
            self._reading = ""
        elif name in _DELETIONS:
            self._deleted -= 1

    def close(self) -> None:
        """Judge the fields that never ended too."""
        while self._open:
            self._end_field(self._open.pop())

    def _end_place(self, place: int) -> None:
        while self._open and self._open[-1].place == place:
            self._end_field(self._open.pop())

    def _mark(self, kind: str) -> None:
        place = self._places[-1]
        if kind == "begin":
            for outer in [field for field in self._open if not field.shows_result][-1:]:
                outer.write(_NESTED, place, is_deleted=False)
            self._open.append(_Field(place))
        elif self._open and self._open[-1].place != place:
            self.found.append(Refusal.EXTERNAL)
        elif kind == "separate" and self._open:
            self._open[-1].shows_result = True
        elif kind == "end" and self._open:
            self._end_field(self._open.pop())

    def _end_field(self, field: _Field) -> None:
        for instruction in (field.instruction, field.live, field.late):
            self._judge(instruction)

    def _judge(self, instruction: str) -> None:
        self.found += [refusal] if (refusal := refusal_of(instruction)) else []
