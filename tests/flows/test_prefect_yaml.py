import tomllib
from collections import Counter
from inspect import signature

import pytest
import yaml
from prefect.flows import Flow
from prefect.utilities.importtools import import_object

from flows.checkout import ROOT, enter
from flows.server.deployments import FIRST_RUN, POOL, SECOND_RUN, declared
from flows.server.prefect_api import TAG

DEPLOYMENTS = {
    item["name"]: item for item in yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]
}
DUTIES = {name: item for name, item in DEPLOYMENTS.items() if "obligation" in item.get("parameters", {})}
PACK = ROOT / "policies" / "packs" / "un-network-on-migration" / "obligations"
OBLIGATIONS = {
    table["id"]: table for table in (tomllib.loads(path.read_text("utf-8")) for path in PACK.glob("*.toml"))
}

# Whoever starts a run may give these: days, switches, names of what is on record, and words that are kept.
PARAMETERS = {
    ("as_of", "date"),
    ("assume", "str"),  # one of a few words, or a number of days
    ("by", "str"),
    ("cycle", "str"),
    ("dry_run", "bool"),
    ("first", "date"),
    ("force", "bool"),
    ("confirm_day", "date"),
    ("last", "date"),
    ("obligation", "str"),
    ("reason", "str"),
}

# Nothing sets these off, or nobody mandated them: the daily deployment alone has them.
WITHOUT_ONE = {"policy-review", "coordinator-briefings", "principals-meetings"}
SET_OFF_BY_FACTS = {"meeting-records-publication", "decision-follow-up", "fund-board-rotation", "way-forward"}

TAGS = ("set-off-by-facts", "mandated-review")

SCHEDULES = {
    "working-arrangements-review": ("Europe/Zurich", "3 5 * * *"),
    "working-group-review": ("Europe/Zurich", "9 5 * * *"),
    "fund-board-review": ("Europe/Zurich", "15 5 * * *"),
    "annual-meeting": ("Europe/Zurich", "21 5 * * *"),
    "annual-workplan": ("Europe/Zurich", "27 5 * * *"),
    "executive-committee-membership-update": ("Europe/Zurich", "33 5 * * *"),
    "secretary-general-review": ("America/New_York", "41 5 * * *"),
    "general-assembly-report": ("America/New_York", "47 5 * * *"),
    "meeting-records-publication": ("Europe/Zurich", "36 5 * * *"),
    "decision-follow-up": ("Europe/Zurich", "39 5 * * *"),
    "fund-board-rotation": ("Europe/Zurich", "43 5 * * *"),
    "way-forward": ("Europe/Zurich", "45 5 * * *"),
    "daily": ("Europe/Zurich", "3 6 * * *"),
    "assemble": ("Europe/Zurich", "23 6 * * *"),
    "dispatch": ("Europe/Zurich", "7,37 7-18 * * 1-5"),
    "collect": ("Europe/Zurich", "2,32 7-18 * * 1-5"),
    "statement": ("Europe/Zurich", "51 6 * * *"),
    "retention": ("Europe/Zurich", "57 6 * * *"),
    "watch": ("Europe/Zurich", "53 4-22 * * *"),
    "rehearse": ("Europe/Zurich", "11 8 1 * *"),
}


def schedule(name: str) -> dict[str, str]:
    only: dict[str, str]
    (only,) = DEPLOYMENTS[name]["schedules"]
    return only


def hours(cron: str) -> range:
    first, _, last = cron.split()[1].partition("-")
    return range(int(first), int(last or first) + 1)


def test_every_mandated_duty_has_exactly_one_deployment():
    deployed = Counter(item["parameters"]["obligation"] for item in DUTIES.values())

    assert deployed == Counter(set(OBLIGATIONS) - WITHOUT_ONE)


def test_a_review_is_told_from_what_facts_set_off_by_its_tag():
    tagged = {tag: {n for n, item in DUTIES.items() if tag in item["tags"]} for tag in TAGS}

    assert tagged == {"set-off-by-facts": SET_OFF_BY_FACTS, "mandated-review": set(DUTIES) - SET_OFF_BY_FACTS}


def test_a_review_is_deployed_under_the_name_of_its_obligation():
    assert {name: item["parameters"] for name, item in DUTIES.items()} == {
        name: {"obligation": name} for name in DUTIES
    }


@pytest.mark.parametrize("name", sorted(DUTIES))
def test_a_description_quotes_every_provision(name):
    description, provisions = DUTIES[name]["description"], OBLIGATIONS[name]["provisions"]

    assert [provision for provision in provisions if provision not in description] == []


@pytest.mark.parametrize("name", sorted(DUTIES))
def test_a_review_is_found_by_its_provisions_and_its_holder(name):
    duty = OBLIGATIONS[name]

    assert {*duty["provisions"], duty["holder"]} <= set(DUTIES[name]["tags"])


def test_schedules_are_in_the_zone_of_who_is_waited_for():
    assert {name: (schedule(name)["timezone"], schedule(name)["cron"]) for name in DEPLOYMENTS} == SCHEDULES


def test_every_schedule_has_a_name_that_survives_a_new_deployment():
    assert {schedule(name)["slug"] for name in DEPLOYMENTS} == {
        "every-day",
        "every-hour",
        "every-month",
        "working-hours",
    }


@pytest.mark.parametrize("name", sorted(DEPLOYMENTS))
def test_no_run_falls_into_the_hours_in_which_clocks_change(name):
    assert not set(hours(schedule(name)["cron"])) & {1, 2, 3}


def test_no_two_deployments_start_in_the_same_minute_of_the_hour():
    minutes = Counter(m for name in DEPLOYMENTS for m in schedule(name)["cron"].split()[0].split(","))

    assert [minute for minute, count in minutes.items() if count > 1 and minute != "3"] == []


@pytest.mark.parametrize("name", sorted(DEPLOYMENTS))
def test_an_entrypoint_is_a_flow_that_takes_the_parameters(name):
    deployment = DEPLOYMENTS[name]
    flow = import_object(deployment["entrypoint"])

    assert isinstance(flow, Flow)
    assert set(deployment.get("parameters", {})) <= set(flow.parameters.properties)


def test_no_parameter_is_a_path_or_a_command():
    given = {
        (name, str(parameter.annotation).removeprefix("<class '").partition("'")[0].partition(" |")[0])
        for item in DEPLOYMENTS.values()
        for name, parameter in signature(import_object(item["entrypoint"]).fn).parameters.items()
    }

    assert {(name, kind.removeprefix("datetime.")) for name, kind in given} == PARAMETERS


def test_every_parameter_explains_itself_in_the_form():
    flows = [import_object(item["entrypoint"]) for item in DEPLOYMENTS.values()]
    silent = [
        (flow.name, name)
        for flow in flows
        for name, shape in flow.parameters.properties.items()
        if not shape.get("description")
    ]

    assert silent == []


def test_every_deployment_can_be_pruned_and_goes_to_the_pool_that_has_a_worker():
    assert {name for name, item in DEPLOYMENTS.items() if TAG in item["tags"]} == set(declared())
    assert {item["work_pool"]["name"] for item in DEPLOYMENTS.values()} == {POOL}


@pytest.mark.parametrize("run", [FIRST_RUN, SECOND_RUN])
def test_what_runs_at_the_start_is_deployed(run):
    flow, _, name = run.partition("/")

    assert DEPLOYMENTS[name]["entrypoint"].endswith(f".{flow}")


def test_a_run_works_in_the_project_wherever_it_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert enter() == {"directory": str(ROOT)}
