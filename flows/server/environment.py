"""What the server, the worker and the runs are told through their environment."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from tasks.installation.settings import Settings

HOST = "127.0.0.1"

_PREFECT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "tasks,records,notifications,input_packages,language,policies",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
    "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "true",
    "PREFECT_SERVER_API_HOST": HOST,
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # Written in batches: one by one, SQLite answers "database is locked".
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    # Otherwise Prefect's history grows for ever. The record that counts is ours and is kept.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(90 * 24 * 3600),
    "PREFECT_WORKER_QUERY_SECONDS": "5",
}


def for_children(
    settings: Settings, home: Path, auth: str | None, inherited: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The environment of the server, the worker and their runs; `auth` is the `user:password` between them.

    Nothing that the caller's shell says of another Prefect gets in, and `home` holds all that Prefect
    writes. Paths are absolute, because a run works in another folder than the caller.
    """
    kept = {name: value for name, value in inherited.items() if not name.startswith("PREFECT_")}
    paths = {
        f"MANDATES_{name.upper()}": str(value.absolute())
        for name, value in settings
        if isinstance(value, Path)
    }
    return (
        kept
        | paths
        | _PREFECT
        | {
            "MANDATES_HOME": str(home),
            "MANDATES_PORT": str(settings.port),
            "MANDATES_PORTAL_PORT": str(settings.portal_port),
            "NO_PROXY": ",".join(filter(None, [inherited.get("NO_PROXY"), HOST])),
            "PREFECT_API_URL": f"http://{HOST}:{settings.port}/api",
            "PREFECT_HOME": str(home / "prefect"),
            # Its own pages and nobody else's: without a word, Prefect answers the pages of every server.
            "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": ",".join(origins(settings.port, settings.public_url)),
            "PREFECT_SERVER_API_PORT": str(settings.port),
        }
        | _chosen(settings, auth)
    )


def _chosen(settings: Settings, auth: str | None) -> dict[str, str]:
    """What is not everywhere the same: the password, another database for Prefect, a proxy in front."""
    chosen = {
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": _async(settings.prefect_database_url),
        "PREFECT_SERVER_API_AUTH_STRING": auth,
        "PREFECT_API_AUTH_STRING": auth,
        "PREFECT_SERVER_UI_API_URL": f"{settings.public_url.rstrip('/')}/api"
        if settings.public_url
        else None,
    }
    return {name: value for name, value in chosen.items() if value}


def origins(port: int, public_url: str | None) -> list[str]:
    """Return the origins of our server's own pages, as a browser writes them."""
    public = urlsplit(public_url or "")
    return [
        f"http://{HOST}:{port}",
        *([f"{public.scheme}://{public.netloc}".lower()] if public.netloc else []),
    ]


def _async(url: str | None) -> str | None:
    """Prefect's own server talks to PostgreSQL through asyncpg."""
    return (
        url and f"postgresql+asyncpg:{url.partition(':')[2]}" if url and url.startswith("postgres") else url
    )
