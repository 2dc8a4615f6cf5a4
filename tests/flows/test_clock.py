import subprocess
import sys
from datetime import timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest

from flows import clock


def test_now_is_aware_and_in_utc():
    assert clock.now().utcoffset() == timedelta(0)


def test_today_is_the_day_in_the_zone_asked_for():
    last, first = clock.today("Etc/GMT+12"), clock.today("Pacific/Kiritimati")

    assert first - last in {timedelta(days=1), timedelta(days=2)}  # the two are 26 hours apart


def test_an_unknown_zone_is_refused():
    with pytest.raises(ZoneInfoNotFoundError, match="Atlantis"):
        clock.today("Europe/Atlantis")


def test_the_clock_is_quick_to_import_because_it_does_not_import_prefect():
    code = "import sys, flows.clock; sys.exit('prefect' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
