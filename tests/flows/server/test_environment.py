from pathlib import Path

from flows.server.environment import for_children
from tasks.installation.settings import Settings

HOME = Path("/srv/mandates")


def environment(inherited: dict[str, str]) -> dict[str, str]:
    return for_children(Settings(home=HOME, port=4300), HOME, inherited)


def test_nothing_of_another_prefect_reaches_the_children():
    inherited = {
        "PREFECT_PROFILE": "cloud",
        "PREFECT_API_KEY": "secret",
        "PREFECT_HOME": "/root/.prefect",
        "PREFECT_API_URL": "https://elsewhere.example/api",
    }

    prefect = {name: value for name, value in environment(inherited).items() if name in inherited}

    assert prefect == {
        "PREFECT_HOME": "/srv/mandates/prefect",
        "PREFECT_API_URL": "http://127.0.0.1:4300/api",
    }


def test_settings_and_the_rest_of_the_environment_reach_the_children():
    given = environment({"PATH": "/bin", "MANDATES_CHANNELS_MAIL": "mailto://", "MANDATES_HOME": "var"})

    assert given["PATH"] == "/bin"
    assert given["MANDATES_CHANNELS_MAIL"] == "mailto://"
    assert given["MANDATES_HOME"] == "/srv/mandates"
    assert given["MANDATES_PORT"] == "4300"


def test_a_proxy_is_not_asked_for_our_own_server():
    assert environment({"NO_PROXY": "intranet"})["NO_PROXY"] == "intranet,127.0.0.1"
    assert environment({})["NO_PROXY"] == "127.0.0.1"
