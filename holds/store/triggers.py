"""The gate's triggers on both databases, how they are installed, and how a changed one is noticed.

PostgreSQL: plpgsql functions and ENABLE ALWAYS triggers (a replication role does not skip them), schema
named in every body (a temporary table cannot stand in), TRUNCATE refused. SQLite: plain triggers, and an
insert guard on every unique key, because `INSERT OR REPLACE` deletes without firing a delete trigger.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, MetaData, Table, UniqueConstraint, text

from holds.store.counsel_guards import APPEARANCE_CHECKS
from holds.store.ending_guards import FROZEN_DETAIL, FROZEN_KEY, KEEP_FACTS
from holds.store.guards import GUARDS, Guard
from holds.store.merge_guards import FOLLOW, GATE_CHECKS, LOCKS, MERGE, epoch_of

PREFIX = "holdfast"
SQLITE_CLOCK = (
    f"CREATE VIEW {PREFIX}_clock AS SELECT strftime('%Y-%m-%d %H:%M:%f', 'now', "  # noqa: S608 - our own names
    "coalesce((SELECT ahead_seconds FROM demo_clock), 0) || ' seconds') || '000' AS now"
)
POSTGRESQL_CLOCK = (
    "SELECT clock_timestamp() + make_interval(secs => "
    "coalesce((SELECT ahead_seconds FROM public.demo_clock), 0))"
)
STALE_EPOCH = (
    "NOT EXISTS (SELECT 1 FROM {s}gate g WHERE g.person_id = NEW.person_id "  # noqa: S608 - our own names
    "AND g.merged_into IS NULL "
    f"AND g.epoch = NEW.epoch) AND NEW.epoch <> {epoch_of('NEW.person_id')}"
)
"""The first half spares nearly everyone the second: of a gate that was merged into none, it says the same.
Following merges costs as much as all the rest, and the more the more gates there are."""
DEMO_ONLY = "NOT EXISTS (SELECT 1 FROM {s}database_mark m WHERE m.kind = 'demo')"


@dataclass(frozen=True)
class Trigger:
    """One trigger: `body` is statements for SQLite, a plpgsql body for PostgreSQL (shared by `function`)."""

    name: str
    table: str
    when: str
    body: str
    function: str = ""
    per_row: bool = True


def rendered(template: str, dialect: str) -> str:
    """A condition in the terms of `guards.py`, in the words of a database."""
    now = f"(SELECT now FROM {PREFIX}_clock)" if dialect == "sqlite" else f"public.{PREFIX}_now()"  # noqa: S608 - our own names
    today = f"date({now})" if dialect == "sqlite" else f"({now} AT TIME ZONE 'UTC')::date"
    template = template.replace("{now}", now).replace("{today}", today)
    if dialect == "sqlite":
        later = r"(strftime('%Y-%m-%d %H:%M:%f', \1, '+\2') || '000')"
    else:
        later = r"(\1 + interval '\2')"
    template = re.sub(r"\{plus:(.+?):(\d+ \w+)\}", later, template)
    return template.replace("{s}", "" if dialect == "sqlite" else "public.")


def _refuse(code: str, condition: str, dialect: str) -> str:
    condition = rendered(condition, dialect)
    if dialect == "sqlite":
        return f"SELECT RAISE(ABORT, '{PREFIX}: {code}') WHERE {condition};"
    return f"IF {condition} THEN RAISE EXCEPTION '{PREFIX}: {code}' USING ERRCODE = '23514'; END IF;"


def _body(statements: list[str], dialect: str, returns: str = "NEW") -> str:
    if dialect == "sqlite":
        return "\n".join(statements)
    return "\n".join(["", "BEGIN", *statements, f"RETURN {returns};", "END", ""])


def _guard(guard: Guard, dialect: str) -> Trigger:
    known = "EXISTS (SELECT 1 FROM {s}gate g WHERE g.person_id = NEW.person_id)"
    statements = [
        rendered("UPDATE {s}gate SET epoch = epoch + 1 WHERE person_id = NEW.person_id;", dialect),
        _refuse("gate.unknown_person", f"NOT {known}", dialect),
    ]
    if guard.gate == "none":
        statements = []
    if guard.locks and dialect == "postgresql":
        statements.insert(0, rendered(guard.locks, dialect))
    checks = guard.checks
    if guard.gate == "compare":
        checks = (("gate.stale_epoch", STALE_EPOCH), *checks)
    statements += [_refuse(code, condition, dialect) for code, condition in checks]
    name = f"{PREFIX}_gate_{guard.table}"
    return Trigger(name, guard.table, "BEFORE INSERT", _body(statements, dialect), name)


def _keep(table: Table, dialect: str) -> Iterator[Trigger]:
    """Deny by default: what is not marked `mutable` is append-only, what is not `deletable` stays."""
    frozen = not table.info.get("mutable") and not table.info.get("deletable")
    events = (["UPDATE"] if frozen else []) + ([] if table.info.get("deletable") else ["DELETE"])
    if not events:
        return
    if dialect == "postgresql":
        body = f"\nBEGIN\nRAISE EXCEPTION '{PREFIX}: record.append_only' USING ERRCODE = '23514';\nEND\n"
        function = f"{PREFIX}_refuse"
        yield Trigger(
            f"{PREFIX}_keep_{table.name}", table.name, f"BEFORE {' OR '.join(events)}", body, function
        )
        yield Trigger(
            f"{PREFIX}_whole_{table.name}", table.name, "BEFORE TRUNCATE", body, function, per_row=False
        )
        return
    refusal = f"SELECT RAISE(ABORT, '{PREFIX}: record.append_only')"
    for event in events:
        yield Trigger(f"{PREFIX}_{event.lower()}_{table.name}", table.name, f"BEFORE {event}", f"{refusal};")
    keys = [list(table.primary_key.columns)]
    keys += [list(c.columns) for c in table.constraints if isinstance(c, UniqueConstraint)]
    keys += [list(index.columns) for index in table.indexes if index.unique]
    same = sorted({" AND ".join(f"o.{c.name} = NEW.{c.name}" for c in key) for key in keys})
    exists = " OR ".join(f"EXISTS (SELECT 1 FROM {table.name} o WHERE {one})" for one in same)  # noqa: S608 - our own names
    yield Trigger(
        f"{PREFIX}_replace_{table.name}",
        table.name,
        "BEFORE INSERT",
        _refuse("record.exists", exists, dialect),
    )


def _own(dialect: str) -> Iterator[Trigger]:
    moved = [_refuse(code, condition, dialect) for code, condition in GATE_CHECKS]
    name = f"{PREFIX}_epoch"
    yield Trigger(name, "gate", "BEFORE UPDATE", _body([*moved, rendered(FOLLOW, dialect)], dialect), name)
    fresh = _refuse("gate.epoch_forward", "NEW.epoch <> 0 OR NEW.merged_into IS NOT NULL", dialect)
    name = f"{PREFIX}_epoch_start"
    yield Trigger(name, "gate", "BEFORE INSERT", _body([fresh], dialect), name)
    demo, back = _refuse("clock.real", DEMO_ONLY, dialect), "NEW.ahead_seconds < OLD.ahead_seconds"
    name = f"{PREFIX}_clock_set"
    yield Trigger(name, "demo_clock", "BEFORE INSERT", _body([demo], dialect), name)
    forward, name = _refuse("clock.back", back, dialect), f"{PREFIX}_clock_move"
    yield Trigger(name, "demo_clock", "BEFORE UPDATE", _body([demo, forward], dialect), name)
    kept, name = (
        [_refuse(code, condition, dialect) for code, condition in APPEARANCE_CHECKS],
        f"{PREFIX}_appears",
    )
    yield Trigger(name, "appearance", "BEFORE UPDATE", _body(kept, dialect), name)
    yield from _evidence(dialect)


def _evidence(dialect: str) -> Iterator[Trigger]:
    """What a violation froze is neither deleted nor overwritten: an UPDATE shreds as well as a DELETE."""
    name = f"{PREFIX}_facts_person"
    yield Trigger(name, "person", "BEFORE UPDATE", _body([rendered(KEEP_FACTS, dialect)], dialect), name)
    frozen = (("data_key", "owner_id", FROZEN_KEY), ("ledger_detail", "ledger_row_id", FROZEN_DETAIL))
    for table, key, condition in frozen:
        kept, name = _refuse("evidence.frozen", condition, dialect), f"{PREFIX}_frozen_{table}"
        yield Trigger(name, table, "BEFORE DELETE", _body([kept], dialect, "OLD"), name)
        fresh = condition.replace("OLD.", "NEW.")
        same, name = _refuse("evidence.frozen", f"{condition} OR {fresh}", dialect), f"{PREFIX}_fixed_{table}"
        yield Trigger(name, table, "BEFORE UPDATE", _body([same], dialect), name)
        if dialect == "sqlite":  # INSERT OR REPLACE deletes without firing the delete trigger
            there = f"{fresh} AND EXISTS (SELECT 1 FROM {table} o WHERE o.{key} = NEW.{key})"  # noqa: S608 - our own names
            once, name = _refuse("evidence.frozen", there, dialect), f"{PREFIX}_once_{table}"
            yield Trigger(name, table, "BEFORE INSERT", _body([once], dialect), name)


def _merges(dialect: str) -> Iterator[Trigger]:
    """A merge and a split work after their row is in: the gate's own trigger looks for it."""
    for table, steps in MERGE.items():
        statements = [] if dialect == "sqlite" else [rendered(LOCKS, dialect)]
        for step in steps:
            statements.append(rendered(step, dialect) if isinstance(step, str) else _refuse(*step, dialect))
        name = f"{PREFIX}_joint_{table}"
        yield Trigger(name, table, "AFTER INSERT", _body(statements, dialect), name)


def triggers(metadata: MetaData, dialect: str) -> list[Trigger]:
    """Every trigger the database must carry."""
    kept = [trigger for table in metadata.sorted_tables for trigger in _keep(table, dialect)]
    guards = (_guard(guard, dialect) for guard in GUARDS)
    return [*kept, *_own(dialect), *_merges(dialect), *guards]


def sqlite_statement(trigger: Trigger) -> str:
    """The CREATE TRIGGER, to the letter as SQLite keeps it."""
    return f"CREATE TRIGGER {trigger.name} {trigger.when} ON {trigger.table}\nBEGIN\n{trigger.body}\nEND"


def install(connection: Connection, metadata: MetaData) -> None:
    """Create clock and triggers; `uninstall` comes first, so that none from before survives."""
    create(connection, triggers(metadata, connection.dialect.name))


def create(connection: Connection, wanted: Sequence[Trigger]) -> None:
    """Create the clock and these triggers."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(SQLITE_CLOCK)
        for trigger in wanted:
            connection.exec_driver_sql(sqlite_statement(trigger))
        return
    connection.execute(
        text(
            f"CREATE FUNCTION public.{PREFIX}_now() RETURNS timestamptz LANGUAGE sql VOLATILE "
            f"AS $fn${POSTGRESQL_CLOCK}$fn$"
        )
    )
    for function, body in {t.function: t.body for t in wanted}.items():
        connection.exec_driver_sql(
            f"CREATE FUNCTION public.{function}() RETURNS trigger LANGUAGE plpgsql AS $fn${body}$fn$"
        )
    for t in wanted:
        rows = "ROW" if t.per_row else "STATEMENT"
        connection.exec_driver_sql(
            f"CREATE TRIGGER {t.name} {t.when} ON public.{t.table} "
            f"FOR EACH {rows} EXECUTE FUNCTION public.{t.function}()"
        )
        connection.exec_driver_sql(f"ALTER TABLE public.{t.table} ENABLE ALWAYS TRIGGER {t.name}")


def uninstall(connection: Connection) -> None:
    """Drop whatever triggers, functions and views of ours are there, from any version."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql(
            "SELECT type, name FROM sqlite_master "  # noqa: S608 - our own names
            f"WHERE type IN ('trigger', 'view') AND name LIKE '{PREFIX}_%'"
        ).all()
        for kind, name in sorted(found):
            connection.exec_driver_sql(f"DROP {kind} {name}")
        return
    names = connection.exec_driver_sql(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "  # noqa: S608 - our own names
        f"AND proname LIKE '{PREFIX}\\_%%'"
    ).scalars()
    for name in sorted(names):
        connection.exec_driver_sql(f"DROP FUNCTION public.{name}() CASCADE")
