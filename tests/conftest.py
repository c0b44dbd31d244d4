"""Databases for tests: every test of store, actions and gate runs on SQLite and on a real PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, NullPool, create_engine

from holds.actions.add_staff import add_staff
from holds.actions.credentials import acting_of, standing_actor
from holds.actions.initialise import initialise
from holds.domain.staff import Acting, Role
from holds.store import migrate
from holds.store.engine import Database, make_engine
from holds.store.key_ring import new_ring, write_ring
from holds.store.staff import Actor
from holds.store.vault import Vault
from tests.postgresql import running_server
from tests.quick_credentials import quickly_hashed
from wsgi import METADATA


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where HOLDFAST_SKIPS_FAIL is set, a skipped test fails the run: its ground truth was not there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    skipped = reporter.stats.get("skipped", [])
    if skipped and os.environ.get("HOLDFAST_SKIPS_FAIL"):
        reporter.write_line(f"{len(skipped)} tests were skipped, and here none may be", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@dataclass(frozen=True)
class OfficeAtWork:
    """A set-up database, its staff and their credentials."""

    database: Database
    url: str
    home: Path
    operator: Acting
    caseworker: Acting
    supervisor: Acting
    manager: Acting
    officer: Acting
    administrator: Acting
    credentials: dict[str, str]

    @property
    def vault(self) -> Vault:
        return self.database.vault


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """URL of a running server."""
    with running_server() as url:
        yield url


def _admin(url: str) -> Engine:
    """Makes and drops databases; keeps no connection."""
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)


def _named(url: str, name: str) -> str:
    head, _, query = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: str) -> str:
    """A migrated database that tests copy; dropped and made anew each run."""
    name = f"holdfast_template_{os.getpid()}"
    with _admin(postgresql_server).connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    owner = make_engine(_named(postgresql_server, name), as_owner=True)
    migrate.upgrade(owner, METADATA)
    owner.dispose()
    return name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "holdfast.db"
    owner = make_engine(f"sqlite:///{path}", as_owner=True)
    migrate.upgrade(owner, METADATA)
    owner.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a fresh migrated database on each of the two, empty."""
    if request.param == "sqlite":
        path = tmp_path / "holdfast.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server: str = request.getfixturevalue("postgresql_server")
    template: str = request.getfixturevalue("migrated_postgresql")
    name = f"holdfast_test_{os.getpid()}_{abs(hash(str(tmp_path)))}"
    admin = _admin(server)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    yield _named(server, name)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def office(migrated_url: str, tmp_path: Path) -> Iterator[OfficeAtWork]:
    """A demo-marked database (its clock can be moved) with one member of staff a role."""
    yield from _office(migrated_url, tmp_path, demo=True)


@pytest.fixture
def real_office(migrated_url: str, tmp_path: Path) -> Iterator[OfficeAtWork]:
    """A database that does real work."""
    yield from _office(migrated_url, tmp_path, demo=False)


def _office(url: str, home: Path, *, demo: bool) -> Iterator[OfficeAtWork]:
    ring = new_ring()
    write_ring(home / "keys.json", ring)
    database = Database(make_engine(url), Vault(ring, home), METADATA)
    wanted = {
        "casey": (Role.CASEWORKER, True),
        "sunny": (Role.SUPERVISOR, True),
        "mana": (Role.NOTICE_MANAGER, False),
        "field": (Role.FIELD_OFFICER, False),
    }
    with database.transaction() as session, quickly_hashed():
        shown = initialise(session, ring, organisation="Test office", administrator="admin", demo=demo)
        operator = standing_actor(session, "operator")
        admin = acting_of(session.query(Actor).filter_by(login="admin").one())
        known = {"admin": shown} | {
            login: add_staff(
                session,
                acting=admin,
                login=login,
                display_name=login.title(),
                role=role,
                outside_removing_office=outside,
            )
            for login, (role, outside) in wanted.items()
        }
        staff = {actor.login: acting_of(actor) for actor in session.query(Actor)}
    yield OfficeAtWork(
        database,
        url,
        home,
        operator,
        staff["casey"],
        staff["sunny"],
        staff["mana"],
        staff["field"],
        admin,
        known,
    )
    database.engine.dispose()
