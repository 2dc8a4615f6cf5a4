from pathlib import Path

from flows.server.environment import for_children, origins
from tasks.installation.settings import Settings

HOME = Path("/srv/mandates")


def environment(inherited: dict[str, str]) -> dict[str, str]:
    return for_children(Settings(home=HOME, port=4300), HOME, "us:secret", inherited)


def test_the_server_asks_for_the_password_and_everything_of_ours_knows_it():
    found = environment({"PREFECT_API_AUTH_STRING": "them:other"})

    assert found["PREFECT_SERVER_API_AUTH_STRING"] == found["PREFECT_API_AUTH_STRING"] == "us:secret"


def test_only_our_own_pages_are_answered_and_forged_requests_are_not():
    found = environment({"PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": "*"})

    assert found["PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS"] == "http://127.0.0.1:4300"
    assert found["PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED"] == "true"


def test_behind_a_proxy_the_pages_are_also_those_of_its_name():
    assert origins(4300, "https://Mandates.example.org/") == [
        "http://127.0.0.1:4300",
        "https://mandates.example.org",
    ]


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
