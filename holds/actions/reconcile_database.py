"""Opening a database that was put back: two supervisors compare it with the rows that left the host.

The first finds what is lost; the second finds the same, places every lost hold again, and opens. Until
then every check is blocked, and it stays blocked if anything fails in between.
"""

import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from holds.actions.place_hold import insert_hold
from holds.actions.shut_again import shut_again
from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.hold import Basis
from holds.domain.refusal import RefusedError
from holds.domain.restore import Lost, OutsideRow, what_is_lost
from holds.domain.staff import Acting, Verb, require
from holds.store.base import new_id
from holds.store.gate_lock import lock_gates
from holds.store.ledger import tell
from holds.store.ledger_rows import LedgerRow
from holds.store.openings import DatabaseOpening, Reconciliation
from holds.store.outside import read_rows, restored_reasons
from holds.store.people import Person
from holds.store.staff import Actor
from holds.store.vault import Vault

CHUNK = 500
NAMES_LOST = "names_lost"


class ReconciliationRefusedError(RefusedError):
    """Not opened; the message says what to do. Everybody stays blocked."""


@dataclass(frozen=True)
class Found:
    """What two supervisors are shown. `lost_holds`: (person's reference, verb, ledger row outside), one for
    each hold that is placed again; `people`: ids of people who are not on record any more; `renamed`:
    references of those whose later numbers or names are lost; `staff`: logins that are taken out again."""

    outside: int
    lost: Lost
    lost_holds: tuple[tuple[str, str, uuid.UUID], ...]
    renamed: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[uuid.UUID, ...]:
        return self.lost.people


def compare_database(session: Session, *, acting: Acting, folder: Path) -> Found:
    """Compare every row outside with what the database knows. Writes nothing."""
    require(acting, Verb.RECONCILE_DATABASE)
    outside, damaged = read_rows(folder)
    lost = what_is_lost(
        outside,
        known_rows=_known(session, LedgerRow.id, [row.id for row in outside]),
        known_people=_known(session, Person.id, [row.person_id for row in outside if row.person_id]),
        damaged=damaged,
    )
    if acting.id in lost.shut.staff:
        raise ReconciliationRefusedError("You were taken out after this copy was made; another supervisor.")
    held = [row.person_id for row in lost.held_again if row.person_id]
    references = _references(session, [*held, *lost.renamed])
    logins = select(Actor.login).where(Actor.id.in_(lost.shut.staff)).order_by(Actor.login)
    named = tuple((references[row.person_id], row.verb, row.id) for row in lost.held_again if row.person_id)
    renamed = tuple(sorted(references[person] for person in lost.renamed))
    return Found(len(outside), lost, named, renamed, tuple(session.scalars(logins)))


def propose_reconciliation(session: Session, *, acting: Acting, folder: Path) -> Found:
    """The first supervisor's comparison, put on record for the second."""
    found = compare_database(session, acting=acting, folder=folder)
    if not restored_reasons(session, folder):
        raise ReconciliationRefusedError("This is the database that was left open; there is nothing to open.")
    reconciliation_id, lost = new_id(), found.lost
    counts = {"lost_rows": len(lost.rows), "lost_people": len(lost.people)}
    row = {"id": reconciliation_id, "proposed_by": acting.id, "found": lost.digest, **counts}
    session.execute(insert(Reconciliation), [row])
    codes = {**counts, "lost_holds": len(lost.held_again), "damaged": lost.damaged}
    tell(session, acting, "database.compared", reconciliation_id, codes=codes)
    return found


def reconcile_database(
    session: Session, vault: Vault, *, acting: Acting, folder: Path, people_are_back: bool = False
) -> Found:
    """The second supervisor's: the same comparison, every lost hold placed again, and a new opening.

    The database answers only after `open_again` wrote the new marker, once this is committed.
    `people_are_back`: the lists of people, and of numbers and names, that were lost are imported again. What
    had been taken back since (keys, clients, staff) is taken back again.
    """
    found = compare_database(session, acting=acting, folder=folder)
    first = session.scalar(
        select(Reconciliation)
        .where(~select(DatabaseOpening.number).where(_opens()).exists())
        .order_by(Reconciliation.proposed_at.desc(), Reconciliation.id.desc())
        .limit(1)
    )
    if first is None:
        raise ReconciliationRefusedError("A first supervisor compares: holdfast db reconcile --as LOGIN")
    if first.proposed_by == acting.id:
        raise ReconciliationRefusedError("A second supervisor opens it: who compared cannot.")
    if first.found != found.lost.digest:
        raise ReconciliationRefusedError(
            "What is lost is not what the first supervisor saw; compare again: holdfast db reconcile"
        )
    if found.people and not people_are_back:
        raise ReconciliationRefusedError(
            f"{len(found.people)} people are not on record any more, and a check would not find them. Import "
            "their lists again, then add --people-are-back."
        )
    if found.renamed and not people_are_back:
        raise ReconciliationRefusedError(
            f"{len(found.renamed)} people had numbers or names added that are lost, and a check under those "
            "would not find them: " + ", ".join(found.renamed) + ". Import their lists again, then add "
            "--people-are-back; whatever is missing then waits as a task."
        )
    _hold_again(session, vault, acting, found.lost.held_again)
    shut_again(session, acting, found.lost.shut)
    raise_tasks(
        session,
        acting,
        [NewTask(kind=NAMES_LOST, subject_id=person, person_id=person) for person in found.lost.renamed],
    )
    number = 1 + (session.scalar(select(func.max(DatabaseOpening.number))) or 0)
    opening = {"number": number, "instance_id": new_id(), "opened_by": acting.id}
    opening |= {"reconciliation_id": first.id, "proposed_by": first.proposed_by}
    session.execute(insert(DatabaseOpening), [opening])
    codes = {"number": number, "holds_again": len(found.lost.held_again), "lost_people": len(found.people)}
    codes |= {"keys_again": len(found.lost.shut.keys), "staff_again": len(found.lost.shut.staff)}
    tell(session, acting, "database.reconciled", first.id, codes=codes)
    return found


def _opens() -> ColumnElement[bool]:
    return DatabaseOpening.reconciliation_id == Reconciliation.id


def _hold_again(session: Session, vault: Vault, acting: Acting, rows: tuple[OutsideRow, ...]) -> None:
    people = sorted({row.person_id for row in rows if row.person_id})
    lock_gates(session, people)
    for row in sorted(rows, key=lambda row: (str(row.person_id), row.id)):
        if row.person_id is not None:
            cites = f"ledger row {row.id} outside: {row.verb}, hold {row.hold}"
            insert_hold(session, vault, acting, row.person_id, Basis.LOST_HOLD, cites=cites)


def _known(
    session: Session, column: InstrumentedAttribute[uuid.UUID], ids: list[uuid.UUID]
) -> set[uuid.UUID]:
    found: set[uuid.UUID] = set()
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), CHUNK):
        found.update(session.scalars(select(column).where(column.in_(ordered[start : start + CHUNK]))))
    return found


def _references(session: Session, ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    found: dict[uuid.UUID, str] = {}
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), CHUNK):
        chunk = ordered[start : start + CHUNK]
        found.update(session.execute(select(Person.id, Person.reference).where(Person.id.in_(chunk))).all())
    return found
