import json
from hashlib import sha256

import pytest
from pydantic import ValidationError

from input_packages.manifest import FORMAT, Manifest, entries, sums

FILES = {"b.json": b"{}", "a.html": b"<p>"}


def test_entries_come_by_name_with_size_and_hash():
    found = [(entry.name, entry.bytes, entry.sha256) for entry in entries(FILES)]
    assert found == [
        (name, len(FILES[name]), sha256(FILES[name]).hexdigest()) for name in ("a.html", "b.json")
    ]


def test_sums_come_by_name_whatever_the_order_they_are_given_in():
    assert sums(reversed(entries(FILES))) == sums(entries(FILES))
    assert sums(entries({"a.html": b""})) == f"{sha256(b'').hexdigest()}  a.html\n".encode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"format": "something-else/1"},
        {"facts_upto": "2026-11-23"},
        {"facts_upto": "2026-11-23T07:15:00"},
        {"files": [{"name": "a"}]},
        {"files": [{"name": "a", "bytes": -1, "sha256": "0" * 64}]},
        {"files": [{"name": "a", "bytes": 1, "sha256": "0" * 63}]},
        {"more": 1},
    ],
)
def test_what_is_not_our_manifest_is_refused(wrong):
    right = {"format": FORMAT, "cycle": "a/b", "facts_upto": "2026-11-23T07:15:00Z", "files": []}
    Manifest.model_validate_json(json.dumps(right))
    with pytest.raises(ValidationError):
        Manifest.model_validate_json(json.dumps(right | wrong))
