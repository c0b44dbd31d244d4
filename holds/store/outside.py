"""What is known of the database outside of it: a marker, and the ledger rows that left the host.

`database-marker.json` says which database was left open: its id, its instance, on PostgreSQL its cluster,
timeline and oids, and the newest sealed head. `gate-rows.jsonl` holds rows that name nobody. Where the
database does not match both, it was restored, copied or failed over, and everybody is blocked.
"""

import contextlib
import fcntl
import json
import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, exists, select
from sqlalchemy.orm import Session

from holds.domain.restore import OutsideRow, leaves_the_host, read_outside_row
from holds.store.database import DatabaseMark
from holds.store.ledger_rows import LedgerHead, LedgerRow
from holds.store.openings import DatabaseOpening

FOLDER, LEAVING = "holdfast.outside", "holdfast.leaving"
"""Keys of `Session.info`: the folder outside, and ids of rows written that leave it after the commit."""
MARKER, ROWS = "database-marker.json", "gate-rows.jsonl"
CHUNK = 500
LINE, TAIL = 4 * 1024, 64 * 1024
"""How much of the end is read: mostly one line is in the first."""
PLACE = (
    "SELECT c.system_identifier::text || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) || '/' || "
    "(SELECT d.oid FROM pg_database d WHERE d.datname = current_database()) || '/' || "
    "'public.database_mark'::regclass::oid FROM pg_control_system() c"
)


@dataclass(frozen=True)
class Marker:
    """`size` and `root` (hex) are of the newest head known outside; 0 and empty before the first."""

    database_id: str
    instance_id: str
    place: str
    size: int
    root: str


def place_of(connection: Connection) -> str:
    """Where the database lives. PostgreSQL: cluster, timeline, database and table; SQLite: nothing more
    than its instance, because a file that is moved is the same database."""
    if connection.dialect.name != "postgresql":
        return connection.dialect.name
    return str(connection.exec_driver_sql(PLACE).scalar_one())


def marker_of(session: Session) -> Marker | None:
    """The marker this database would have now; None where it was never set up."""
    database_id = session.scalar(select(DatabaseMark.database_id))
    newest = select(DatabaseOpening.instance_id).order_by(DatabaseOpening.number.desc()).limit(1)
    instance_id = session.scalar(newest)
    if database_id is None or instance_id is None:
        return None
    head = session.execute(
        select(LedgerHead.size, LedgerHead.root).order_by(LedgerHead.size.desc()).limit(1)
    ).one_or_none()
    size, root = (head.size, head.root.hex()) if head else (0, "")
    return Marker(str(database_id), str(instance_id), place_of(session.connection()), size, root)


@dataclass(frozen=True)
class Outside:
    """What is known outside: the marker, None where there is no sound one, and the newest row that left."""

    marker: Marker | None
    last: uuid.UUID | None


@dataclass(frozen=True)
class Here:
    """The same as the database has it. `root` (hex) is of the head of the marker's size, None without one;
    `has_row`: the newest row outside is in its ledger."""

    database_id: uuid.UUID | None
    instance_id: uuid.UUID | None
    place: str | None
    root: str | None
    has_row: bool


def look_outside(folder: Path) -> Outside:
    """What is outside now. It is read before the database is: a row that left was committed before, so it
    must be there afterwards."""
    try:
        return Outside(read_marker(folder), last_row_id(folder))
    except (OSError, ValueError, KeyError, TypeError):
        return Outside(None, None)


def restored(outside: Outside, here: Here) -> tuple[str, ...]:
    """Why this is not the database that was left open, as codes; empty when it is."""
    marker = outside.marker
    if marker is None:
        return ("database.marker_missing",)
    same = (str(here.database_id), str(here.instance_id), here.place) == (
        marker.database_id,
        marker.instance_id,
        marker.place,
    )
    has_head = marker.size == 0 or here.root == marker.root
    has_row = outside.last is None or here.has_row
    return () if same and has_head and has_row else ("database.restored",)


def restored_reasons(session: Session, folder: Path) -> tuple[str, ...]:
    """The same, asked of the database here."""
    outside, known = look_outside(folder), None
    if outside.marker is not None:
        known = marker_of(session)
    if outside.marker is None or known is None:
        return ("database.marker_missing",) if outside.marker is None else ("database.restored",)
    root = session.scalar(select(LedgerHead.root).where(LedgerHead.size == outside.marker.size))
    here = Here(
        uuid.UUID(known.database_id),
        uuid.UUID(known.instance_id),
        known.place,
        None if root is None else root.hex(),
        bool(session.scalar(select(exists().where(LedgerRow.id == outside.last)))),
    )
    return restored(outside, here)


def read_marker(folder: Path) -> Marker:
    """The marker; an OSError, ValueError, KeyError or TypeError where there is no sound one."""
    return _marker(_read(f"{folder}/{MARKER}", LINE))


@lru_cache(maxsize=8)
def _marker(text: bytes) -> Marker:
    # The file is read at every look; that the same bytes say the same need not be found out each time.
    marker = Marker(**json.loads(text))
    if not isinstance(marker.size, int):
        raise TypeError("the marker's size is no number")
    return marker


def _read(path: str, length: int, *, end: bool = False) -> bytes:
    """The first so many bytes of a file, or the last."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        start = max(0, os.fstat(descriptor).st_size - length) if end else 0
        return os.pread(descriptor, length, start)
    finally:
        os.close(descriptor)


def write_marker(folder: Path, marker: Marker) -> None:
    """Put the marker in place, whole or not at all, and sync it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_file(folder / MARKER, [json.dumps(asdict(marker), sort_keys=True)])


def replace_file(path: Path, lines: Iterable[str]) -> None:
    """Write a file anew beside the old one, sync it, and put it in the old one's place."""
    fresh = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        for line in lines:
            file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def append_rows(folder: Path, rows: Sequence[OutsideRow]) -> None:
    """Add rows to those outside and sync them. A line that a crash left torn is closed first."""
    if not rows:
        return
    descriptor = os.open(folder / ROWS, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab+") as file, _locked(file.fileno()):
        end = file.seek(0, os.SEEK_END)
        torn = end > 0 and os.pread(file.fileno(), 1, end - 1) != b"\n"
        file.write(b"\n" * torn + b"".join(row.as_json().encode() + b"\n" for row in rows))
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def _locked(descriptor: int) -> Iterator[None]:
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def _tail(folder: Path, length: int) -> bytes:
    """The last lines outside, the first of them perhaps cut."""
    try:
        return _read(f"{folder}/{ROWS}", length, end=True)
    except FileNotFoundError:
        return b""


def tail_ids(folder: Path) -> set[uuid.UUID]:
    """Ids of the rows that left last: most of what would otherwise leave twice."""
    found = set()
    for line in _tail(folder, 64 * TAIL).splitlines():
        with contextlib.suppress(ValueError, KeyError, TypeError):
            found.add(read_outside_row(line.decode()).id)
    return found


def last_row_id(folder: Path) -> uuid.UUID | None:
    """The newest whole row outside; None where there is none. A torn last line is passed over."""
    found, lines = None, 0
    for length in (LINE, TAIL):
        found, lines = _newest(_tail(folder, length))
        if found is not None:
            return found
    if lines > 1:
        raise ValueError("no whole row at the end of the rows outside")
    return None  # nothing ever left, or the very first row was torn


@lru_cache(maxsize=8)
def _newest(tail: bytes) -> tuple[uuid.UUID | None, int]:
    """The id in the last whole line, and how many lines there are; remembered as the marker's bytes are."""
    lines = tail.splitlines()
    for line in reversed(lines):
        try:
            return read_outside_row(line.decode()).id, len(lines)
        except (ValueError, KeyError, TypeError):
            continue
    return None, len(lines)


def read_rows(folder: Path) -> tuple[list[OutsideRow], int]:
    """Every row outside, each once, and how many lines were damaged."""
    found: dict[uuid.UUID, OutsideRow] = {}
    damaged = 0
    try:
        lines = (folder / ROWS).read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return [], 0
    for line in filter(None, lines):
        try:
            row = read_outside_row(line)
            found[row.id] = row
        except (ValueError, KeyError, TypeError):
            damaged += 1
    return list(found.values()), damaged


def let_leave(session: Session, folder: Path, row_ids: Sequence[uuid.UUID]) -> int:
    """Append committed rows to those outside; how many. A database that was put back adds nothing: the
    last row outside must go on telling that it is gone."""
    if restored_reasons(session, folder):
        return 0
    rows: list[OutsideRow] = []
    for start in range(0, len(row_ids), CHUNK):
        chunk = row_ids[start : start + CHUNK]
        told = select(
            LedgerRow.id, LedgerRow.verb, LedgerRow.subject_id, LedgerRow.person_id, LedgerRow.codes
        )
        found = session.execute(told.where(LedgerRow.id.in_(chunk)).order_by(LedgerRow.id))
        rows += [OutsideRow(*row) for row in found]
    append_rows(folder, rows)
    return len(rows)


def outside_row(row: LedgerRow) -> OutsideRow:
    """What of a ledger row leaves the host."""
    return OutsideRow(row.id, row.verb, row.subject_id, row.person_id, row.codes)


def note_leaving(session: Session, rows: Iterable[tuple[uuid.UUID, str]]) -> None:
    """Remember rows just written, by id and verb, for after the commit."""
    leaving = session.info.setdefault(LEAVING, [])
    leaving += [row_id for row_id, verb in rows if leaves_the_host(verb)]
