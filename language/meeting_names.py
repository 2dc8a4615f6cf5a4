"""What the papers of a meeting are called, and who may read them."""

from language.catalogues import english, translations
from policies.facts.meetings import Confidentiality, PaperKind

_PAPERS = {
    PaperKind.DRAFT_AGENDA: english("draft agenda"),
    PaperKind.CONSULTATION_RECORD: english("record of the consultation on the agenda"),
    PaperKind.AGENDA: english("agenda"),
    PaperKind.DOCUMENT: english("paper"),
    PaperKind.DRAFT_MINUTES: english("draft minutes"),
    PaperKind.CLEARED_MINUTES: english("cleared minutes"),
    PaperKind.DECISIONS: english("decisions"),
    PaperKind.DOCUMENTS: english("documents"),
    PaperKind.MINUTES: english("minutes"),
}
_READERS = {
    Confidentiality.PUBLIC: english("public"),
    Confidentiality.NETWORK: english("for the Network alone"),
    Confidentiality.RESTRICTED: english("restricted"),
}


def paper_name(kind: str, language: str) -> str:
    """Return what a paper is: `draft minutes`."""
    return translations(language).gettext(_PAPERS[PaperKind(kind)])


def reader_name(confidentiality: str, language: str) -> str:
    """Return who may read a paper: `for the Network alone`."""
    return translations(language).gettext(_READERS[Confidentiality(confidentiality)])
