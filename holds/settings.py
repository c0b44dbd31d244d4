"""Settings from the environment: frozen, checked at the start, and named in every complaint."""

import datetime as dt
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from holds.domain.refusal import RefusedError
from holds.domain.transmission import Limits

DUTY_DESK = "the duty desk of the holding office"


class SettingsError(RefusedError):
    """A setting is wrong; the message names it and says what is expected."""


class Settings(BaseSettings):
    """Where the record lives. Every field is the environment variable `HOLDFAST_` + its name.

    home: folder for the embedded database, keys, sealed files and spool (default `var`).
    database_url: `sqlite:///PATH` or `postgresql+psycopg://…` (default: SQLite in home).
    owner_database_url: PostgreSQL only: the role that owns the tables, for `holdfast db upgrade`.
    keys_file: the key ring (default `keys.json` in home); keep its backup on another machine.
    heads_folder: where signed ledger heads are written; mount another host's disk here.
    answer_seconds: how long the gate may take over an answer; what takes longer is blocked (5). Keep it
        below what the officers' systems wait for (`holds/client.py`: 10).
    duty_desk: whom an officer calls, with the number: it stands in every answer of the gate.
    acknowledge_minutes: how long an office has to acknowledge the hold of a detained person (60).
    acknowledge_minutes_otherwise: the same for somebody who is not detained (1440).
    """

    model_config = SettingsConfigDict(env_prefix="HOLDFAST_", frozen=True, extra="ignore")

    home: Path = Path("var")
    database_url: str = ""
    owner_database_url: str = ""
    keys_file: Path | None = None
    heads_folder: Path | None = None
    answer_seconds: int = Field(default=5, ge=2, le=60)
    duty_desk: str = Field(default=DUTY_DESK, min_length=1)
    acknowledge_minutes: int = Field(default=60, ge=1, le=1440)
    acknowledge_minutes_otherwise: int = Field(default=1440, ge=1, le=10080)

    @field_validator("database_url", "owner_database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value:
            return value
        try:
            backend = make_url(value).drivername
        except ArgumentError:
            backend = ""
        if backend == "postgresql":
            return value.replace("postgresql://", "postgresql+psycopg://", 1)
        if backend not in {"sqlite", "postgresql+psycopg"}:
            raise ValueError("expected sqlite:///PATH or postgresql+psycopg://USER@HOST/NAME")
        return value

    @property
    def database(self) -> str:
        """The database's URL, with the embedded default filled in."""
        return self.database_url or f"sqlite:///{(self.home / 'holdfast.db').resolve()}"

    @property
    def database_shown(self) -> str:
        """The database's URL without a password, fit to be printed."""
        return make_url(self.database).render_as_string(hide_password=True)

    @property
    def app_login(self) -> str | None:
        """The login that `owner_database_url` must let in, where owner and app are two."""
        return make_url(self.database).username if self.owner_database_url else None

    @property
    def owner_database(self) -> str:
        return self.owner_database_url or self.database

    @property
    def key_ring_path(self) -> Path:
        return self.keys_file or self.home / "keys.json"

    @property
    def heads(self) -> Path:
        return self.heads_folder or self.home / "heads"

    @property
    def limits(self) -> Limits:
        """How long a hold may stay unacknowledged before it climbs."""
        return Limits(
            detained=dt.timedelta(minutes=self.acknowledge_minutes),
            otherwise=dt.timedelta(minutes=self.acknowledge_minutes_otherwise),
        )

    @classmethod
    def read(cls) -> Self:
        """Read the environment, or raise `SettingsError` naming each wrong variable."""
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError(complaint(error)) from None


def complaint(error: ValidationError) -> str:
    """One sentence a wrong setting, without its value, which may be a secret."""
    return " ".join(
        f"HOLDFAST_{'_'.join(map(str, e['loc'])).upper()} is wrong: {e['msg'].removeprefix('Value error, ')}."
        for e in error.errors(include_input=False)
    )
