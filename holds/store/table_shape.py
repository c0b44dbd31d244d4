"""Whether the tables are still what was shipped: every constraint there and in force, no row hidden."""

from collections.abc import Iterator

from sqlalchemy import CheckConstraint, Connection, ForeignKeyConstraint, MetaData, Table, UniqueConstraint


def _constraints(table: Table, connection: Connection) -> Iterator[str]:
    """The names of a table's constraints as this database writes them."""
    preparer = connection.dialect.identifier_preparer
    named = (CheckConstraint, ForeignKeyConstraint, UniqueConstraint)
    for constraint in (table.primary_key, *table.constraints):
        name = preparer.format_constraint(constraint) if isinstance(constraint, named) else None
        if name:
            yield name.strip('"')


def weakened(connection: Connection, metadata: MetaData) -> tuple[str, ...]:
    """What was taken from the tables: constraints gone or not in force, rows hidden, tables replaced."""
    wanted = {(t.name, name) for t in metadata.sorted_tables for name in _constraints(t, connection)}
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        created: dict[str, str] = dict(rows.all())
        gone = [f"{table}.{name}" for table, name in wanted if name not in created.get(table, "")]
        return tuple(sorted(gone))
    present = set(
        connection.exec_driver_sql(
            "SELECT c.relname, k.conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
            "WHERE c.relnamespace = 'public'::regnamespace AND k.convalidated"
        ).all()
    )
    gone = [f"{table}.{name}" for table, name in wanted if (table, name) not in present]
    hidden = connection.exec_driver_sql(
        "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace "
        "AND (c.relkind NOT IN ('r', 'i', 't', 'S') OR c.relrowsecurity OR c.relforcerowsecurity "
        "OR EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid) "
        "OR EXISTS (SELECT 1 FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent)))"
    ).scalars()
    # A foreign key is kept by triggers of the server's own; one that is off keeps nothing.
    off = connection.exec_driver_sql(
        "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE c.relnamespace = 'public'::regnamespace AND t.tgisinternal AND t.tgenabled <> 'O'"
    ).scalars()
    found = {f"{name}: rows or kind" for name in hidden} | {f"{name}: keys off" for name in off}
    return tuple(sorted(found.union(gone)))
