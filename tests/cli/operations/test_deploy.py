from pathlib import Path

from tests.cli.command import Mandates
from tests.flows.running import free_port


def test_without_a_server_there_is_nothing_to_deploy_to(tmp_path: Path):
    answer = Mandates(tmp_path)("deploy", "--url", f"http://127.0.0.1:{free_port()}/api")
    assert answer.code == 2
    assert "Is `mandates up` running?" in answer.err
