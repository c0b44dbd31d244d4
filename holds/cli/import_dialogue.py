"""The dialogue of an import: the columns found are shown and confirmed, then a bar; all on standard error.

What stands in a column is shown by its shape alone: a terminal is logged, shared and looked at.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from holds.actions.failing_rows import ListRow
from holds.actions.list_kind import Watch
from holds.domain.refusal import RefusedError
from holds.intake.columns import Mapping
from holds.intake.list_file import ListFile


class NotConfirmedError(RefusedError):
    """Nobody confirmed the columns, and nobody is there to be asked; nothing was written."""


def mapping_table(mapping: Mapping) -> Table:
    """The columns as they were understood: field, column, heading, the shapes of its cells, and why."""
    where = f"headings in row {mapping.header_row}" if mapping.header_row else "no row of headings"
    table = Table(title=f"“{mapping.sheet}”, {where}", title_justify="left")
    for heading in ("Field", "Column", "Heading", "Cells look like", "Told by"):
        table.add_column(heading)
    for name, letter, heading in mapping.display_rows():
        looks = "  ".join(mapping.shapes.get(name, ()))
        table.add_row(name, letter, heading, looks, mapping.evidence.get(name, ""))
    return table


@contextmanager
def watching(console: Console, *, ask: bool) -> Iterator[Watch]:
    """Show the mapping and, where `ask`, have it confirmed before anything is written."""
    progress = Progress(
        TextColumn("Importing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console
    )
    task = progress.add_task("rows", total=None)

    def on_file(file: ListFile[ListRow]) -> None:
        console.print(mapping_table(file.mapping), markup=False)
        if file.mapping.unmapped:
            console.print(f"Not used: {', '.join(file.mapping.unmapped)}", markup=False)
        for remark in file.remarks:
            console.print(remark.sentence, markup=False, highlight=False)
        if ask:
            confirm()
        progress.start()

    def on_total(total: int) -> None:
        progress.update(task, total=total)

    try:
        yield Watch(on_file=on_file, on_total=on_total, on_progress=lambda done: progress.advance(task, done))
    finally:
        progress.stop()


def confirm() -> None:
    """Ask whether the columns are right. Where nobody can answer, that is no yes."""
    if not sys.stdin.isatty():
        raise NotConfirmedError(
            "Nobody is here to confirm these columns, so nothing was written. "
            "Add --yes if they are right, or --dry-run to see what would be done."
        )
    if not click.confirm("Are these the right columns?", default=True, err=True):
        raise click.Abort
