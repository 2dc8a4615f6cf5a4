"""What the reviewers are asked to settle, each question with what it rests on."""

from input_packages import labels
from input_packages.blocks import Bullets, Run, Section, Style, Text
from input_packages.contents import Contents, Question
from input_packages.speech import Speech
from language.catalogues import english


def section(c: Contents, s: Speech) -> Section | None:
    """Return the questions for the reviewers; None where the definition has none."""
    if not c.questions:
        return None
    asked = tuple((s.words(question.asks), _rests_on(question, s)) for question in c.questions)
    return Section(
        "questions", s.plain(english("Questions for the reviewers")), (Bullets(asked, numbered=True),)
    )


def _rests_on(question: Question, s: Speech) -> Text:
    whose = Run(labels.basis_label(question.basis, s.language), Style.SOFT)
    return (s.id(question.provision), Run(" · ", Style.SOFT), whose)
