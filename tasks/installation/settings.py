"""The settings: environment variables that start with MANDATES_, each with a default that works at once."""

import grp
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from policies.problems import Problem, RefusedFileError

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "policies" / "packs" / "un-network-on-migration"


EMAIL = "email"
_CHANNELS = "channels"


def _named(found: object) -> object:
    """Return channels by their names as the directory writes them, without the settings of their own."""
    if not isinstance(found, Mapping):
        raise PydanticCustomError(
            "channels", "a variable for each channel, such as MANDATES_CHANNELS_TEAM_CHAT"
        )
    return {
        name: url
        for name, url in ((str(key).lower().replace("_", "-"), url) for key, url in found.items())
        if f"{_CHANNELS}_{name}" not in Settings.model_fields
    }


def _known(group: str | None) -> str | None:
    """Return a group that this system has."""
    try:
        if group is not None:
            grp.getgrnam(group)
    except (KeyError, ValueError):
        raise PydanticCustomError("group", "the name of a group of this system") from None
    return group


def variable_of(channel: str) -> str:
    """Return the environment variable that holds the address of a channel."""
    return f"MANDATES_CHANNELS_{channel.upper().replace('-', '_')}"


class Settings(BaseSettings):
    """Where things are. Relative paths are taken from the folder the command is typed in."""

    # The delimiter gives `channels` a key for each further MANDATES_CHANNELS_<NAME>.
    model_config = SettingsConfigDict(
        env_prefix="MANDATES_",
        frozen=True,
        extra="ignore",
        env_nested_delimiter="_",
        env_nested_max_split=1,
        hide_input_in_errors=True,  # a trace in a log would show it
    )

    home: Path = Field(default=ROOT / "var", description="folder of database, outbox, packages and logs")
    database_url: str | None = Field(
        default=None, repr=False, description="a URL of PostgreSQL or SQLite; SQLite in the home if not set"
    )
    policies: Path = Field(default=PACK, description="folder of the policy pack")
    group: Annotated[str | None, AfterValidator(_known)] = Field(
        default=None, description="a group that may read the home; nobody but its owner if not set"
    )
    signing_key: Path | None = Field(
        default=None, description="file of the key that signs what leaves; signing.key in the home if not set"
    )
    directory: Path | None = Field(default=None, description="the directory file; the pack's own if not set")
    channels_email: SecretStr = Field(
        default=SecretStr("outbox://"),
        description="where e-mail leaves: outbox:// for files, rmail:// or rmails:// for a server",
    )
    scanner: str | None = Field(
        default=None,
        pattern=r"^(unix:///.+|tcp://[^:/]+:[0-9]+)$",
        description="a clamd that every file is shown to: unix:///path or tcp://host:port; none if not set",
    )
    reader: Literal["confined"] | None = Field(
        default=None,
        description="`confined`: no file is opened where the kernel cannot confine its reader; else all are",
    )
    trial: str | None = Field(
        default=None,
        pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+$",
        description="an address that everything is sent to instead, for a trial; none if not set",
    )
    place: str | None = Field(
        default=None,
        min_length=1,
        description="what this machine is called, where containers come and go; its own id if not set",
    )
    mailbox: SecretStr | None = Field(
        default=None,
        description="where replies come in: imaps://user:password@host/INBOX; none if not set",
    )
    token_authority: str | None = Field(
        default=None,
        pattern=r"^https://[^/\s?#@]+/[^\s?#]+$",
        description="who gives tokens for mail: https://login.microsoftonline.com/TENANT; none if not set",
    )
    token_client: str | None = Field(
        default=None, min_length=1, description="the id of the application that it gives them to"
    )
    token_secret: SecretStr | None = Field(default=None, description="the secret of that application")
    token_scope: str = Field(
        default="https://outlook.office365.com/.default",
        min_length=1,
        description="what the tokens are for; mail in Exchange Online if not set",
    )
    token_command: SecretStr | None = Field(
        default=None, description="a command that writes a token, instead of an authority; none if not set"
    )
    relay: str | None = Field(
        default=None,
        min_length=1,
        description="the name our mail server signs Authentication-Results with; none is believed if not set",
    )
    package_megabytes: int = Field(
        default=8,
        ge=0,
        le=100,
        description="megabytes up to which a package travels with the letter that announces it; 0 for none",
    )
    package_share: str | None = Field(
        default=None,
        min_length=1,
        description="where readers find packages, such as https://share/packages/; none if not set",
    )
    reply_to: str | None = Field(
        default=None,
        pattern=r"^[^@+\s<>,;]{1,29}@[^@\s<>,;]+\.[^@\s<>,;]+$",
        description="an address whose server takes name+anything@ too; answers go to the sender if not set",
    )
    inside_header: str | None = Field(
        default=None,
        pattern=r"^[!-9;-~]+: *\S.*$",
        description="the header our mail server sets on mail from inside, `Name: value`; none if not set",
    )
    inside_header_stripped: bool = Field(
        default=False,
        description="whether that server takes this header out of mail from outside, as its maker says",
    )
    backup_for: str = Field(
        default="",
        description="public keys of age or SSH, with commas, that backups are encrypted for; none if not set",
    )
    watch_hours: int = Field(
        default=26, ge=1, description="hours without an enforcement after which `mandates watch` says so"
    )
    watch_to: str = Field(
        default="", description="addresses it says so to, with commas; the secretariat's people if not set"
    )
    watch_channels: str = Field(
        default="",
        description="channels it says so by, with commas, such as email,team-chat; email alone if not set",
    )
    prefect_database_url: str | None = Field(
        default=None,
        repr=False,
        description="database of Prefect's own history; SQLite in the home if not set",
    )
    metrics_file: Path | None = Field(
        default=None,
        description="file that figures for Prometheus are written to after each run, ending .prom",
    )
    log_json: bool = Field(
        default=False, description="whether each run adds what it did to logs/journal.jsonl in the home"
    )
    prefect_auth: SecretStr | None = Field(
        default=None,
        description="user:password that Prefect's interface asks for; made at the first start if not set",
    )
    public_url: str | None = Field(
        default=None, description="where people reach the interface through a proxy, https://…; else loopback"
    )
    channels: Annotated[Mapping[str, SecretStr], NoDecode, BeforeValidator(_named)] = Field(
        default_factory=dict, description="where every other channel leaves, by the name of the channel"
    )
    channels_file: Path | None = Field(
        default=None, description="a TOML file with the addresses of channels that only its owner may read"
    )
    port: int = Field(default=4200, ge=1, le=65535, description="port of the Prefect server, on loopback")
    portal_port: int = Field(default=4280, ge=1, le=65535, description="port of the board, on loopback")
    portal_address: str | None = Field(
        default=None, description="where readers reach the board, if not on this machine"
    )

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the database."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'mandates.db'}"

    @property
    def backup_recipients(self) -> list[str]:
        """The public keys that backups are encrypted for."""
        return [each.strip() for each in self.backup_for.split(",") if each.strip()]

    @property
    def outbox(self) -> Path:
        """The folder of the messages that `outbox://` writes."""
        return self.home / "outbox"

    @property
    def inputs(self) -> Path:
        """The folder of the contributions that were taken, by the SHA-256 of each."""
        return self.home / "inputs"

    @property
    def incoming(self) -> Path:
        """The folder that contributors put files into, by cycle and person."""
        return self.home / "incoming"

    @property
    def collected(self) -> Path:
        """The folder of what was read in the drop folder and put away; contributors have no part in it."""
        return self.home / "collected"

    @property
    def quarantine(self) -> Path:
        """The folder of the files that were refused, by the SHA-256 of each."""
        return self.home / "quarantine"

    @property
    def packages(self) -> Path:
        """The folder of the assembled input packages."""
        return self.home / "packages"

    @property
    def statements(self) -> Path:
        """The folder of the published statements."""
        return self.home / "statements"

    @property
    def board(self) -> str:
        """The address of the board, without a slash at its end."""
        return (self.portal_address or f"http://127.0.0.1:{self.portal_port}").rstrip("/")


_SHOWN = frozenset(
    {
        *("home", "policies", "directory", "group", "channels_file", "metrics_file", "signing_key"),
        *("port", "portal_port", "watch_hours", "log_json", "scanner", "reader"),
    }
)


def _shown(error: ErrorDetails) -> str:
    """Return what was found, but only of settings that never have a password in them."""
    shown = str(error["loc"][0]) in _SHOWN
    return repr(error["input"])[:120] if shown else "something that is not shown here"


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        RefusedFileError: with every variable that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise RefusedFileError(
            [
                Problem("environment", f"MANDATES_{e['loc'][0]}".upper(), _shown(e), e["msg"])
                for e in error.errors()
            ]
        ) from error
