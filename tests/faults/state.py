"""Whether anything was lost or half done, by plain SQL: knows the tables, and nothing of the code."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Engine, column, select, text
from sqlalchemy import table as sql_table

FAULTS = {
    "a hold without its ledger row": """
        SELECT count(*) FROM hold h WHERE NOT EXISTS (SELECT 1 FROM ledger_row l
        WHERE (l.verb = 'hold.placed' AND l.subject_id = h.id)
           OR (l.verb = 'exposure.recorded' AND l.person_id = h.person_id))""",
    "a ledger row without its hold": """
        SELECT count(*) FROM ledger_row l WHERE l.verb = 'hold.placed'
        AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.id = l.subject_id)""",
    "a clearance without its ledger row": """
        SELECT count(*) FROM clearance c WHERE NOT EXISTS (
        SELECT 1 FROM ledger_row l WHERE l.verb = 'clearance.issued' AND l.subject_id = c.id)""",
    "a ledger row without its clearance": """
        SELECT count(*) FROM ledger_row l WHERE l.verb = 'clearance.issued'
        AND NOT EXISTS (SELECT 1 FROM clearance c WHERE c.id = l.subject_id)""",
    "a boarding without its ledger row": """
        SELECT count(*) FROM removal r WHERE NOT EXISTS (
        SELECT 1 FROM ledger_row l WHERE l.verb = 'removal.boarded' AND l.subject_id = r.id)""",
    "a ledger row without its boarding": """
        SELECT count(*) FROM ledger_row l WHERE l.verb = 'removal.boarded'
        AND NOT EXISTS (SELECT 1 FROM removal r WHERE r.id = l.subject_id)""",
    "an end without its ledger row": """
        SELECT count(*) FROM hold_ending e WHERE NOT EXISTS (
        SELECT 1 FROM ledger_row l WHERE l.verb IN ('hold.released', 'hold.closed')
        AND l.subject_id = e.hold_id)""",
    "somebody boarded over a hold": """
        SELECT count(*) FROM removal r WHERE EXISTS (
        SELECT 1 FROM hold h WHERE h.person_id = r.person_id AND h.placed_at < r.boarded_at AND NOT EXISTS (
        SELECT 1 FROM hold_ending e WHERE e.hold_id = h.id AND e.ended_at <= r.boarded_at))""",
    "somebody boarded on another's, a void or an expired clearance": """
        SELECT count(*) FROM removal r JOIN clearance c ON c.id = r.clearance_id
        WHERE r.person_id <> c.person_id OR r.epoch <> c.epoch + 1 OR r.boarded_at >= c.expires_at""",
    "a gate behind its own rows": """
        SELECT count(*) FROM gate g WHERE g.epoch < (SELECT coalesce(max(x.epoch), 0) FROM (
        SELECT person_id, epoch FROM hold UNION ALL SELECT person_id, epoch FROM clearance
        UNION ALL SELECT person_id, epoch FROM removal) x WHERE x.person_id = g.person_id)""",
    "somebody on record without a hold": """
        SELECT count(*) FROM person p WHERE NOT EXISTS (SELECT 1 FROM hold h WHERE h.person_id = p.id)""",
    "a ledger row without its sealed details": """
        SELECT count(*) FROM ledger_detail d
        WHERE NOT EXISTS (SELECT 1 FROM ledger_row l WHERE l.id = d.ledger_row_id)""",
}


def faults(owner: Engine) -> dict[str, int]:
    """What is wrong with the record, and how often; empty where nothing is."""
    with owner.connect() as connection:
        found = {name: int(connection.scalar(text(query)) or 0) for name, query in FAULTS.items()}
        return {name: times for name, times in found.items() if times} | _broken(connection)


def _broken(connection: Connection) -> dict[str, int]:
    """SQLite tells of its own file; PostgreSQL's was replayed from its log or it would not have started."""
    if connection.dialect.name != "sqlite":
        return {}
    pages = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    references = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return {
        name: len(rows)
        for name, rows in (("pages", pages), ("references", references))
        if rows not in (["ok"], [])
    }


def missing(owner: Engine, table: str, ids: Iterable[Any], by: str = "id") -> set[str]:
    """Which of these rows, that somebody was told of, are not there."""
    with owner.connect() as connection:
        kept = set(map(_plain, connection.scalars(select(column(by)).select_from(sql_table(table)))))
    return set(map(_plain, ids)) - kept


def _plain(row_id: Any) -> str:
    return str(row_id).replace("-", "")
