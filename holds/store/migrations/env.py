"""Alembic's entry: drop every trigger, migrate, and put every trigger back when the head is reached."""

from alembic import context
from sqlalchemy import Connection, MetaData

from holds.store import migrate, roles, triggers

connection: Connection = context.config.attributes["connection"]
metadata: MetaData = context.config.attributes["metadata"]

sqlite = connection.dialect.name == "sqlite"


def _foreign_keys(switch: str) -> None:
    """SQLite's. Said to the driver itself: SQLAlchemy would say it in a transaction, where it is ignored."""
    if sqlite and connection.connection.dbapi_connection is not None:
        connection.connection.dbapi_connection.cursor().execute(f"PRAGMA foreign_keys = {switch}")


# Batch mode rebuilds tables; with foreign keys on, dropping the old one would count as deleting its rows.
_foreign_keys("OFF")
try:
    with connection.begin():
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=sqlite,
            transactional_ddl=True,
            compare_type=True,
        )
        triggers.uninstall(connection)
        context.run_migrations()
        if migrate.current(connection) == migrate.head():
            triggers.install(connection, metadata)
            if not sqlite:
                roles.grant(connection, metadata, context.config.attributes.get("app_login"))
        if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise RuntimeError("the migration broke a reference between rows; nothing was changed")
finally:
    _foreign_keys("ON")
