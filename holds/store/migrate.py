"""Running migrations: one history for both packages, whose metadata is handed in."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData

FOLDER = Path(__file__).parent / "migrations"


def configuration(
    connection: Connection | None = None, metadata: MetaData | None = None, app_login: str | None = None
) -> Config:
    """Alembic's configuration, made here: there is no alembic.ini to go astray."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, metadata=metadata, app_login=app_login)
    return config


def upgrade(
    owner: Engine, metadata: MetaData, revision: str = "head", *, app_login: str | None = None
) -> None:
    """Bring the schema up to a revision; at the head, triggers and grants are made anew."""
    with owner.connect() as connection:
        command.upgrade(configuration(connection, metadata, app_login), revision)


def downgrade(owner: Engine, metadata: MetaData, revision: str) -> None:
    """Take the schema back. Below the head there are no triggers, and the gate answers `blocked`."""
    with owner.connect() as connection:
        command.downgrade(configuration(connection, metadata), revision)


def head() -> str:
    """The newest revision that was shipped."""
    return _head_in(FOLDER)


@cache
def _head_in(folder: Path) -> str:
    """What a folder ships does not change while the process runs; reading it takes as long as ten checks."""
    config = configuration()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    revision = ScriptDirectory.from_config(config).get_current_head()
    if revision is None:
        raise RuntimeError("no migration was shipped")
    return revision


def current(connection: Connection) -> str | None:
    """The revision the database stands at; None where it was never set up."""
    return MigrationContext.configure(connection).get_current_revision()
