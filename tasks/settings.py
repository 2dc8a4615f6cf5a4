"""The settings: environment variables that start with MANDATES_, each with a default that works at once."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from policies.problems import Problem, RefusedFileError

ROOT = Path(__file__).resolve().parent.parent
PACK = ROOT / "policies" / "packs" / "un-network-on-migration"


class Settings(BaseSettings):
    """Where things are. Relative paths are taken from the folder the command is typed in."""

    model_config = SettingsConfigDict(env_prefix="MANDATES_", frozen=True, extra="ignore")

    home: Path = Field(default=ROOT / "var", description="folder of database, outbox, packages and logs")
    database_url: str | None = Field(
        default=None, description="SQLAlchemy URL; SQLite in the home if not set"
    )
    policies: Path = Field(default=PACK, description="folder of the policy pack")
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
    mailbox: SecretStr | None = Field(
        default=None,
        description="where replies come in: imaps://user:password@host/INBOX; none if not set",
    )
    port: int = Field(default=4200, ge=1, le=65535, description="port of the Prefect server, on loopback")

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the database."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'mandates.db'}"

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
    def quarantine(self) -> Path:
        """The folder of the files that were refused, by the SHA-256 of each."""
        return self.home / "quarantine"

    @property
    def packages(self) -> Path:
        """The folder of the assembled input packages."""
        return self.home / "packages"


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
                Problem("environment", f"MANDATES_{e['loc'][0]}".upper(), repr(e["input"]), e["msg"])
                for e in error.errors()
            ]
        ) from error
