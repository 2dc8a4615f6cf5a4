"""Named channels: found where they are configured, opened once, and never shown."""

import logging
import os
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from notifications.channels import Outcome, Takes
from policies.people.directory import Directory
from policies.problems import RefusedFileError
from tasks.dispatch.channels import channel_findings, exposed, open_channels, read_private, sources_of
from tasks.installation.installation import Installation
from tasks.installation.settings import Settings, read_settings
from tests.installations import directory, workplace_in
from tests.notifications.channels.mails import mail
from tests.notifications.channels.relays import Mood, relay

SECRET = "hunter2"  # noqa: S105 (made up)
CHAT = f"json://127.0.0.1/{SECRET}"
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


def filed(folder: Path, text: str, mode: int = 0o600) -> Path:
    file = folder / "channels.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return file


def configured(installation: Installation, **settings: object) -> Installation:
    changed = Settings(home=installation.settings.home, **settings)  # type: ignore[arg-type]  # by name
    return replace(installation, settings=changed)


def reached_by(installation: Installation, *channels: str) -> Directory:
    there = directory(installation)
    first, *others = there.people
    return replace(there, people=(replace(first, channels=channels), *others))


def test_a_variable_for_each_channel_and_a_file_give_the_addresses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = filed(tmp_path, f'board = "{CHAT}"\nemail = "rmail://mail.example.org"\n')
    monkeypatch.setenv("MANDATES_CHANNELS_TEAM_CHAT", CHAT)
    monkeypatch.setenv("MANDATES_CHANNELS_FILE", str(file))
    sources = sources_of(read_settings())
    assert {name: (source.file, source.key) for name, source in sources.items()} == {
        "email": ("channels.toml", "email"),
        "team-chat": ("environment", "MANDATES_CHANNELS_TEAM_CHAT"),
        "board": ("channels.toml", "board"),
    }
    assert sources["team-chat"].address.get_secret_value() == CHAT
    assert SECRET not in repr(sources) + repr(read_settings()) + str(read_settings().model_dump())


@pytest.mark.parametrize("value", [SECRET, f'{{"a": "{SECRET}"}}'])
def test_a_variable_that_cannot_be_is_refused_without_being_shown(
    value: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MANDATES_CHANNELS", value)
    with pytest.raises(
        RefusedFileError, match="MANDATES_CHANNELS: found something that is not shown"
    ) as refused:
        read_settings()
    assert SECRET not in str(refused.value)


def test_without_any_setting_mail_goes_to_the_outbox(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation, open_channels(installation.settings) as channels:
        assert channels.of("email").takes is Takes.MAIL
        assert channels.of("email").send(mail()).outcome is Outcome.SENT
    assert len(list(installation.settings.outbox.glob("*.eml"))) == 1


def test_a_channel_is_opened_once_kept_and_closed_with_the_others(tmp_path: Path):
    mood = Mood()
    with relay(mood) as port, workplace_in(tmp_path, {}) as plain:
        installation = configured(plain, channels={"relay": SecretStr(f"rmail://127.0.0.1:{port}")})
        with open_channels(installation.settings) as channels:
            assert channels.of("relay") is channels.of("relay")
            sent = [channels.of("relay").send(mail(str(number))).outcome for number in range(3)]
        assert (sent, len(mood.peers)) == ([Outcome.SENT] * 3, 1)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "board",
            "environment: MANDATES_CHANNELS_BOARD: found nothing; expected the address of",
        ),
        (
            "chat",
            "environment: MANDATES_CHANNELS_CHAT: found an address that is not shown here; expected another",
        ),
    ],
)
def test_a_channel_that_cannot_be_used_says_what_to_mend_and_stops_no_other(
    tmp_path: Path, name: str, words: str, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    with workplace_in(tmp_path, {}) as plain:
        installation = configured(plain, channels={"chat": SecretStr(f"slack://{SECRET}")})
        with open_channels(installation.settings) as channels:
            for _ in range(2):
                with pytest.raises(RefusedFileError) as refused:
                    channels.of(name)
                [problem] = refused.value.problems
                assert str(problem).startswith(words)
            assert channels.of("email").takes is Takes.MAIL
        assert SECRET not in str(refused.value) + caplog.text


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o777])
def test_a_file_that_others_may_read_is_refused_with_what_to_do(tmp_path: Path, mode: int):
    file = filed(tmp_path, f'chat = "{CHAT}"', mode)
    with pytest.raises(
        RefusedFileError, match=f"found mode 0{mode:o}, .* expected mode 0600: chmod 600 "
    ) as refused:
        read_private(file)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_that_only_its_owner_may_read_is_taken(tmp_path: Path, mode: int):
    [(name, address)] = read_private(filed(tmp_path, f'chat = "{CHAT}"', mode)).items()
    assert (name, address.get_secret_value()) == ("chat", CHAT)


def test_everything_wrong_in_the_file_is_listed_and_no_value_is_shown(tmp_path: Path):
    file = filed(tmp_path, f'Chat = "{SECRET}"\nboard = ["{SECRET}"]\nother = 7\n')
    with pytest.raises(RefusedFileError) as refused:
        read_private(file)
    assert [(problem.key, problem.found) for problem in refused.value.problems] == [
        ("Chat", "a name"),
        ("board", "a value of another kind (list)"),
        ("other", "a value of another kind (int)"),
    ]
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("text", [f"chat = {CHAT}", f'chat "{SECRET}"', f'"{SECRET}'])
def test_a_file_that_is_not_toml_is_refused_without_being_shown(tmp_path: Path, text: str):
    with pytest.raises(RefusedFileError, match=r"channels\.toml") as refused:
        read_private(filed(tmp_path, text))
    assert SECRET not in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(RefusedFileError, match="No such file"):
        read_private(tmp_path / "channels.toml")


def test_a_channel_with_two_addresses_is_refused(tmp_path: Path):
    file = filed(tmp_path, f'chat = "{CHAT}"\nemail = "outbox://"\n')
    with pytest.raises(RefusedFileError) as refused:
        sources_of(Settings(channels_file=file, channels={"chat": SecretStr(CHAT)}))
    assert [(problem.key, problem.expected) for problem in refused.value.problems] == [
        ("chat", "none: MANDATES_CHANNELS_CHAT has one")
    ]


def test_a_directory_that_names_a_channel_nobody_configured_is_a_finding(tmp_path: Path):
    with workplace_in(tmp_path, {}) as plain:
        assert list(channel_findings(plain, directory(plain))) == []
        [found] = channel_findings(plain, reached_by(plain, "email", "board"))
        assert "MANDATES_CHANNELS_BOARD: found nothing" in found
        filed_openly = configured(plain, channels_file=filed(tmp_path, "", 0o644))
        assert ["mode 0644" in found for found in channel_findings(filed_openly, directory(plain))] == [True]


@pytest.mark.parametrize(("owner", "refused"), [(1000, False), (0, False), (1001, True)])
def test_a_file_of_somebody_else_is_refused(owner: int, refused: bool):
    found = os.stat_result((0o100600, 1, 1, 1, owner, 100, 1, 0, 0, 0))
    problems = [str(problem) for problem in exposed(Path("channels.toml"), found, 1000)]
    words = "found user 1001 as its owner; expected the user this runs as, or root: chown 1000 channels.toml"
    assert problems == ([f"channels.toml: (whole file): {words}"] if refused else [])
