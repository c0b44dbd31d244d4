"""What the kinds of import have in common: how each is read, started and finished, and what it is told."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from sqlalchemy.orm import Session

from holds.actions.failing_rows import ListRow, OpenFailures
from holds.actions.source_lists import Done, OpenList
from holds.domain.staff import Acting
from holds.intake.list_file import ListFile
from holds.intake.problem import CellProblem
from holds.intake.sheet_choice import Remark
from holds.store.exposures import Incident
from holds.store.vault import Vault

BATCH = 500
T = TypeVar("T")
RowT = TypeVar("RowT", bound=ListRow)
RowT_co = TypeVar("RowT_co", bound=ListRow, covariant=True)

Work = Callable[[Session, Sequence[RowT]], Done]
"""Takes in one batch in the caller's transaction. The five counts after `rows` sum to `rows`."""


class Running(Protocol):
    """Does work in a transaction and gives its result: `Database.run`, or a trial's one transaction."""

    def __call__(self, work: Callable[[Session], T], /) -> T: ...


class Reader(Protocol[RowT_co]):
    """Opens a file of one kind. Raises IntakeError."""

    def __call__(
        self, path: Path, *, overrides: Mapping[str, str] | None, today: dt.date
    ) -> ListFile[RowT_co]: ...


@dataclass(frozen=True, kw_only=True)
class Opening(Generic[RowT]):
    """What the work of an import is made from, within a transaction."""

    session: Session
    vault: Vault
    acting: Acting
    opened: OpenList
    file: ListFile[RowT]
    failures: OpenFailures


@dataclass(frozen=True, kw_only=True)
class Finishing:
    """What is there after the last batch. `run` does what remains in transactions of its own. `whole`: see
    `Wish`."""

    run: Running
    vault: Vault
    acting: Acting
    opened: OpenList
    whole: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[RowT]):
    """One kind of import. `start` makes the work, again after a clash; `finish` gives further counts."""

    name: str
    read: Reader[RowT]
    start: Callable[[Opening[RowT]], Work[RowT]]
    finish: Callable[[Finishing], Mapping[str, int]] = lambda _: {}
    incident: Incident | None = None
    batch: int = BATCH

    @property
    def incident_id(self) -> uuid.UUID | None:
        """The incident of a record list; None for every other kind."""
        return self.incident.id if self.incident else None


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What whoever looks on is told. `on_file` comes before anything is written, and may raise."""

    on_file: Callable[[ListFile[ListRow]], None] = lambda _: None
    on_total: Callable[[int], None] = lambda _: None
    on_progress: Callable[[int], None] = lambda _: None


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How a file is to be imported.

    `overrides` are columns chosen by hand (field -> heading); `map_name` the saved mapping to take them from,
    and to keep them under; `dry_run`: everything is done and taken back; `shred`: the file is destroyed once
    it is in. `whole`: whether a custody file names everyone in custody; None where the file shall tell.
    """

    overrides: Mapping[str, str] = field(default_factory=dict)
    map_name: str | None = None
    dry_run: bool = False
    shred: bool = False
    whole: bool | None = None
    watch: Watch = field(default_factory=Watch)


@dataclass(frozen=True, kw_only=True)
class ImportOutcome:
    """What an import did: `reference` names the list for its report (None for a dry run).

    `repeated`: the file came before and had nothing more to give; `retried`: how many of its rows that had
    named nobody on record were tried again; `resumed`: it went on where it had broken off, and its counts
    are those of the whole; `errors`: the first of what could not be read, each with its sheet and the row it
    has there. `remarks`: which sheets were read, what is hidden in them.
    """

    reference: str | None
    counts: Mapping[str, int]
    mapping: tuple[tuple[str, str, str], ...]
    skipped: Mapping[str, int]
    source: tuple[str, str] = ("", "")
    errors: tuple[tuple[str, CellProblem], ...] = ()
    dry_run: bool = False
    repeated: bool = False
    resumed: bool = False
    retried: int = 0
    shredded: bool = False
    remarks: tuple[Remark, ...] = ()

    @property
    def to_mend(self) -> int:
        """Rows that wait in the report: not taken in, or taken in with something unreadable."""
        return self.counts["rejected"] + self.counts.get("rows_to_mend", 0)


COUNTED = ("rows", "imported", "updated", "duplicates", "without_number", "rejected")


def final_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """The six counts every import has, then the others by name."""
    whole = Counter(counts)
    return {name: whole[name] for name in COUNTED} | {
        name: value for name, value in sorted(whole.items()) if name not in COUNTED
    }
