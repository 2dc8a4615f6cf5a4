"""What the layouts do to isolates: characters in plain text, elements with a direction in HTML."""

from dataclasses import replace

import pytest

from notifications.messages import render
from policies.people.directory import Recipient
from tests.days import day
from tests.notifications.contents import NOTICES, REVIEW

MONDAY = day("Mon 2026-11-23")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Anna Keller", '<span dir="ltr">Anna Keller</span>'),
        ("رؤساء الأفرقة (ABC)", '<span dir="rtl">رؤساء الأفرقة (ABC)</span>'),
        ("<رؤساء>", '<span dir="rtl">&lt;رؤساء&gt;</span>'),
    ],
)
def test_a_name_in_an_arabic_message_runs_its_own_way(name, shown):
    message = render([REVIEW], Recipient("anna", name, "anna@example.org", "ar"), MONDAY)
    assert f"لعناية: {shown}" in message.html
    assert f"\u200fلعناية: \u2068{name}\u2069\n" in message.text


def test_every_symbol_file_and_key_in_an_arabic_message_is_isolated():
    content, written = NOTICES["package-ready"]
    message = render([content], Recipient("anna", "آنا", "anna@example.org", "ar"), day(written))
    for symbol in (
        content.provision,
        content.package,
        content.package_sha256,
        "SHA-256",
    ):
        assert f"\u2068{symbol}\u2069" in message.text.replace("\n\u200f  ", "")
        assert f'<span dir="ltr">{symbol}</span>' in message.html


def test_no_space_is_left_between_chinese_sentences():
    late = replace(REVIEW, kind=NOTICES["receipt"][0].kind, about="met", met_on=MONDAY)
    message = render([late], Recipient("anna", "Anna Keller", "anna@example.org", "zh"), MONDAY)
    assert (
        "“工作安排审查”已于2026年11月23日完成。贵方无须采取任何行动；下一周期将适时启动。完成记录晚于截止日期13天。"
        in message.html
    )


def test_french_keeps_its_narrow_spaces_in_the_subject_the_text_and_the_html():
    message = render([REVIEW], Recipient("anna", "Anna Keller", "anna@example.org", "fr"), MONDAY)
    assert message.subject == (
        "Rappel\u00a0– suite à donner d’ici au 10 novembre 2026\u202f: Examen des modalités de travail"
    )
    assert "«\u202fExamen des modalités de travail\u202f»" in message.html


def test_every_line_that_runs_from_right_to_left_says_so():
    lines = render([REVIEW], Recipient("anna", "Anna Keller", "anna@example.org", "ar"), MONDAY).text
    assert {line[:1] for line in lines.splitlines() if line} == {"\u200f"}
    english = render([REVIEW], Recipient("anna", "Anna Keller", "anna@example.org", "en"), MONDAY).text
    assert "\u200f" not in english
