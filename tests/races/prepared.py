"""Prepared statements on libpq itself: a cursor's bookkeeping costs a racer more than the statement does."""

import datetime as dt
import json
import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn, PGresult

_NAMED = re.compile(r"%\((\w+)\)s|(?<!:):(p\d|clearance)\b")
"""How SQLAlchemy's inserts and our own selects name their values."""
_FINE = {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}
_READ: dict[int, Callable[[str], Any]] = {
    20: int,
    23: int,
    1184: dt.datetime.fromisoformat,
    2950: uuid.UUID,
}
"""What comes out, by the oid of its type; anything else stays text."""


class Prepared:
    """One connection's statements, each sent to be parsed once. Errors are psycopg's own."""

    def __init__(self, connection: PGconn) -> None:
        self._connection = connection
        self._known: dict[str, tuple[bytes, list[str]]] = {}

    def say(self, command: str) -> None:
        """A command without values."""
        self._sure(self._connection.exec_(command.encode()))

    def run(self, statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows that a statement gives."""
        name, order = self._known.get(statement) or self._prepare(statement)
        bound: list[Any] = [_text(values[value]) for value in order]
        result = self._sure(self._connection.exec_prepared(name, bound))
        reads = [_READ.get(result.ftype(column), str) for column in range(result.nfields)]
        return [
            tuple(_value(read, result.get_value(row, column)) for column, read in enumerate(reads))
            for row in range(result.ntuples)
        ]

    def _prepare(self, statement: str) -> tuple[bytes, list[str]]:
        order: list[str] = []

        def place(found: re.Match[str]) -> str:
            value = found[1] or found[2]
            if value not in order:
                order.append(value)
            return f"${order.index(value) + 1}"

        name = f"race{len(self._known)}".encode()
        self._sure(self._connection.prepare(name, _NAMED.sub(place, statement).encode()))
        self._known[statement] = name, order
        return self._known[statement]

    def _sure(self, result: PGresult) -> PGresult:
        if result.status not in _FINE:
            raise error_from_result(result)
        return result


def _text(value: Any) -> bytes | None:
    if value is None:
        return None
    if isinstance(value, bytes):
        return b"\\x" + value.hex().encode()
    if isinstance(value, dict):
        return json.dumps(value).encode()
    return str(value).encode()


def _value(read: Callable[[str], Any], value: bytes | None) -> Any:
    return None if value is None else read(value.decode())
