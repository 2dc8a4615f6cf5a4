"""The Jinja2 environment that rooms write with: sandboxed, strict about undefined names, one per language."""

from functools import partial

from jinja2 import BaseLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from language.catalogues import translations
from language.dates import format_date
from language.direction import direction, inside, said_in
from language.explanations import reason, sentence


def environment(language: str, loader: BaseLoader, *, escaped: bool) -> SandboxedEnvironment:
    """Return an environment that writes `language`; `escaped` for HTML.

    Templates find `language`, `direction`, and the filters `date`, `because`, `reason`, `said` (words in the
    language, else in English) and `inside` (a name that may run the other way).
    """
    made = SandboxedEnvironment(
        loader=loader,
        autoescape=escaped,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    made.globals |= {"language": language, "direction": direction(language)}
    made.filters |= {
        "date": partial(format_date, language=language),
        "because": partial(sentence, language=language),
        "reason": partial(reason, language=language),
        "said": partial(said_in, language),
        "inside": partial(inside, language=language),
    }
    return made
