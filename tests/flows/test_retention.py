from prefect.utilities.engine import collect_task_run_inputs_sync

from tests.installations import workplace_in


def test_prefect_can_go_through_an_installation_that_a_task_is_given(tmp_path):
    """It goes through every model, and takes one with a field called `keys` for a mapping."""
    with workplace_in(tmp_path) as installation:
        assert collect_task_run_inputs_sync(installation) == set()
