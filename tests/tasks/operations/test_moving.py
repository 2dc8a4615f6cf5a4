"""The record moved: whole, and live in neither place until a person says so."""

from pathlib import Path

import pytest

from records.chain.audit import breaks
from records.database import reading, writing
from records.places import last_use
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import open_installation
from tasks.installation.live import make_live
from tasks.installation.settings import Settings
from tasks.operations.moving import move_record
from tests.installations import TODAY, Listed, at, workplace_in

NOW = at(TODAY)


def left(settings: Settings) -> int:
    listed = Listed()
    with open_installation(settings) as installation:
        dispatch(installation, TODAY, NOW, listed.open_channels)
        with reading(installation.engine) as session:
            assert list(breaks(session)) == []
    return len(listed.mails)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    with request.getfixturevalue("postgres").database() as found:
        yield found


def test_after_a_move_nothing_leaves_from_either_until_a_person_says_which_is_live(tmp_path: Path, url: str):
    old = Settings(home=tmp_path / "home")
    with workplace_in(old.home) as installation:
        enforce(installation, TODAY, NOW, obligation="working-group-review")
    moved = move_record(old, url, NOW)
    new = old.model_copy(update={"database_url": url})
    assert (moved.broken, left(old), left(new)) == (0, 0, 0)
    with open_installation(old) as installation, reading(installation.engine) as session:
        said = last_use(session)
        assert said is not None
        assert said.reason == f"moved to {moved.address}"
    with open_installation(new) as installation, writing(installation.engine) as session:
        make_live(session, new, NOW, "Amal Haddad")
    assert left(new) > 0
    assert left(old) == 0
