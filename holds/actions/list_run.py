"""Running the import of a whole list: batch after batch, each a transaction of its own.

A list is too long for one transaction, so this is the one action that opens them itself. A run that was
interrupted leaves the list `importing` (nobody is `not_on_record` meanwhile); run again, it goes on.
"""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from holds.actions.failing_rows import ListRow, OpenFailures, mend
from holds.actions.source_lists import (
    Done,
    Failure,
    OpenList,
    close_list,
    file_sha256,
    finished_list,
    one_import_at_a_time,
    open_again,
    open_list,
    rows_not_on_record,
    save_failing_rows,
)
from holds.actions.synthetic_rows import synthetic_only
from holds.domain.staff import Acting, Verb, require
from holds.intake.list_file import ListFile
from holds.intake.sheet_choice import Remark
from holds.intake.source import demand_file
from holds.store.base import holdfast_now
from holds.store.engine import Database
from holds.store.exposures import Incident, SourceList

BATCH = 500
COUNTED = ("rows", "imported", "updated", "duplicates", "without_number", "rejected")
T = TypeVar("T")
RowT = TypeVar("RowT", bound=ListRow)


Work = Callable[[Session, Sequence[RowT]], Done]
"""Takes in one batch in the caller's transaction. The five counts after `rows` sum to `rows`."""


@dataclass(frozen=True, kw_only=True)
class Job(Generic[RowT]):
    """One kind of import. `start` makes the work within a transaction, again after a clash; `again` says
    whether a file that came before has nothing more to give; `finish` runs after the last batch."""

    kind: str
    read: Callable[[dt.date], ListFile[RowT]]
    start: Callable[[Session, OpenList, ListFile[RowT], OpenFailures], Work[RowT]]
    finish: Callable[[OpenList], Mapping[str, int]] = lambda _: {}
    incident: Incident | None = None
    batch: int = BATCH
    mapped_by_hand: bool = False


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did: `reference` names the list for its report (None for a dry run).

    `repeated`: the file came before and had nothing more to give; `retried`: how many of its rows that had
    named nobody on record were tried again. `remarks`: which sheets were read, what is hidden in them.
    """

    reference: str | None
    counts: Mapping[str, int]
    mapping: tuple[tuple[str, str, str], ...]
    skipped: Mapping[str, int]
    dry_run: bool = False
    repeated: bool = False
    retried: int = 0
    remarks: tuple[Remark, ...] = ()

    @property
    def to_mend(self) -> int:
        """Rows that wait in the report: not taken in, or taken in with something unreadable."""
        return self.counts["rejected"] + self.counts.get("rows_to_mend", 0)


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What whoever looks on is told. `on_file` comes before anything is written, and may raise."""

    on_file: Callable[[ListFile[ListRow]], None] = lambda _: None
    on_total: Callable[[int], None] = lambda _: None
    on_progress: Callable[[int], None] = lambda _: None


def batches(rows: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Consecutive lists of at most `size` rows."""
    iterator = iter(rows)
    while batch := list(itertools.islice(iterator, size)):
        yield batch


def run_import(
    database: Database,
    *,
    acting: Acting,
    path: Path,
    job: Job[RowT],
    dry_run: bool = False,
    watch: Watch | None = None,
) -> ImportOutcome:
    """Import a file. Raises IntakeError before anything is written; the same file again changes nothing."""
    require(acting, Verb.IMPORT)
    watch = watch or Watch()
    incident_id = job.incident.id if job.incident else None
    demand_file(path)  # a pipe or device would be summed up for ever
    sha256 = file_sha256(path)
    with database.reading() as session:
        today = session.scalars(select(holdfast_now())).one().date()
    file = job.read(today)
    # Read to the end first: a file that breaks in the middle must not leave a list half imported.
    total = sum(1 for _ in file.table.rows())
    watch.on_file(file)
    watch.on_total(total)
    with database.reading() as session:
        # Columns chosen by hand give the same file another meaning; its rows tell what is new in it.
        earlier = None if job.mapped_by_hand else finished_list(session, job.kind, sha256, incident_id)
        unknown, untaken = rows_not_on_record(session, earlier.id) if earlier else (frozenset(), frozenset())
    if earlier is not None and (dry_run or not unknown):
        rejected = min(len(untaken), earlier.counts["rejected"])
        return _repeated(file, earlier, total, rejected)

    def opening(session: Session) -> OpenList:
        if earlier is not None:
            return open_again(session, database.vault, acting=acting, earlier=earlier, rows=unknown)
        return open_list(
            session,
            database.vault,
            acting=acting,
            kind=job.kind,
            sha256=sha256,
            heading=file.heading,
            incident_id=incident_id,
        )

    if dry_run:
        return _dry_run(database, opening, acting=acting, file=file, job=job, watch=watch)
    opened = database.run(opening)
    counts: Counter[str] = Counter()
    work: Work[RowT] | None = None
    wanted = (row for row in file.rows if earlier is None or row.row in unknown)
    for batch in batches(wanted, job.batch):
        done, work = _run_batch(
            database, acting=acting, opened=opened, file=file, job=job, rows=batch, work=work
        )
        counts += done
        watch.on_progress(len(batch))
    watch.on_total(counts["rows"])
    final = _final(counts) | dict(job.finish(opened))
    kept = final if earlier is None else _kept(earlier.counts, final)
    if earlier is not None:
        final |= {
            "rows": total,
            "rejected": final["rejected"] + len(untaken - unknown),
            "duplicates": final["duplicates"] + total - len(untaken),
        }
    reference = database.run(lambda s: close_list(s, acting=acting, opened=opened, counts=kept))
    mapping = tuple(file.mapping.display_rows())
    return ImportOutcome(
        reference, final, mapping, dict(file.skipped), retried=len(unknown), remarks=file.remarks
    )


def _kept(before: Mapping[str, int], retried: Mapping[str, int]) -> dict[str, int]:
    """The counts of a list as they stand after rows that it had rejected were tried again."""
    gained = {name: before[name] + retried[name] for name in ("imported", "updated", "without_number")}
    taken = sum(retried[name] for name in COUNTED[1:] if name != "rejected")
    return (
        dict(before)
        | gained
        | {
            "duplicates": before["duplicates"] + retried["duplicates"],
            "rejected": before["rejected"] - taken,
            "not_on_record": retried.get("not_on_record", 0),
        }
    )


def _run_batch(
    database: Database,
    *,
    acting: Acting,
    opened: OpenList,
    file: ListFile[RowT],
    job: Job[RowT],
    rows: Sequence[RowT],
    work: Work[RowT] | None,
    attempts: int = 4,
) -> tuple[Counter[str], Work[RowT]]:
    """One batch in one transaction; after a clash with another import it starts from what is there now."""
    for attempt in range(attempts):
        try:
            with database.transaction() as session:
                one_import_at_a_time(session)
                if work is None:
                    work = _start(session, database, opened, file, job)
                done = take_in(session, acting=acting, opened=opened, rows=rows, work=work)
            return done, work
        except DBAPIError:
            work = None
            if attempt == attempts - 1:
                raise
    raise AssertionError("unreachable")


def take_in(
    session: Session, *, acting: Acting, opened: OpenList, rows: Sequence[RowT], work: Work[RowT]
) -> Counter[str]:
    """A batch with what it leaves to mend and what it mends; the counts."""
    done = work(session, rows)
    save_failing_rows(session, done.failing)
    mended = list(done.mended)
    if opened.retried is not None:
        still = {failing["row_number"] for failing in done.failing}
        mended += [Failure(opened.id, row.row, None) for row in rows if row.row not in still]
    mend(session, acting=acting, opened=opened, mended=mended)
    if mended:
        done.counts["mended"] += len(set(mended))
    return done.counts


def _start(
    session: Session, database: Database, opened: OpenList, file: ListFile[RowT], job: Job[RowT]
) -> Work[RowT]:
    identifying = [file.mapping.headings[f] for f in file.table.identifying if f in file.mapping.headings]
    failures = OpenFailures(session, database.vault, opened, identifying)
    work = job.start(session, opened, file, failures)
    return synthetic_only(session, opened, file.mapping, failures, work)


def _dry_run(
    database: Database,
    opening: Callable[[Session], OpenList],
    *,
    acting: Acting,
    file: ListFile[RowT],
    job: Job[RowT],
    watch: Watch,
) -> ImportOutcome:
    """The same work on the same rows in one transaction that is taken back."""
    counts: Counter[str] = Counter()
    with database.transaction() as session:
        one_import_at_a_time(session)
        opened = opening(session)
        work = _start(session, database, opened, file, job)
        for batch in batches(file.rows, job.batch):
            counts += take_in(session, acting=acting, opened=opened, rows=batch, work=work)
            watch.on_progress(len(batch))
        session.rollback()
    mapping = tuple(file.mapping.display_rows())
    return ImportOutcome(
        None, _final(counts), mapping, dict(file.skipped), dry_run=True, remarks=file.remarks
    )


def _final(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in COUNTED} | {
        name: value for name, value in sorted(counts.items()) if name not in COUNTED
    }


def _repeated(file: ListFile[RowT], earlier: SourceList, rows: int, rejected: int) -> ImportOutcome:
    again = dict.fromkeys(COUNTED, 0) | {"rows": rows, "duplicates": rows - rejected, "rejected": rejected}
    mapping = tuple(file.mapping.display_rows())
    return ImportOutcome(earlier.reference, again, mapping, {}, repeated=True, remarks=file.remarks)
