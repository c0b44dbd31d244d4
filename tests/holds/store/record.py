"""A set-up record that the tests of a module share, and people put on it the way an import does."""

import datetime as dt
import itertools
import os
import secrets
import shutil
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, NullPool, create_engine, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from holds.actions.credentials import acting_of
from holds.actions.initialise import initialise
from holds.actions.person_records import Records
from holds.actions.questions import Question
from holds.actions.register_incident import register_incident
from holds.domain.person import PersonFacts
from holds.domain.staff import Acting, Role
from holds.store.base import holdfast_now, new_id
from holds.store.engine import Database, make_engine
from holds.store.exposures import Exposure, Incident
from holds.store.key_ring import new_ring, write_ring
from holds.store.staff import Actor
from holds.store.vault import Vault
from tests.quick_credentials import quickly_hashed
from wsgi import METADATA

BACKENDS = ("sqlite", "postgresql")
LEAK = dt.timedelta(days=60)
"""How long before now the incidents of the tests occurred."""
_numbers = itertools.count(900_000_001)


@dataclass(frozen=True)
class Record:
    """A set-up database as the app's role and as its owner, and one or two members of staff a role."""

    database: Database
    owner: Engine
    url: str
    home: Path
    staff: Mapping[str, Acting]

    @property
    def vault(self) -> Vault:
        return self.database.vault

    @property
    def backend(self) -> str:
        return self.database.engine.dialect.name

    @property
    def sqlite(self) -> bool:
        return self.backend == "sqlite"


@dataclass(frozen=True)
class Held:
    """Someone on record, with the hold and exposure they came with."""

    person_id: uuid.UUID
    hold_id: uuid.UUID
    exposure_id: uuid.UUID
    incident_id: uuid.UUID
    number: str


def open_record(
    request: pytest.FixtureRequest, factory: pytest.TempPathFactory, *, demo: bool = True
) -> Iterator[Record]:
    """For a fixture of any scope whose parameter is one of BACKENDS."""
    home = factory.mktemp("record")
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), home / "holdfast.db")
        yield from set_up(f"sqlite:///{home / 'holdfast.db'}", home, demo=demo)
        return
    server = make_url(request.getfixturevalue("postgresql_server"))
    template: str = request.getfixturevalue("migrated_postgresql")
    name = f"holdfast_proof_{os.getpid()}_{secrets.token_hex(4)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    yield from set_up(server.set(database=name).render_as_string(hide_password=False), home, demo=demo)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def set_up(url: str, home: Path, *, demo: bool) -> Iterator[Record]:
    """The migrated database at this URL, set up with a ring in `home`."""
    ring = new_ring()
    write_ring(home / "keys.json", ring)
    database = Database(make_engine(url), Vault(ring, home), METADATA)
    with database.transaction() as session, quickly_hashed():
        initialise(session, ring, organisation="Test office", administrator="admin", demo=demo)
        staff = _staff(session)
    owner = make_engine(url, as_owner=True)
    yield Record(database, owner, url, home, staff)
    owner.dispose()
    database.engine.dispose()


def _staff(session: Session) -> dict[str, Acting]:
    """Staff who need no credential here: making five of those hashes would cost a second a module."""
    organisation_id = session.scalars(select(Actor.organisation_id).limit(1)).one()
    wanted = {
        "casey": (Role.CASEWORKER, True),
        "sunny": (Role.SUPERVISOR, True),
        "sol": (Role.SUPERVISOR, True),
        "inside": (Role.SUPERVISOR, False),
        "field": (Role.FIELD_OFFICER, False),
    }
    rows = [
        {
            "id": new_id(),
            "organisation_id": organisation_id,
            "kind": "staff",
            "login": login,
            "display_name": login.title(),
            "role": role.value,
            "outside_removing_office": outside,
            "credential_hash": "none",
        }
        for login, (role, outside) in wanted.items()
    ]
    session.execute(insert(Actor), rows)
    return {actor.login: acting_of(actor) for actor in session.scalars(select(Actor))}


def database_now(session: Session) -> dt.datetime:
    """The database's time."""
    return session.scalars(select(holdfast_now())).one()


def new_incident(session: Session, record: Record, *, ago: dt.timedelta = LEAK) -> Incident:
    """A disclosure of its own, so long ago."""
    reference = register_incident(
        session,
        acting=record.staff["operator"],
        name=f"Disclosure {secrets.token_hex(4)}",
        occurred_at=database_now(session) - ago,
        fields=["name", "a_number"],
    )
    return session.scalars(select(Incident).where(Incident.reference == reference)).one()


def put_on_record(session: Session, record: Record, incident: Incident, **known: Any) -> Held:
    """Someone new, held for the incident; `known` are fields of `PersonFacts`."""
    number = f"{next(_numbers)}"
    facts = PersonFacts(**{"a_numbers": (number,), "names": ("DOE, JANE",), **known})
    records = Records(record.vault, record.staff["operator"], new_id())
    key, exposure_id = records.add_person(facts, incident, with_number=bool(facts.a_numbers))
    records.save(session)
    exposure = session.get_one(Exposure, exposure_id)
    return Held(key.owner_id, exposure.hold_id, exposure_id, incident.id, number)


def asked_of(held: Held) -> Question:
    """What an officer asks who wants a clearance for this person: a name and a birth date, too."""
    return Question(a_number=held.number, name="Jane Doe", birth_date="1990-01-31")
