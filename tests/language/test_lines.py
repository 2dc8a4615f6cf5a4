from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.lines import closed_up, columns, flowing, one_line, wrapped

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
