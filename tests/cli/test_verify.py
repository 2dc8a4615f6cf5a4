"""`mandates verify` and `mandates key`: what an outsider is told, and what the secretariat tells them."""

import re
import shutil
from pathlib import Path

from tests.cli.command import Mandates
from tests.lived import lived_in


def fingerprint(mandates: Mandates) -> str:
    told = mandates("key", "show")
    assert told.code == 0, told.err
    found = re.search(r"made {2}([0-9a-f ]{79})", told.out)
    assert found, told.out
    return found[1]


def test_a_statement_is_verified_by_an_outsider_with_its_seal_and_the_fingerprint_alone(tmp_path: Path):
    home = lived_in(tmp_path / "home")
    key = fingerprint(Mandates(home))
    for file in home.glob("statements/*.pdf*"):
        shutil.copy(file, tmp_path)
    shutil.rmtree(home)
    outsider, pdf = Mandates(tmp_path / "elsewhere"), next(tmp_path.glob("*.pdf"))
    told = outsider("verify", str(pdf), "--key", key)
    assert (told.code, "is as it was sealed" in told.out, "was not told" in told.out) == (0, True, True)
    assert not outsider.home.exists()
    pdf.write_bytes(b"another")
    told = outsider("verify", str(pdf), "--key", key)
    assert (told.code, "is not the file that was sealed" in told.out) == (1, True)


def test_a_fingerprint_that_is_none_is_refused(tmp_path: Path):
    told = Mandates(tmp_path)("verify", "x", "--key", "nonsense")
    assert told.code == 2
    assert "64 hexadecimal digits" in told.err


def test_the_list_of_hashes_is_written_and_sealed_and_a_key_is_rotated_and_lost(tmp_path: Path):
    home = lived_in(tmp_path / "home")
    mandates, hashes = Mandates(home), tmp_path / "hashes.txt"
    key = fingerprint(mandates)
    assert mandates("key", "hashes", str(hashes)).code == 0
    package = str(next(home.glob("packages/*_v2.zip")))
    told = mandates("verify", package, "--key", key, "--record", str(hashes))
    assert (told.code, "contains every row" in told.out) == (0, True)
    assert mandates("verify", str(hashes), "--key", key).code == 0
    assert mandates("key", "rotate", "--by", "A. Officer", "--reason", "each year").code == 0
    assert mandates("key", "lost", "--by", "A. Officer", "--reason", "the disk was stolen").code == 0
    assert [line.split()[0] for line in mandates("key", "show").out.splitlines() if line[:1] in "ml"] == [
        *("made", "made", "lost", "made")
    ]
