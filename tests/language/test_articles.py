"""Offices stand with an article in an English sentence, and people without one."""

import pytest

from language.articles import with_article


@pytest.mark.parametrize(
    "name",
    [
        "Executive Office of the Secretary-General",
        "Coordinator of the Network",
        "Secretary-General",
        "Director General, IOM",
        "Principals",
    ],
)
def test_an_office_has_an_article(name):
    assert with_article(name) == f"the {name}"


@pytest.mark.parametrize(
    "name", ["Anna Keller", "Anna Keller, Director of Division", "ILO", "The Secretary-General", "the Office"]
)
def test_a_person_and_what_has_an_article_get_none(name):
    assert with_article(name) == name
