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
    assert f"إلى {shown}، تحية طيبة وبعد،" in message.html
    assert f"إلى \u2068{name}\u2069، تحية طيبة وبعد،" in message.text


def test_every_symbol_file_and_key_in_an_arabic_message_is_isolated():
    content, written = NOTICES["package-ready"]
    message = render([content], Recipient("anna", "آنا", "anna@example.org", "ar"), day(written))
    for symbol in (
        content.provision,
        content.package,
        content.package_sha256,
        content.cycle,
        content.notice_key,
        "SHA-256",
    ):
        assert f"\u2068{symbol}\u2069" in message.text.replace("\n  ", "")
        assert f'<span dir="ltr">{symbol}</span>' in message.html


def test_no_space_is_left_between_chinese_sentences():
    late = replace(REVIEW, kind=NOTICES["receipt"][0].kind, about="met", met_on=MONDAY)
    message = render([late], Recipient("anna", "Anna Keller", "anna@example.org", "zh"), MONDAY)
    assert "“工作安排审查”已于2026年11月23日完成，本周期结束。完成日期比截止日期晚13天" in message.html


def test_french_keeps_its_narrow_spaces_in_the_subject_the_text_and_the_html():
    message = render([REVIEW], Recipient("anna", "Anna Keller", "anna@example.org", "fr"), MONDAY)
    assert message.subject == "Rappel\u202f: Examen des modalités de travail, 10 novembre 2026"
    assert message.subject in message.text
    assert "«\u202fExamen des modalités de travail\u202f»" in message.html
