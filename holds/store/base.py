"""The one metadata that both packages declare their tables on, and the column types they share."""

import datetime as dt
import os
import secrets
import time
import uuid
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, MetaData, Uuid
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

MUTABLE = {"info": {"mutable": True}}
"""Marks a table whose rows may be updated. Without a mark a table is append-only, by trigger."""
DELETABLE = {"info": {"deletable": True}}
"""Marks a table whose rows may be updated and deleted: keys, indexes, sessions, shreddable details."""

REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = tuple(first + second for first in REFERENCE_ALPHABET for second in REFERENCE_ALPHABET)


class UTCDateTime(TypeDecorator[dt.datetime]):
    """An instant. Takes aware datetimes of any zone, gives them back in UTC; refuses naive ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored; give it one")
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if dialect.name == "sqlite" else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """Base of every table of holds and notify: one metadata, one migration history."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, TypeEngine[Any]]] = {
        dt.datetime: UTCDateTime(),
        uuid.UUID: Uuid(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }


class holdfast_now(FunctionElement[dt.datetime]):  # noqa: N801 - named as the SQL function it compiles to
    """The database's time, and the demo's movable one: never the host's (guarantee 5)."""

    type = UTCDateTime()
    inherit_cache = True


@compiles(holdfast_now, "postgresql")
def _now_postgresql(_element: Any, _compiler: Any, **_kw: Any) -> str:
    return "holdfast_now()"


@compiles(holdfast_now, "sqlite")
def _now_sqlite(_element: Any, _compiler: Any, **_kw: Any) -> str:
    return "(SELECT now FROM holdfast_clock)"


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562, 5.7): keys are made here, so that no insert needs RETURNING."""
    milliseconds = time.time_ns() // 1_000_000
    rest = int.from_bytes(os.urandom(10))
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | rest >> 68 << 64
    return uuid.UUID(int=value | 0b10 << 62 | rest & (2**62 - 1))


def new_reference(length: int = 10) -> str:
    """A random public reference, in letters and digits that are not mistaken for one another."""
    number, reference = secrets.randbelow(len(REFERENCE_ALPHABET) ** length), ""
    for _ in range(length // 2):
        number, pair = divmod(number, len(_PAIRS))
        reference += _PAIRS[pair]
    return reference + REFERENCE_ALPHABET[number] * (length % 2)
