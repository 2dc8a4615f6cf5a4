"""Why a file is refused: one word for the record, one sentence for whoever sent it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from language.catalogues import english, translations


class Refusal(StrEnum):
    """Why a file is not taken. It is kept apart all the same, and a person can look at it."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    PROGRAM = "program"
    OTHER_KIND = "other-kind"
    OLD_OFFICE = "old-office"
    WEB_PAGE = "web-page"
    TWO_KINDS = "two-kinds"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    SCRIPTS = "scripts"
    EMBEDDED = "embedded"
    EXTERNAL = "external"
    DOCTYPE = "doctype"
    TRICKY_NAMES = "tricky-names"
    BOMB = "bomb"
    TOO_HEAVY = "too-heavy"
    VIRUS = "virus"
    NOT_SCANNED = "not-scanned"


class RefusedError(Exception):
    """Nothing more of a file is looked at, for one reason."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


_SENTENCES: Final[Mapping[Refusal, str]] = {
    Refusal.EMPTY: english("The file is empty. Please send it again."),
    Refusal.TOO_LARGE: english("The file is larger than 25 megabytes. Please send a smaller one."),
    Refusal.PROGRAM: english(
        "The file is a program, whatever its name says. Please send the document itself."
    ),
    Refusal.OTHER_KIND: english(
        "The file is of a kind that is not accepted. "
        "Please send Word (.docx), PDF, Excel (.xlsx), PowerPoint (.pptx), OpenDocument (.odt) or plain text."
    ),
    Refusal.OLD_OFFICE: english(
        "The file has an old Office format. Please save it as .docx, .xlsx or .pptx and send it again."
    ),
    Refusal.WEB_PAGE: english("The file is a web page. Please send Word (.docx), PDF or plain text."),
    Refusal.TWO_KINDS: english(
        "The file is of two kinds at once. Please save the document anew and send it again."
    ),
    Refusal.DAMAGED: english("The file is damaged and cannot be read. Please send it again."),
    Refusal.ENCRYPTED: english("The file is locked with a password. Please send it without one."),
    Refusal.MACROS: english(
        "The file contains macros. Please save it as a document without macros and send it again."
    ),
    Refusal.SCRIPTS: english(
        "The file contains scripts or actions. Please print it to a new PDF file and send that."
    ),
    Refusal.EMBEDDED: english(
        "The file holds other files inside. Please send them beside it, and charts as pictures."
    ),
    Refusal.EXTERNAL: english(
        "The file draws on content from elsewhere. Please put that content into the document itself."
    ),
    Refusal.DOCTYPE: english(
        "The file declares entities of its own, which no ordinary document does. Please save it anew."
    ),
    Refusal.TRICKY_NAMES: english(
        "The file names parts that lead outside itself. Please save the document anew."
    ),
    Refusal.BOMB: english(
        "The file expands to an unusually large size. Please send the document in another format."
    ),
    Refusal.TOO_HEAVY: english("The file takes too much time or memory to open. Please send a simpler one."),
    Refusal.VIRUS: english(
        "A security scan detected a threat in the file, which has not been opened. Please consult"
        " your IT service before sending it again."
    ),
    Refusal.NOT_SCANNED: english("The file is awaiting a security scan. No action is required on your part."),
}


def sentence_for(refusal: Refusal, language: str) -> str:
    """Return what the sender is told: what is wrong, and what to send instead."""
    return translations(language).gettext(_SENTENCES[refusal])
