import json
import struct
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from input_packages.archive import build
from input_packages.manifest import Manifest, entries, sums
from input_packages.packing import pack
from input_packages.verify import verify
from tests.input_packages.examples import BARE, REVIEW

WHOLE = build(BARE)


def unpacked() -> dict[str, bytes]:
    with ZipFile(BytesIO(WHOLE)) as archive:
        return {member.filename: archive.read(member) for member in archive.infolist()}


def resealed(files) -> dict[str, bytes]:
    """Return the files with a manifest and check sums that fit them."""
    files = {name: content for name, content in files.items() if name not in ("MANIFEST.json", "SHA256SUMS")}
    manifest = Manifest(cycle="annual-report/2026", facts_upto=None, files=entries(files))
    files["MANIFEST.json"] = manifest.model_dump_json(indent=2).encode()
    return {**files, "SHA256SUMS": sums(entries(files))}


def zipped(members, compression=ZIP_STORED) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", compression) as archive:
        for name, content in members:
            archive.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, compression)
    return written.getvalue()


def renamed(old, new) -> bytes:
    """Return the archive with a name changed wherever it stands."""
    assert len(old) == len(new)
    return WHOLE.replace(old.encode(), new.encode())


@pytest.fixture
def found_in(tmp_path):
    def found(content):
        file = tmp_path / "package.zip"
        file.write_bytes(content)
        return verify(file)

    return found


@pytest.mark.parametrize("contents", [REVIEW, BARE])
def test_a_package_as_it_was_assembled_has_no_problem(contents, found_in):
    assert found_in(build(contents)) == []


def test_a_file_that_is_not_there_is_said(tmp_path):
    assert "cannot be read" in verify(tmp_path / "nothing.zip")[0]
    assert "cannot be read" in verify(tmp_path)[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a ZIP archive"),
        (b"%PDF-1.7 and so on", "not a ZIP archive"),
        (b"PK\x03\x04", "cut short"),
        (WHOLE[:-1], "cut short"),
        (WHOLE[: len(WHOLE) // 2], "cut short"),
        (WHOLE + b"\0", "behind it"),
        (WHOLE + WHOLE, "behind it"),
        (b"#!/bin/sh\n" + WHOLE, "not a ZIP archive"),
    ],
)
def test_what_is_no_whole_archive_is_said(content, said, found_in):
    (problem,) = found_in(content)
    assert said in problem


def test_a_changed_file_is_named_with_both_hashes(found_in):
    files = unpacked()
    files["package.en.html"] = files["package.en.html"].replace(b"Annual", b"Yearly")
    (problem,) = found_in(pack(files))
    assert problem.startswith("package.en.html: changed: found")
    for found in (files, unpacked()):
        assert sha256(found["package.en.html"]).hexdigest() in problem


def test_a_changed_file_with_a_changed_manifest_is_given_away_by_the_sums(found_in):
    files = unpacked()
    changed = resealed({**files, "package.json": b"{}"})
    (problem,) = found_in(pack({**changed, "SHA256SUMS": files["SHA256SUMS"]}))
    assert problem.startswith("SHA256SUMS: does not say what MANIFEST.json says")


@pytest.mark.parametrize("name", ["MANIFEST.json", "SHA256SUMS"])
def test_a_package_without_its_seals_is_refused(name, found_in):
    files = unpacked()
    del files[name]
    assert f"{name}: not there; expected in every input package" in found_in(pack(files))


def test_a_missing_file_is_named(found_in):
    files = unpacked()
    del files["package.en.html"]
    assert found_in(pack(files)) == ["package.en.html: missing; the manifest lists it"]


def test_an_extra_file_is_named(found_in):
    assert found_in(pack({**unpacked(), "extra.txt": b"x"})) == [
        "extra.txt: not in the manifest; expected no such file"
    ]


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (b"", "(whole file)"),
        (b"\xff\xfe", "(whole file)"),
        (b"[" * 100_000, "(whole file)"),
        (b'{"format": "theirs/1", "cycle": "a/b", "facts_upto": null, "files": []}', "format"),
        (b'{"format": "mandate-keeper/input-package/1"}', "files"),
    ],
)
def test_a_manifest_that_is_not_ours_is_refused(manifest, said, found_in):
    problems = found_in(pack({**unpacked(), "MANIFEST.json": manifest}))
    assert any(problem.startswith(f"MANIFEST.json: {said}") for problem in problems)


@pytest.mark.parametrize(
    "name",
    [
        "../../x.html",
        "/etc/passwd",
        "C:\\x.html",
        "a/b.html",
        "folder/",
        ".hidden",
        "\u202egpj.html",
        "x" * 101,
        "a\nb",
    ],
)
def test_names_that_lead_elsewhere_are_refused(name, found_in):
    problems = found_in(zipped([*unpacked().items(), (name, b"")]))
    assert any("not a plain name" in problem for problem in problems)


def test_a_name_with_a_zero_byte_is_refused(found_in):
    problems = found_in(renamed("package.en.html", "package.en.htm\0"))
    assert any("not a plain name" in problem for problem in problems)


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
@pytest.mark.parametrize("twice", ["package.json", "PACKAGE.JSON"])
def test_a_name_that_comes_twice_is_named(twice, found_in):
    problems = found_in(zipped([*unpacked().items(), (twice, b"{}")]))
    assert "'package.json': there 2 times; expected once" in problems


def test_compressed_files_are_refused_unread(found_in):
    bomb = zipped([("package.json", bytes(50_000_000))], ZIP_DEFLATED)
    assert len(bomb) < 100_000
    problems = found_in(bomb)
    assert "'package.json': compressed; expected it stored as it is" in problems
    assert any("claim to hold more than" in problem for problem in problems)


def test_an_encrypted_file_is_refused(found_in):
    content = bytearray(WHOLE)
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    assert any("encrypted" in problem for problem in found_in(bytes(content)))


def test_one_file_listed_over_and_over_is_refused(found_in):
    members = [(f"{number}.txt", b"x") for number in range(5001)]
    (problem,) = found_in(zipped(members))
    assert problem == "it holds 5001 files; no input package holds more than 5000"


def test_a_size_that_is_not_true_is_refused(found_in):
    content = bytearray(WHOLE)
    at = content.rfind(b"PK\x01\x02")
    struct.pack_into("<L", content, at + 24, 4_000_000_000)
    assert any("claim to hold more than" in problem for problem in found_in(bytes(content)))


@pytest.mark.parametrize(
    "packed",
    [
        zipped(unpacked().items()),
        zipped(reversed(unpacked().items())),
        zipped([*unpacked().items()][::2] + [*unpacked().items()][1::2]),
    ],
)
def test_whole_files_in_another_archive_are_said_to_be_packed_anew(packed, found_in):
    assert found_in(packed) == ["its files are whole, but the archive around them was changed or packed anew"]


def test_the_order_of_the_manifest_is_part_of_it(found_in):
    files = unpacked()
    manifest = json.loads(files["MANIFEST.json"])
    files["MANIFEST.json"] = json.dumps(manifest).encode()
    (problem,) = found_in(pack(files))
    assert problem.startswith("SHA256SUMS")


@settings(deadline=None, max_examples=300)
@given(at=st.integers(0, len(WHOLE) - 1), flip=st.integers(1, 255))
def test_no_byte_can_be_changed_unseen(at, flip, tmp_path_factory):
    content = bytearray(WHOLE)
    content[at] ^= flip
    file = tmp_path_factory.getbasetemp() / "flipped.zip"
    file.write_bytes(content)
    assert verify(file)


@settings(deadline=None, max_examples=300)
@given(cut=st.integers(0, len(WHOLE)), rubbish=st.binary(max_size=200), end=st.booleans())
def test_rubbish_never_raises(cut, rubbish, end, tmp_path_factory):
    file = tmp_path_factory.getbasetemp() / "rubbish.zip"
    file.write_bytes(b"PK\x03\x04" + WHOLE[4:cut] + rubbish + (WHOLE[-22:] if end else b""))
    assert isinstance(verify(file), list)


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (b"[]", "MANIFEST.json: (whole file): Input should be an object; expected a manifest of the form"),
        (b"[[]]", "MANIFEST.json: (whole file): Input should be an object; expected a manifest of the form"),
        (b"", "MANIFEST.json: (whole file): Invalid JSON"),
        (b"\xff", "MANIFEST.json: (whole file): Invalid JSON"),
        (b"[" * 100_000, "MANIFEST.json: (whole file): Invalid JSON: recursion limit exceeded"),
        (b'{"files": [[]]}', "MANIFEST.json: cycle: Field required"),
        (b'{"files": [{"name": "\\ud800"}]}', "MANIFEST.json: (whole file): Invalid JSON"),
    ],
)
def test_a_manifest_that_is_something_else_is_said(manifest, said, found_in):
    (first, *_) = found_in(pack({**unpacked(), "MANIFEST.json": manifest}))
    assert first.startswith(said)
