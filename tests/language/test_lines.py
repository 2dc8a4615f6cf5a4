from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.lines import closed_up, columns, flowing, kept_whole, one_line, wrapped

NARROW, WIDE = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("text", "flown"),
    [
        ("one\n  two\t three ", "one two three"),
        (f"Rappel{NARROW}:\n« a »", f"Rappel{NARROW}: « a »"),
        (f"срок{WIDE}— завтра", f"срок{WIDE}— завтра"),
        ("记录。\n  这是“审查”。\n“审查”", "记录。这是“审查”。“审查”"),
        ("记录。\n2026年", "记录。2026年"),
        ("致Anna Keller：", "致Anna Keller："),
    ],
)
def test_white_space_becomes_what_the_language_writes(text, flown):
    assert flowing(text) == flown


def test_a_name_keeps_its_space_where_it_is_no_running_text():
    assert one_line(" 李\n四 ") == "李 四"


def test_markup_keeps_its_line_ends():
    assert closed_up("<td>记录。\n</td>\n<td>记录。\n这是</td>") == "<td>记录。\n</td>\n<td>记录。这是</td>"


@pytest.mark.parametrize(("text", "wide"), [("REV-2", 5), ("要点", 4), ("：", 2), ("مُدّة", 3), ("срок", 4)])
def test_letters_stand_as_wide_as_a_plain_font_shows_them(text, wide):
    assert columns(text) == wide


@given(
    st.lists(st.text("abcéя-«", min_size=1, max_size=25), min_size=1, max_size=40),
    st.sampled_from(["", "- "]),
)
def test_text_with_spaces_is_filled_as_the_standard_library_fills_it(words, bullet):
    text = " ".join(words)
    filled = fill(
        text,
        width=30,
        initial_indent=bullet,
        subsequent_indent=" " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )
    assert wrapped(text, 30, bullet) == filled


CHINESE = "“工作安排审查”的截止日期为2026年11月10日（32天后），目前尚无完成记录。请完成“工作安排审查”。"


@pytest.mark.parametrize("width", range(18, 80))
def test_chinese_lines_end_where_a_typesetter_would_end_them(width):
    first, *others = lines = wrapped(CHINESE, width, "- ").splitlines()
    assert first.startswith("- ")
    assert all(line.startswith("  ") for line in others)
    assert "".join(line[2:] for line in lines) == CHINESE
    assert [line for line in others if line[2] in "”）》】，。、；：？！"] == []
    assert [line for line in lines if line[-1] in "“（《【" or line[-1].isdigit()] == []
    assert max(map(columns, lines)) <= width


def test_a_word_longer_than_the_line_stays_whole():
    key = "working-arrangements-review/since-2025-11-10"
    assert wrapped(f"编号：{key}", 20) == f"编号：\n{key}"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("by 10 November 2026 (in 28 days)", "by 10\u00a0November\u00a02026 (in 28\u00a0days)"),
        ("10 ноября 2026 года", "10\u00a0ноября\u00a02026\u00a0года"),
        ("1er octobre 2026", "1er octobre\u00a02026"),
        ("10 de noviembre de 2026", "10\u00a0de noviembre de\u00a02026"),
        ("REV-2 and WGR-4", "REV-2\u00a0and WGR-4"),
        ("25 MB of 300", "25\u00a0MB of 300"),
    ],
)
def test_a_date_and_a_number_stay_with_what_they_count(text, whole):
    assert kept_whole(text) == whole


@pytest.mark.parametrize("width", range(12, 60))
def test_no_line_ends_inside_a_date(width):
    lines = wrapped("It is due on 10 November 2026, in 28 days, and on 5 May 2027 at the latest.", width)
    assert "\u00a0" not in lines
    for whole in ("10 November 2026", "28 days", "5 May 2027"):
        assert whole in lines
