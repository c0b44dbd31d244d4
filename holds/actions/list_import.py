"""An import as edges call it: the same call for every kind of file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from holds.actions.list_kind import ImportOutcome, Kind, RowT, Watch, Wish
from holds.actions.list_run import run_import
from holds.domain.staff import Acting
from holds.store.engine import Database


@dataclass(frozen=True)
class Import(Generic[RowT]):
    """An import as edges call it, of one kind of file."""

    kind: Kind[RowT]

    def __call__(
        self,
        database: Database,
        *,
        acting: Acting,
        path: Path,
        overrides: Mapping[str, str] | None = None,
        dry_run: bool = False,
        watch: Watch | None = None,
        wish: Wish | None = None,
    ) -> ImportOutcome:
        """Import a file; `wish` says everything there is to say, the three before it the most usual."""
        wish = wish or Wish(overrides=overrides or {}, dry_run=dry_run, watch=watch or Watch())
        return run_import(database, acting=acting, path=path, kind=self.kind, wish=wish)
