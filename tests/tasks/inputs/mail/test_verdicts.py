"""A verdict is taken apart by its grammar: no word that a sender put into it counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.inputs.mail.verdicts import findings_in

PASSED = (
    "mx.example.org; dmarc=pass header.from=example.org",
    "mx.example.org 1; spf=pass smtp.mailfrom=a.org; dmarc=pass (p=reject dis=none) header.from=example.org",
    "MX.Example.org (our relay); DMARC=Pass header.from=Example.ORG",
    "mx.example.org;\n dkim=pass (good);dmarc=pass action=none header.from=example.org;compauth=pass",
    'mx.example.org; dmarc=pass header.from="example.org"',
    "mx.example.org; dmarc=pass (a (nested \\) comment) here) header.from=example.org",
)
NOT_PASSED = (
    "mx.example.org; spf=pass smtp.mailfrom=dmarc=pass@evil.example; dmarc=fail header.from=example.org",
    'mx.example.org; spf=pass smtp.mailfrom="x dmarc=pass header.from=example.org"@evil.example; dkim=none',
    'mx.example.org; spf=pass smtp.mailfrom="x; dmarc=pass header.from=example.org;"@evil.example; dkim=none',
    "mx.example.org; spf=none smtp.helo=dmarc=pass",
    "mx.example.org; dmarc=fail (dmarc=pass header.from=example.org)",
    "mx.example.org; dmarc=pass header.from=evil.example",
    "mx.example.org; dmarc=pass header.from=example.org.evil.example",
    "mx.example.org; dmarc=pass",
    "mx.example.org; dmarc=pass header.from=example.org; dmarc=fail header.from=example.org",
    "mx.example.org; dmarc=pass header.from=example.org; dmarc=fail because of it",
    'mx.example.org; spf=none ( " ( " ) ; dmarc=pass header.from=example.org ( " ) " )',
    "mx.example.org; spf=none (; dmarc=pass header.from=example.org",
    'mx.example.org; dmarc=pass header.from=example.org; x=y z="',
    "mx.example.org; dmarc=pass) header.from=example.org",
    "mx.example.org; xdmarc=pass header.from=example.org",
    "dmarc=pass header.from=example.org",
    "mx.example.org; none",
    "",
)


@pytest.mark.parametrize("header", PASSED)
def test_the_word_of_a_server_is_read_however_it_writes(header: str):
    found = findings_in(header)
    assert found.server == "mx.example.org"
    assert found.passed("dmarc", "header.from", "example.org")


@pytest.mark.parametrize("header", NOT_PASSED)
def test_nothing_else_that_stands_there_counts(header: str):
    assert not findings_in(header).passed("dmarc", "header.from", "example.org")


@given(st.text(alphabet='dmarc=pass;() "\\header.fomxl@', max_size=60))
def test_whatever_a_sender_is_called_it_is_read_and_proves_nothing(name: str):
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    header = (
        f'mx.example.org; spf=pass smtp.mailfrom="{quoted}"@evil.example; dmarc=fail header.from=example.org'
    )
    assert not findings_in(header).passed("dmarc", "header.from", "example.org")
    findings_in(name)
