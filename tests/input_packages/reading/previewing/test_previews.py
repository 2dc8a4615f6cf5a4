"""What holds for the previews of every kind: they are as long as they may be, and say when they are cut."""

from input_packages.reading.limits import Limits
from input_packages.reading.reader import Reader
from tests.input_packages.reading.office_files import document, paragraph, text


def previewed(content: bytes, longest: int, folder):
    file = folder / "sent.bin"
    file.write_bytes(content)
    with Reader(Limits(preview=longest)) as reader:
        return reader.read(file).preview


def test_a_preview_that_is_cut_says_so_first_and_is_no_longer_than_allowed(tmp_path):
    preview = previewed(b"a" * 1000, 200, tmp_path)
    said = "The text is longer than can be shown here: its end is left out."
    assert preview.text.startswith(f"[{said}]\naaa")
    assert (len(preview.text), preview.cut, preview.left_out) == (200, True, (said,))


def test_what_is_said_of_a_preview_counts_as_part_of_it(tmp_path):
    sent = document(paragraph(text("a" * 90), text("b", "<w:vanish/>")))
    assert len(previewed(sent, 100, tmp_path).text) == 100


def test_the_form_of_a_document_says_what_is_left_out_too(tmp_path):
    sent = document(paragraph(text("seen"), text("b", "<w:vanish/>")))
    assert previewed(sent, 1000, tmp_path).html == "<p>[Left out: 1 passage of hidden text.]</p><p>seen</p>"
