import pytest

from input_packages.reading.names import plain_name


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("contribution.docx", "contribution.docx"),
        ("إسهام الإسكوا ٢٠٢٦.docx", "إسهام الإسكوا ٢٠٢٦.docx"),
        ("移民网络.pdf", "移民网络.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\views.docx", "views.docx"),
        ("report\u202excod.exe", "reportxcod.exe"),
        ("\u200fإسهام\u200f.docx", "إسهام.docx"),
        ("a\x00b\nc.txt", "abc.txt"),
        ('what? "this" <is>: it|*.txt', "what_ _this_ _is__ it__.txt"),
        ("CON.txt", "_CON.txt"),
        ("Cafe\u0301.txt", "Café.txt"),
        (" . ", "unnamed"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
    ],
)
def test_a_name_is_shown_without_its_tricks(given, name):
    assert plain_name(given) == name
