import pytest
from jinja2 import DictLoader, UndefinedError
from jinja2.exceptions import SecurityError

from language.environments import environment


def written(source: str, language: str = "en", *, escaped: bool = False, **words: str) -> str:
    made = environment(language, DictLoader({"a": source}), escaped=escaped)
    return made.get_template("a").render(**words)


def test_an_undefined_name_is_an_error():
    with pytest.raises(UndefinedError, match="nobody_gave_this"):
        written("{{ nobody_gave_this }}")


def test_a_template_cannot_reach_out_of_its_sandbox():
    with pytest.raises(SecurityError):
        written("{{ ''.__class__.__mro__ }}")


def test_html_is_escaped_and_text_is_not():
    assert written("{{ name }}", escaped=True, name="<b>") == "&lt;b&gt;"
    assert written("{{ name }}", name="<b>") == "<b>"


def test_words_come_from_the_catalogue_of_the_language():
    assert written("{% trans %}Due date{% endtrans %} {{ direction }}", "ar") == "الموعد النهائي rtl"
