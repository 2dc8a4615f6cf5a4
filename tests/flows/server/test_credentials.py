import os
import stat

import pytest
from pydantic import SecretStr

from flows.server.credentials import credentials, made, of_running, where
from flows.server.errors import StartError
from flows.server.lock import exclusive
from tasks.installation.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path)


def test_a_home_without_a_password_gets_one_that_only_its_owner_can_read(settings, tmp_path):
    before = os.umask(0)
    try:
        fresh = made(settings)
    finally:
        os.umask(before)

    (file,) = tmp_path.iterdir()
    assert file.name == "prefect.auth"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == f"{fresh}\n"


def test_a_password_is_long_is_kept_and_is_another_in_each_home(settings, tmp_path):
    other = tmp_path / "other"
    other.mkdir()

    user, _, password = made(settings).partition(":")

    assert user == "mandates"
    assert len(password) == 43  # 32 bytes of chance
    assert made(settings) == credentials(settings) == f"{user}:{password}"
    assert made(Settings(home=other)) != made(settings)


def test_what_a_kill_left_behind_does_not_keep_a_password_from_being_made(settings, tmp_path):
    (tmp_path / ".prefect.auth.partial").write_text("mand")

    assert made(settings) == credentials(settings)
    assert [file.name for file in tmp_path.iterdir()] == ["prefect.auth"]


def test_the_setting_comes_before_the_file(tmp_path):
    made(Settings(home=tmp_path))
    chosen = Settings(home=tmp_path, prefect_auth=SecretStr("us:chosen"))

    assert credentials(chosen) == "us:chosen"
    assert where(chosen) == "the setting MANDATES_PREFECT_AUTH"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_file_that_others_may_read_is_refused_with_what_to_do(settings, tmp_path, mode):
    secret = made(settings)
    (tmp_path / "prefect.auth").chmod(mode)

    with pytest.raises(StartError, match=rf"mode 0{mode:o}, .* expected mode 0600: chmod 600 ") as refused:
        credentials(settings)
    assert secret.partition(":")[2] not in str(refused.value)


@pytest.mark.parametrize("content", ["", "mandates", "mandates:", ":secret", "\n"])
def test_a_file_without_user_and_password_is_refused_and_never_taken_for_none(settings, tmp_path, content):
    file = tmp_path / "prefect.auth"
    file.touch(mode=0o600)
    file.write_text(content)

    with pytest.raises(StartError, match="expected user:password") as refused:
        made(settings)
    assert "secret" not in str(refused.value)


def test_the_password_is_told_to_nobody_while_our_server_does_not_run(settings, tmp_path):
    secret = made(settings)

    with pytest.raises(StartError, match=r"No automation server runs on .* Start it with `mandates up`"):
        of_running(settings)
    with exclusive(tmp_path):
        assert of_running(settings) == secret
