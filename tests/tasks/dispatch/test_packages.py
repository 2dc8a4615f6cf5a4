"""A package reaches its reviewers: in the letter, or at the place it is kept for them."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from notifications.notice_content import NoticeContent
from tasks.dispatch.packages import AlteredPackageError, announced
from tasks.installation.settings import Settings
from tests.notifications.contents import BY_THE_SECRETARY_GENERAL, REVIEW

FILES = {
    f"package.{language}.{form}": f"{form} {language}"
    for language in ("en", "ar")
    for form in ("pdf", "docx")
}


def home(
    folder: Path, files: Mapping[str, str] = FILES, **settings: object
) -> tuple[Settings, NoticeContent]:
    """A home with one package, and the notice that announces it."""
    found = Settings(home=folder, **settings)  # type: ignore[arg-type]  # what environments give
    found.packages.mkdir()
    file = found.packages / "review_2026_v1.zip"
    with ZipFile(file, "w") as package:
        for name, words in files.items():
            package.writestr(name, words)
    digest = sha256(file.read_bytes()).hexdigest()
    return found, replace(BY_THE_SECRETARY_GENERAL, package=file.name, package_sha256=digest)


@pytest.mark.parametrize(("language", "copy"), [("en", "en"), ("ar", "ar"), ("fr", "en")])
def test_a_package_travels_in_the_language_of_its_reader(tmp_path, language, copy):
    settings, notice = home(tmp_path)
    told = announced(settings, [notice, REVIEW], language)
    assert [(each.name, each.content.decode()) for each in told.enclosures] == [
        (f"review_2026_v1.{copy}.pdf", f"pdf {copy}"),
        (f"review_2026_v1.{copy}.docx", f"docx {copy}"),
    ]
    assert [content.package_enclosed for content in told.contents] == [True, False]


@pytest.mark.parametrize(("megabytes", "size"), [(0, 1), (1, 1_000_001)])
def test_a_larger_one_says_where_it_lies(tmp_path, megabytes, size):
    files = FILES | {"package.en.pdf": "x" * size}
    settings, notice = home(
        tmp_path, files, package_megabytes=megabytes, package_share="https://share/packages/"
    )
    told = announced(settings, [notice], "en")
    assert told.enclosures == ()
    assert (told.contents[0].package_enclosed, told.contents[0].package_at) == (
        False,
        "https://share/packages/",
    )


def test_what_was_altered_or_is_gone_does_not_leave(tmp_path):
    settings, notice = home(tmp_path)
    with pytest.raises(AlteredPackageError, match="is not the one that was recorded"):
        announced(settings, [replace(notice, package_sha256="0" * 64)], "en")
    with pytest.raises(AlteredPackageError, match="cannot be read"):
        announced(settings, [replace(notice, package="gone.zip")], "en")
