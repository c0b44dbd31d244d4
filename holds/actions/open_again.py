"""After a reconciliation is committed: what is outside is put aside, and the new marker written last."""

import json
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.domain.restore import leaves_the_host
from holds.store.ledger_rows import LedgerHead, LedgerRow
from holds.store.openings import DatabaseOpening
from holds.store.outside import ROWS, marker_of, outside_row, replace_file, write_marker

HEADS = "ledger-heads.jsonl"


class NotSetUpError(RefusedError):
    """There is no opening to write a marker for."""


def open_again(session: Session, *, folder: Path) -> None:
    """Write rows and marker of this database anew. The old files are kept beside them, numbered.

    Heads of the branch that was lost go aside with them: the ledger never had those rows.
    """
    marker = marker_of(session)
    newest = session.scalar(select(DatabaseOpening.number).order_by(DatabaseOpening.number.desc()).limit(1))
    if marker is None or newest is None:
        raise NotSetUpError("This database was never set up; run: holdfast init")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in (ROWS, HEADS):
        if (folder / name).exists():
            replace_file(folder / f"{name}.before-{newest}", (folder / name).read_text().splitlines())
    replace_file(folder / ROWS, _rows(session))
    if (folder / HEADS).exists():
        replace_file(folder / HEADS, _known_heads(session, folder))
    write_marker(folder, marker)


def _rows(session: Session) -> Iterator[str]:
    every = session.scalars(select(LedgerRow).order_by(LedgerRow.id).execution_options(yield_per=1000))
    return (outside_row(row).as_json() for row in every if leaves_the_host(row.verb))


def _known_heads(session: Session, folder: Path) -> list[str]:
    known = {(head.size, head.root.hex()) for head in session.scalars(select(LedgerHead))}
    kept = []
    for line in (folder / HEADS).read_text().splitlines():
        try:
            head = json.loads(line)
            if (head["size"], head["root"]) in known:
                kept.append(line)
        except (ValueError, KeyError, TypeError):
            continue
    return kept
