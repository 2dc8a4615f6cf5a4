from collections.abc import Mapping
from typing import Any

from prefect.client.orchestration import PrefectClient
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker

from flows.server.deployments import JOB_TEMPLATE
from tests.apart import finished

NOWHERE = "http://127.0.0.1:9/api"  # nothing is asked of a server
BROUGHT = {
    "command": "touch trace",
    "env": {"MANDATES_HOME": "elsewhere"},
    "env.PATH": "elsewhere",
    "working_dir": "/",
}


def job(template: Mapping[str, Any]) -> ProcessJobConfiguration:
    """What Prefect's worker would start for a run that brings all this along."""

    async def made() -> ProcessJobConfiguration:
        async with PrefectClient(NOWHERE) as client:
            return await ProcessJobConfiguration.from_template_and_values(
                dict(template), BROUGHT, client=client
            )

    return finished(made())


def test_a_run_brings_nothing_along_for_the_worker():
    found = job(JOB_TEMPLATE)

    assert (found.command, found.env, found.working_dir) == (None, {}, None)


def test_prefects_own_template_would_take_all_of_it():
    found = job(ProcessWorker.get_default_base_job_template())

    assert found.command == "touch trace"
    assert found.env == {"MANDATES_HOME": "elsewhere", "PATH": "elsewhere"}
    assert str(found.working_dir) == "/"


def test_an_environment_that_is_given_would_be_added_to():
    given = {**JOB_TEMPLATE, "job_configuration": {"env": {"ours": "1"}}}

    assert job(given).env == {"ours": "1", "MANDATES_HOME": "elsewhere", "PATH": "elsewhere"}
