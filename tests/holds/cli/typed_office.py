"""The office that commands of a test work in."""

from functools import cached_property
from pathlib import Path

from sqlalchemy import select

from holds.actions.credentials import acting_of
from holds.cli.context import Office
from holds.domain.staff import Acting
from holds.settings import Settings
from holds.store.engine import Database
from holds.store.staff import Actor
from tests.holds.store.record import Record
from wsgi import METADATA


class TypedOffice(Office):
    """The test's database, and its staff without asking for credentials."""

    def __init__(self, record: Record) -> None:
        super().__init__(METADATA)
        self.record = record

    @cached_property
    def settings(self) -> Settings:
        return Settings(home=self.record.home)

    @cached_property
    def database(self) -> Database:
        return self.record.database

    def acting(self, login: str | None, credential_file: Path | None = None) -> Acting:
        del credential_file
        with self.record.database.reading() as session:
            found = session.scalars(select(Actor).where(Actor.login == (login or "operator"))).one()
            return acting_of(found)
