"""Setting up from nothing: folder, key ring, schema, mark, first administrator. Works unattended."""

from sqlalchemy import MetaData
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from holds.actions.initialise import AlreadyInitialisedError, initialise
from holds.actions.opening import open_database
from holds.domain.refusal import RefusedError
from holds.settings import Settings
from holds.store import migrate
from holds.store.engine import make_engine
from holds.store.key_ring import new_ring, write_ring
from holds.store.openness import mark_of
from holds.store.outside import marker_of, write_marker

NO_PRIVILEGE = "42501"


class OwnerRightsError(RefusedError):
    """The owner of the tables lacks a right on the server; the message says which."""


def upgrade_database(settings: Settings, metadata: MetaData) -> str:
    """Bring the schema to the shipped revision, as the owner; returns the revision."""
    owner = make_engine(settings.owner_database, as_owner=True)
    try:
        migrate.upgrade(owner, metadata, app_login=settings.app_login)
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != NO_PRIVILEGE:
            raise
        raise OwnerRightsError(
            "The owner's login may not make the role holdfast_app. As a superuser of the server run: "
            "ALTER ROLE owner CREATEROLE (or: CREATE ROLE holdfast_app; GRANT holdfast_app TO the login of "
            "HOLDFAST_DATABASE_URL), then run this again. Nothing was changed."
        ) from None
    finally:
        owner.dispose()
    return migrate.head()


def set_up(
    settings: Settings, metadata: MetaData, *, organisation: str, administrator: str, demo: bool = False
) -> str:
    """Make the database ready and return the first administrator's credential, which is shown only once.

    A key ring that is there is kept; a database that was set up is left alone (`AlreadyInitialisedError`).
    """
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    owner = make_engine(settings.owner_database, as_owner=True)
    with owner.connect() as connection:
        mark = mark_of(connection)
    owner.dispose()
    if mark is not None:
        raise AlreadyInitialisedError("This database is set up already; nothing was changed.")
    if not settings.key_ring_path.exists():
        write_ring(settings.key_ring_path, new_ring())
    upgrade_database(settings, metadata)
    database = open_database(settings, metadata)
    with database.transaction() as session:
        credential = initialise(
            session, database.vault.ring, organisation=organisation, administrator=administrator, demo=demo
        )
    with database.reading() as session:
        marker = marker_of(session)
    if marker is not None:
        write_marker(settings.heads, marker)
    database.engine.dispose()
    return credential


def database_kind(settings: Settings) -> str | None:
    """`real` or `demo` as the database is marked; None where there is no database of ours."""
    engine = make_engine(settings.database)
    try:
        with engine.connect() as connection:
            return mark_of(connection)
    except SQLAlchemyError:
        return None
    finally:
        engine.dispose()
