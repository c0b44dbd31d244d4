"""What every import shares: the list on record, its failing rows, and the places it names."""

import datetime as dt
import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from holds.actions.list_progress import RETRYING
from holds.domain.staff import Acting
from holds.intake.problem import CellProblem
from holds.store.base import holdfast_now, new_id
from holds.store.exposures import FailingRow, SourceList
from holds.store.ledger import tell
from holds.store.people import DataKey
from holds.store.sealing import OwnerKey
from holds.store.vault import Vault, open_json, seal_json


@dataclass(frozen=True)
class OpenList:
    """A list being imported, and the key of what names nobody yet.

    `retried`, where the same file comes again: the rows that named nobody on record when it first came.
    `resumed`: an earlier run broke off behind some of its batches.
    """

    id: uuid.UUID
    kind: str
    key: OwnerKey
    heading: tuple[str, ...]
    started_at: dt.datetime
    incident_id: uuid.UUID | None = None
    retried: frozenset[int] | None = None
    resumed: bool = False


@dataclass(frozen=True)
class Failure:
    """A row kept for mending. `person_id` is None where it was not taken in; `columns` are the headings of
    the cells in question, `codes` say what is wrong with them."""

    source_list_id: uuid.UUID
    row_number: int
    person_id: uuid.UUID | None
    columns: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()


@dataclass
class Done:
    """What became of a batch: counts, rows to keep because something in them needs mending, rows it mends."""

    counts: Counter[str] = field(default_factory=Counter)
    failing: list[dict[str, Any]] = field(default_factory=list)
    mended: list[Failure] = field(default_factory=list)


NOT_ON_RECORD = "person.not_on_record"
IMPORT_LOCK = 0x4F4C44  # any number that nothing else in this database locks


def one_import_at_a_time(session: Session) -> None:
    """Wait for another import's transaction: two lists must not both find a number unknown."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(IMPORT_LOCK)))


def file_sha256(path: Path) -> bytes:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


@dataclass(frozen=True)
class Understood:
    """A file as it was understood: its content, its headings, which of them is what, and its own names.

    `by_hand`: columns were chosen; a list from before mappings were kept is then not taken for the same.
    """

    kind: str
    sha256: bytes
    heading: tuple[str, ...]
    fields: Mapping[str, str]
    names: tuple[str, str] = ("", "")
    by_hand: bool = False
    incident_id: uuid.UUID | None = None

    def same_as(self, other: SourceList) -> bool:
        """Whether a list of the same content was understood in the same way."""
        if other.mapping is None:
            return not self.by_hand
        return other.mapping == dict(self.fields)


def _lists_of(session: Session, file: Understood, *states: str) -> Sequence[SourceList]:
    return session.scalars(
        select(SourceList)
        .where(
            SourceList.kind == file.kind,
            SourceList.sha256 == file.sha256,
            SourceList.incident_id.is_not_distinct_from(file.incident_id),
            SourceList.state.in_(states),
        )
        .order_by(SourceList.started_at, SourceList.id)
    ).all()


def finished_list(session: Session, file: Understood) -> SourceList | None:
    """The list with exactly this content, understood in this way, that was imported to its end once; one
    that was opened again for some of its rows is among them."""
    found = [
        known
        for known in _lists_of(session, file, "done", "importing")
        if file.same_as(known) and (known.state == "done" or RETRYING in known.counts)
    ]
    return found[0] if found else None


def open_list(session: Session, vault: Vault, *, acting: Acting, file: Understood) -> OpenList:
    """Put a list on record as `importing`, or take up the one that was interrupted.

    Taken up with its columns understood in another way, it begins again: its rows may say other things now.
    """
    unfinished = next((one for one in _lists_of(session, file, "importing")), None)
    if unfinished is not None:
        if not file.same_as(unfinished):
            afresh = {"mapping": dict(file.fields), "reached": None, "counts": {}}
            session.execute(update(SourceList).where(SourceList.id == unfinished.id).values(**afresh))
        return OpenList(
            unfinished.id,
            file.kind,
            vault.key(session, unfinished.id),
            file.heading,
            unfinished.started_at,
            file.incident_id,
            resumed=unfinished.reached is not None and file.same_as(unfinished),
        )
    of_kind = (
        SourceList.kind == file.kind,
        SourceList.incident_id.is_not_distinct_from(file.incident_id),
    )
    version = session.scalar(select(func.count()).select_from(SourceList).where(*of_kind)) or 0
    list_id, now = new_id(), session.scalars(select(holdfast_now())).one()
    key, key_row = vault.make_key(list_id, "source_list")
    row = {
        "id": list_id,
        "organisation_id": acting.organisation_id,
        "kind": file.kind,
        "incident_id": file.incident_id,
        "version": version + 1,
        "sha256": file.sha256,
        "state": "importing",
        "heading": list(file.heading),
        "mapping": dict(file.fields),
        "sealed_source": seal_json(key, "source_list", "sealed_source", list_id, list(file.names)),
        "counts": {},
        "imported_by": acting.id,
        "started_at": now,
    }
    session.execute(insert(DataKey), [key_row])
    session.execute(insert(SourceList), [row])
    tell(
        session,
        acting,
        "list.opened",
        list_id,
        codes={"kind": file.kind, "sha256": file.sha256.hex(), "version": version + 1},
    )
    return OpenList(list_id, file.kind, key, file.heading, now, file.incident_id)


def names_of_source(session: Session, vault: Vault, source_list: SourceList) -> tuple[str, str]:
    """The names of the file and of its sheet; empty where they were not kept, or were shredded."""
    key = vault.keys(session, [source_list.id]).get(source_list.id)
    if key is None or source_list.sealed_source is None:
        return ("", "")
    file, sheet = open_json(key, "source_list", "sealed_source", source_list.id, source_list.sealed_source)
    return (file, sheet)


def open_again(
    session: Session, vault: Vault, *, acting: Acting, earlier: SourceList, rows: frozenset[int]
) -> OpenList:
    """Take up a finished list whose file came again, for those `rows` that named nobody on record."""
    if RETRYING not in earlier.counts:
        counts = {**earlier.counts, RETRYING: True}
        session.execute(
            update(SourceList).where(SourceList.id == earlier.id).values(state="importing", counts=counts)
        )
        codes = {"kind": earlier.kind, "rows": len(rows)}
        tell(session, acting, "list.opened_again", earlier.id, codes=codes)
    return OpenList(
        earlier.id,
        earlier.kind,
        vault.key(session, earlier.id),
        tuple(earlier.heading),
        earlier.started_at,
        earlier.incident_id,
        rows,
    )


def close_list(session: Session, *, acting: Acting, opened: OpenList, counts: dict[str, Any]) -> str:
    """The list is in: its counts stand, and the database may say `not_on_record` again. Its reference.

    Where another run of the same file closed it already, that stays as it is.
    """
    known = session.execute(
        select(SourceList.state, SourceList.reference).where(SourceList.id == opened.id)
    ).one()
    if known.state != "importing":
        return str(known.reference)
    session.execute(
        update(SourceList)
        .where(SourceList.id == opened.id)
        .values(state="done", counts=counts, finished_at=holdfast_now())
    )
    tell(session, acting, "list.closed", opened.id, codes={"kind": opened.kind, "counts": counts})
    return str(known.reference)


def failing_row(
    opened: OpenList,
    *,
    row_number: int,
    cells: Sequence[str],
    problems: Iterable[CellProblem],
    person_key: OwnerKey | None = None,
) -> dict[str, Any]:
    """The `failing_row` to insert: the cells sealed, the problems as column and code alone."""
    key = person_key or opened.key
    place = f"{opened.id}/{row_number}"
    return {
        "source_list_id": opened.id,
        "row_number": row_number,
        "person_id": person_key.owner_id if person_key else None,
        "key_owner_id": key.owner_id,
        "sealed_cells": seal_json(key, "failing_row", "sealed_cells", place, list(cells)),
        "problems": [{"column": p.column, "letter": p.letter, "code": p.code} for p in problems],
        "mended_by": None,
    }


def rows_not_on_record(session: Session, list_id: uuid.UUID) -> tuple[frozenset[int], frozenset[int]]:
    """(rows that named nobody on record, all rows not taken in) of a list, as far as they are open."""
    rows = session.execute(
        select(FailingRow.row_number, FailingRow.problems).where(
            FailingRow.source_list_id == list_id,
            FailingRow.mended_by.is_(None),
            FailingRow.person_id.is_(None),
        )
    ).all()
    unknown = {row.row_number for row in rows if any(p["code"] == NOT_ON_RECORD for p in row.problems)}
    return frozenset(unknown), frozenset(row.row_number for row in rows)


def save_failing_rows(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keep failing rows; those that an interrupted run kept already are left as they are."""
    if not rows:
        return
    list_id = rows[0]["source_list_id"]
    numbers = [row["row_number"] for row in rows]
    kept = set(
        session.scalars(
            select(FailingRow.row_number).where(
                FailingRow.source_list_id == list_id, FailingRow.row_number.in_(numbers)
            )
        )
    )
    fresh = [row for row in rows if row["row_number"] not in kept]
    if fresh:
        session.execute(insert(FailingRow), fresh)
