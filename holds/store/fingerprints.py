"""Whether the triggers in the database are those that were shipped: to the letter, enabled, none missing."""

from sqlalchemy import Connection, MetaData

from holds.store.triggers import POSTGRESQL_CLOCK, PREFIX, SQLITE_CLOCK, sqlite_statement, triggers

_EVENT_BITS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
_ROW, _BEFORE = 1, 2


def _type_bits(when: str, per_row: bool) -> int:
    """`pg_trigger.tgtype`: what is not BEFORE is AFTER."""
    words = when.split()
    bits = sum(bit for event, bit in _EVENT_BITS.items() if event in words)
    return bits | (_BEFORE if "BEFORE" in words else 0) | (_ROW if per_row else 0)


def shipped(metadata: MetaData, dialect: str) -> dict[str, tuple[object, ...]]:
    """What the database must hold, by trigger, function and view name."""
    wanted = triggers(metadata, dialect)
    if dialect == "sqlite":
        found: dict[str, tuple[object, ...]] = {t.name: (sqlite_statement(t),) for t in wanted}
        return {**found, f"{PREFIX}_clock": (SQLITE_CLOCK,)}
    entries: dict[str, tuple[object, ...]] = {
        f"trigger {t.name}": (t.table, t.function, _type_bits(t.when, t.per_row), "A", True) for t in wanted
    }
    entries |= {f"function {t.function}()": (t.body, "plpgsql", True) for t in wanted}
    return {**entries, f"function {PREFIX}_now()": (POSTGRESQL_CLOCK, "sql", True)}


def installed(connection: Connection) -> dict[str, tuple[object, ...]]:
    """What it does hold, rewrite rules too: one of those can swallow a hold without a word."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' OR type = 'view'"
        )
        return {name: (sql,) for name, sql in rows}
    entries: dict[str, tuple[object, ...]] = {}
    # `plain`: no WHEN, no column list, no rights or settings of another; each would switch a trigger off.
    for name, table, function, bits, enabled, plain in connection.exec_driver_sql(
        "SELECT t.tgname, c.relname, p.proname, t.tgtype, t.tgenabled, "
        "t.tgqual IS NULL AND t.tgattr::text = '' AND t.tgnargs = 0 FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
    ):
        entries[f"trigger {name}"] = (table, function, int(bits), _char(enabled), plain)
    for name, arguments, source, language, plain in connection.exec_driver_sql(
        "SELECT p.proname, pg_get_function_identity_arguments(p.oid), p.prosrc, l.lanname, "
        "NOT p.prosecdef AND p.proconfig IS NULL AND p.provolatile = 'v' FROM pg_proc p "
        "JOIN pg_language l ON l.oid = p.prolang WHERE p.pronamespace = 'public'::regnamespace"
    ):
        entries[f"function {name}({arguments})"] = (source, language, plain)
    for name, table in connection.exec_driver_sql(
        "SELECT rulename, tablename FROM pg_rules WHERE schemaname = 'public'"
    ):
        entries[f"rule {name} on {table}"] = ()
    return entries


def _char(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def changed(connection: Connection, metadata: MetaData) -> tuple[str, ...]:
    """Names of triggers, functions and views that are missing, changed, disabled, or not ours."""
    want, have = shipped(metadata, connection.dialect.name), installed(connection)
    return tuple(sorted(name for name in want.keys() | have.keys() if want.get(name) != have.get(name)))
