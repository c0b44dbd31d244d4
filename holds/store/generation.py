"""The generation of the schema: a text that changes with every change of a trigger, a constraint, a table,
a rule or a function, so that one look at the catalogs tells whether the last full look still holds.

PostgreSQL: of every catalog row that the full look rests on, its key with the transaction and command that
wrote it. A transaction's number is never given twice, so a row that was changed, or dropped and made anew,
never looks as before. Keys are kept by triggers of the server's own, which are hundreds: of them it counts
them, and says whether one is off, which is all that the full look asks of them.
SQLite: the text of the whole schema, because whoever writes into it directly moves no counter.

It is read by the very statement that reads people: between the proof and the answer nothing can happen.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

_ROW = "bit_xor(hash_record_extended(ROW({key}, xmin, cmin), 0))"
_WRITTEN = f"count(*) || '.' || coalesce({_ROW}, 0)"
_OURS = "relnamespace = 'public'::regnamespace AND relkind NOT IN ('i', 't', 'S')"
_FIRST_OID = 16384
"""Objects below are the server's own (FirstNormalObjectId)."""


def _part(catalog: str, where: str, key: str = "oid") -> str:
    return f"(SELECT {_WRITTEN.format(key=key)} FROM pg_catalog.{catalog} WHERE {where})"  # noqa: S608 - from this module alone


_TRIGGERS = (
    f"(SELECT count(*) || '.' || coalesce({_ROW.format(key='oid')} FILTER (WHERE NOT tgisinternal), 0) "  # noqa: S608 - as above
    "|| '.' || coalesce(bool_or(tgisinternal AND tgenabled <> 'O'), false) FROM pg_catalog.pg_trigger)"
)
GENERATION = {
    "postgresql": " || ':' || ".join(
        (
            _TRIGGERS,
            _part("pg_constraint", f"oid >= {_FIRST_OID} AND contype <> 'n'"),
            _part("pg_class", _OURS),
            _part("pg_proc", f"oid >= {_FIRST_OID}"),
            _part("pg_rewrite", f"ev_class >= {_FIRST_OID}"),
            _part("pg_policy", "true"),
            _part("pg_inherits", "true", key="inhrelid"),
        )
    ),
    "sqlite": "(SELECT group_concat(type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, ''), "
    "char(10)) FROM sqlite_master)",
}
"""SQL of the generation, by dialect."""


@dataclass
class LastLook:
    """What the last look found, for the next one to compare with; it is never believed.

    `generation`: under which triggers and tables were seen to be as shipped, None before the first time.
    `ahead`: by how much the database's clock ran ahead of the host's; a guess of its day, checked each time.
    """

    generation: str | None = None
    ahead: dt.timedelta = dt.timedelta()

    def today(self) -> dt.date:
        """The day it should be by the database's clock (UTC)."""
        return (dt.datetime.now(dt.UTC) + self.ahead).date()

    def note_time(self, now: dt.datetime) -> None:
        """Remember the database's time."""
        self.ahead = now - dt.datetime.now(dt.UTC)


def generation_of(connection: Connection) -> str:
    """The generation as it is now."""
    statement = f"SELECT {GENERATION[connection.dialect.name]}"
    return str(connection.exec_driver_sql(statement).scalar_one())
