"""A wheel or an archive of the sources is refused in one sentence; an editable install is not."""

from pathlib import Path

import pytest

from tasks.installation import settings
from tests.patience import run_to_its_end

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / ".tools" / "bin"


@pytest.mark.parametrize("what", ["--wheel", "--sdist"])
def test_a_package_is_not_built_and_the_refusal_says_what_to_do_instead(what: str, tmp_path: Path):
    asked = [TOOLS / "uv", "build", what, "--no-build-isolation", "--python", TOOLS / "python"]
    done = run_to_its_end([*map(str, asked), "--out-dir", str(tmp_path), str(ROOT)])
    assert done.returncode != 0
    assert "runs from a checkout and is not built into a package" in done.stderr
    assert "`make run`" in done.stderr
    assert list(tmp_path.glob("mandate*")) == []


def test_the_editable_install_that_the_tests_run_in_leads_to_the_checkout():
    assert Path(settings.__file__).is_relative_to(ROOT)
