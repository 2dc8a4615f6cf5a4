"""A whole year, day by day, through a list as the way out: who is told what on which day."""

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from policies.plans.notice_key import NoticeKey
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tasks.packages.assembly import assemble
from tests.golden import GOLDEN, assert_golden
from tests.installations import FORUM, TODAY, TWO_LANGUAGES, Facts, Listed, at, record, workplace_in

# What people record in the course of the year.
RECORDED: dict[date, Facts] = {
    date(2026, 12, 1): {
        "completions": [
            {
                "obligation": "working-group-review",
                "completed_on": date(2026, 12, 1),
                "evidence": "decision on each group",
            }
        ]
    },
    date(2026, 12, 11): {
        "completions": [
            {"obligation": "annual-meeting", "completed_on": date(2026, 12, 11), "evidence": "summary"},
        ]
    },
    date(2027, 1, 18): {
        "completions": [
            {
                "obligation": "fund-board-review",
                "completed_on": date(2027, 1, 15),
                "evidence": "review note",
                "counts_for": "2026",
            }
        ],
        "explanations": [
            {
                "cycle": "annual-workplan/2026",
                "explained_on": date(2027, 1, 18),
                "reason": "the plan for 2027-2028 was decided in January",
            }
        ],
    },
    date(2027, 2, 22): {
        "completions": [
            {
                "obligation": "working-arrangements-review",
                "completed_on": date(2027, 2, 19),
                "evidence": "review report",
            }
        ]
    },
    date(2027, 6, 14): {
        "events": [
            {
                "kind": FORUM,
                "edition": "2030",
                "starts_on": date(2030, 5, 7),
                "ends_on": date(2030, 5, 10),
                "certainty": "tentative",
                "source": "draft programme of meetings",
            }
        ]
    },
}


def lived(installation: Installation, on: date) -> Listed:
    if on in RECORDED:
        record(installation, RECORDED[on], on)
    way_out = Listed()
    enforce(installation, on, at(on))
    assemble(installation, on, at(on))
    dispatch(installation, on, at(on), way_out.open_channels)
    return way_out


def lines(on: date, way_out: Listed) -> list[str]:
    told: defaultdict[str, list[str]] = defaultdict(list)
    for key in way_out.keys:
        cycle, kind, scheduled, person, *_ = NoticeKey.parse(key)
        told[f"{cycle}  {kind} ({scheduled})"].append(person)
    return [f"{on:%a %Y-%m-%d}  {what}: {', '.join(sorted(people))}" for what, people in sorted(told.items())]


def test_a_year_day_by_day(tmp_path: Path):
    days = [TODAY + timedelta(days=count) for count in range(366)]
    with workplace_in(tmp_path, languages=TWO_LANGUAGES) as installation:
        lived_through = [(on, lived(installation, on)) for on in days]
    sent = [key for _, way_out in lived_through for key in way_out.keys]
    assert len(sent) == len(set(sent))
    text = "\n".join(line for on, way_out in lived_through for line in lines(on, way_out))
    assert_golden(GOLDEN / "year.txt", text + "\n")
