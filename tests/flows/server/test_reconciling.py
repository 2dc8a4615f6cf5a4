from flows.server.prefect_api import Deployed, Schedule
from flows.server.reconciling import reconcile

DAILY = Schedule("1", "every-day", active=True)
OFF = Schedule("2", "every-day", active=False)
BY_HAND = Schedule("3", None, active=True)


class FakeServer:
    """A server that switches on whatever is deployed to it, as Prefect's does."""

    def __init__(self, *deployed: Deployed) -> None:
        self.status = {each.name: each for each in deployed}
        self.done: list[tuple[str, ...]] = []

    def deploy(self) -> None:
        self.status = {name: each._replace(paused=False) for name, each in self.status.items()}
        self.done.append(("deploy",))

    def deployments(self) -> list[Deployed]:
        return list(self.status.values())

    def delete_deployment(self, deployment: Deployed) -> None:
        self.done.append(("delete", deployment.name))

    def pause_deployment(self, deployment: Deployed) -> None:
        self.done.append(("pause", deployment.name))

    def delete_schedule(self, deployment: Deployed, schedule: Schedule) -> None:
        self.done.append(("delete schedule", deployment.name, schedule.id))

    def ensure_second_line(self, enforce: Deployed, watch: Deployed) -> None:
        self.done.append(("second line", enforce.name, watch.name))


def deployed(name: str, *schedules: Schedule, paused: bool = False) -> Deployed:
    return Deployed(f"id of {name}", name, paused, schedules)


def reconciled(*status: Deployed) -> tuple[list[tuple[str, ...]], list[str]]:
    server, said = FakeServer(*status), list[str]()
    declared = {"daily": {"every-day"}, "watch": {"every-day"}, "dispatch": {"every-day"}}
    reconcile(server, declared, server.deploy, said.append)
    return server.done, said


def test_what_is_as_declared_is_deployed_and_nothing_is_said():
    assert reconciled(deployed("dispatch", DAILY)) == ([("deploy",)], [])


def test_what_left_the_file_leaves_the_server():
    done, said = reconciled(deployed("dispatch", DAILY), deployed("weekly", DAILY))

    assert done == [("deploy",), ("delete", "weekly")]
    assert said == ["Deployment weekly is no longer in prefect.yaml: deleted, its schedules have ended."]


def test_a_schedule_that_is_not_in_the_file_is_deleted():
    done, said = reconciled(deployed("dispatch", DAILY, BY_HAND))

    assert done == [("deploy",), ("delete schedule", "dispatch", "3")]
    assert said == ["Schedule without a slug of dispatch is not in prefect.yaml: deleted."]


def test_what_somebody_paused_stays_paused_though_deploying_resumes_it():
    done, said = reconciled(deployed("dispatch", DAILY, paused=True))

    assert done == [("deploy",), ("pause", "dispatch")]
    assert said == [
        "Deployment dispatch is paused by somebody: left so. Nothing runs by it until it is resumed."
    ]


def test_a_schedule_that_somebody_switched_off_is_reported_and_left_so():
    done, said = reconciled(deployed("dispatch", OFF))

    assert done == [("deploy",)]
    assert said == ["Schedule every-day of dispatch is switched off by somebody: left so."]


def test_the_server_watches_over_itself_where_there_is_something_to_watch():
    done, _ = reconciled(deployed("daily", DAILY), deployed("watch", DAILY))

    assert done[-1] == ("second line", "daily", "watch")
