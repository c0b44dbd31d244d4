"""Running the import of a whole list: batch after batch, each a transaction of its own.

A list is too long for one transaction, so this is the one action that opens them itself. A run that was
interrupted leaves the list `importing` (nobody is `not_on_record` meanwhile); run again, it goes on behind
the last batch that is in. Two runs of one file share its batches: each looks behind the lock what is done.
"""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Generic

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from holds.actions.failing_rows import OpenFailures
from holds.actions.list_kind import (
    Finishing,
    ImportOutcome,
    Kind,
    Opening,
    RowT,
    Running,
    Wish,
    Work,
    final_counts,
)
from holds.actions.list_outcome import Begun, kept_counts, problems_of, settle, told_counts
from holds.actions.list_progress import batches, note_progress, numbers, progress_of, set_aside
from holds.actions.saved_mappings import save_mapping, saved_mapping
from holds.actions.shredding import refuse_unshreddable, shred_file
from holds.actions.source_lists import (
    OpenList,
    Understood,
    close_list,
    file_sha256,
    finished_list,
    one_import_at_a_time,
    open_again,
    open_list,
    rows_not_on_record,
)
from holds.actions.synthetic_rows import synthetic_only
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.intake.list_file import ListFile
from holds.intake.problem import CellProblem
from holds.intake.source import demand_file
from holds.store.base import holdfast_now
from holds.store.engine import Database, disk_is_full
from holds.store.exposures import SourceList
from holds.store.ledger import tell

SHOWN_ERRORS = 200


class ImportStoppedError(RefusedError):
    """The import broke off; what it took in stays, and run again it goes on."""


def run_import(
    database: Database, *, acting: Acting, path: Path, kind: Kind[RowT], wish: Wish | None = None
) -> ImportOutcome:
    """Import a file. Raises IntakeError before anything is written; the same file again changes nothing."""
    require(acting, Verb.IMPORT)
    wish = wish or Wish()
    if wish.shred:
        refuse_unshreddable(path)
    demand_file(path)  # a pipe or device would be summed up for ever
    sha256 = file_sha256(path)
    overrides = dict(wish.overrides)
    with database.reading() as session:
        today = session.scalars(select(holdfast_now())).one().date()
        if wish.map_name is not None:
            saved = saved_mapping(session, acting=acting, kind=kind.name, name=wish.map_name)
            overrides = {**(saved or {}), **overrides}
    file = kind.read(path, overrides=overrides, today=today)
    # Read to the end first: a file that breaks in the middle must not leave a list half imported.
    total = sum(1 for _ in file.table.rows())
    wish.watch.on_file(file)
    wish.watch.on_total(total)
    understood = Understood(
        kind.name,
        sha256,
        file.heading,
        dict(file.mapping.headings),
        (path.name, file.sheet),
        bool(wish.overrides),
        kind.incident_id,
    )
    run = _Run(database, acting, file, kind, wish, understood, total)
    with set_aside():
        outcome = run.tried() if wish.dry_run else run.done()
    if wish.shred and not wish.dry_run:
        outcome = run.shredded(path, outcome)
    return outcome


@dataclass
class _Run(Generic[RowT]):
    database: Database
    acting: Acting
    file: ListFile[RowT]
    kind: Kind[RowT]
    wish: Wish
    understood: Understood
    total: int
    errors: list[CellProblem] = field(default_factory=list)
    work: Work[RowT] | None = None

    def done(self) -> ImportOutcome:
        """The import, a transaction for each batch."""
        begun = self.database.run(self._begin)
        opened = begun.opened
        if opened is None:
            return self._outcome(begun, {})
        counts: Counter[str] = Counter()
        for batch in batches(self._wanted(opened), self.kind.batch):
            counts += self._committed(opened, batch)
            self.wish.watch.on_progress(len(batch))
        if opened.retried is None:
            with self.database.reading() as session:
                counts = progress_of(session, opened.id).counts
        final = final_counts(counts) | dict(self._finish(opened, self.database.run))
        self.wish.watch.on_total(final["rows"])
        kept = final if begun.earlier is None else kept_counts(begun.earlier, final)
        reference = self.database.run(
            lambda session: close_list(session, acting=self.acting, opened=opened, counts=kept)
        )
        return self._outcome(begun, final, reference)

    def tried(self) -> ImportOutcome:
        """The same work on the same rows in one transaction that is taken back, so with the same figures."""
        with self.database.transaction() as session:
            begun = self._begin(session)
            final: dict[str, int] = {}
            if begun.opened is not None:
                final = self._tried_rows(session, begun.opened)
            session.rollback()
        return self._outcome(begun, final)

    def _tried_rows(self, session: Session, opened: OpenList) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for batch in batches(self._wanted(opened), self.kind.batch):
            taken, errors = self._take_in(session, opened, batch)
            counts += taken
            self.errors += errors
            self.wish.watch.on_progress(len(batch))
        if opened.retried is None:
            counts = progress_of(session, opened.id).counts
        return final_counts(counts) | dict(self._finish(opened, lambda work: work(session)))

    def shredded(self, path: Path, outcome: ImportOutcome) -> ImportOutcome:
        """Destroy the file; the ledger says which content it was."""
        shred_file(path, sha256=self.understood.sha256)

        def told(session: Session) -> None:
            known = select(SourceList.id).where(SourceList.reference == outcome.reference)
            codes = {"sha256": self.understood.sha256.hex()}
            tell(session, self.acting, "source.shredded", session.scalars(known).one(), codes=codes)

        self.database.run(told)
        return replace(outcome, shredded=True)

    def _begin(self, session: Session) -> Begun:
        """Behind the lock: the list to be filled, unless this very file is in and has nothing new."""
        one_import_at_a_time(session)
        vault = self.database.vault
        earlier = finished_list(session, self.understood)
        if earlier is None:
            opened = open_list(session, vault, acting=self.acting, file=self.understood)
            self._save_mapping(session, opened.id)
            return Begun(opened)
        self._save_mapping(session, earlier.id)
        unknown, untaken = rows_not_on_record(session, earlier.id)
        counts = numbers(earlier.counts)
        if not unknown:
            return Begun(None, earlier.reference, counts, untaken=untaken)
        again = open_again(session, vault, acting=self.acting, earlier=earlier, rows=unknown)
        return Begun(again, earlier.reference, counts, unknown, untaken)

    def _save_mapping(self, session: Session, list_id: uuid.UUID) -> None:
        if self.wish.map_name is None:
            return
        none = {name: "" for name, heading in self.wish.overrides.items() if not heading}
        save_mapping(
            session,
            acting=self.acting,
            kind=self.kind.name,
            name=self.wish.map_name,
            fields={**self.understood.fields, **none},
            list_id=list_id,
        )

    def _wanted(self, opened: OpenList) -> Iterator[RowT]:
        return (row for row in self.file.rows if opened.retried is None or row.row in opened.retried)

    def _committed(self, opened: OpenList, rows: Sequence[RowT], attempts: int = 4) -> Counter[str]:
        """One batch in one transaction; after a clash it starts from what is there by now."""
        for attempt in range(attempts):
            try:
                with self.database.transaction() as session:
                    one_import_at_a_time(session)
                    counts, errors = self._take_in(session, opened, rows)
                self.errors += errors
                return counts
            except DBAPIError as error:
                self.work = None
                if disk_is_full(error):
                    raise ImportStoppedError(
                        "The disk is full. What is in stays; make room, then run the same import again."
                    ) from None
                if attempt == attempts - 1:
                    raise
        raise AssertionError("unreachable")

    def _take_in(
        self, session: Session, opened: OpenList, rows: Sequence[RowT]
    ) -> tuple[Counter[str], list[CellProblem]]:
        """What of a batch is not in yet, with what it leaves to mend and what it mends; counts and errors."""
        before = progress_of(session, opened.id)
        if opened.retried is None:
            rows = [row for row in rows if row.row > before.reached] if before.open else []
        if not rows:
            return Counter(), []
        if self.work is None:
            self.work = self._start(session, opened)
        done = self.work(session, rows)
        settle(session, self.acting, opened, rows, done)
        if opened.retried is None:
            counts = before.counts + done.counts
            note_progress(session, opened.id, reached=rows[-1].row, counts=counts)
        room = SHOWN_ERRORS - len(self.errors)
        return done.counts, problems_of(done)[: max(room, 0)]

    def _start(self, session: Session, opened: OpenList) -> Work[RowT]:
        file, vault = self.file, self.database.vault
        identifying = [file.mapping.headings[f] for f in file.table.identifying if f in file.mapping.headings]
        failures = OpenFailures(session, vault, opened, identifying)
        work = self.kind.start(
            Opening(
                session=session,
                vault=vault,
                acting=self.acting,
                opened=opened,
                file=file,
                failures=failures,
            )
        )
        return synthetic_only(session, opened, file.mapping, failures, work)

    def _finish(self, opened: OpenList, run: Running) -> Mapping[str, int]:
        vault = self.database.vault
        whole = self.wish.whole
        return self.kind.finish(
            Finishing(run=run, vault=vault, acting=self.acting, opened=opened, whole=whole)
        )

    def _placed(self, problem: CellProblem) -> tuple[str, CellProblem]:
        sheet, row = self.file.place_of(problem.row)
        return sheet, replace(problem, row=row)

    def _outcome(self, begun: Begun, final: Mapping[str, int], reference: str | None = None) -> ImportOutcome:
        return ImportOutcome(
            reference=None if self.wish.dry_run else reference or begun.reference,
            counts=told_counts(begun, final, self.total),
            mapping=tuple(self.file.mapping.display_rows()),
            skipped=dict(self.file.skipped) if begun.opened else {},
            source=self.understood.names,
            errors=tuple(map(self._placed, self.errors)),
            dry_run=self.wish.dry_run,
            repeated=begun.opened is None,
            resumed=begun.opened is not None and begun.opened.resumed,
            retried=len(begun.unknown),
            remarks=self.file.remarks,
        )
