"""One order for a class of people: a hold, a ledger row and a task each, by A-number, reference or docket."""

import hashlib
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.covered_people import CHUNK, CoveredLine, covered_people
from holds.actions.place_hold import place_hold
from holds.actions.place_provisional_stay import StayForm, place_provisional_stay
from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.hold import Basis
from holds.domain.staff import Acting, Verb, require
from holds.store.gate_lock import lock_gates
from holds.store.gates import Hold
from holds.store.held import blocking
from holds.store.ledger import tell
from holds.store.merged import one_records
from holds.store.people import Person
from holds.store.reviews import Document
from holds.store.stays import Stay
from holds.store.vault import Vault, open_json

UNMATCHED = "batch_unmatched"


@dataclass(frozen=True, kw_only=True)
class BatchLine:
    """A line of the order's list: the references of whom it means, and of whom it comes near by docket."""

    number: int
    text: str
    people: tuple[str, ...]
    near: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BatchOutcome:
    """The holds placed, by reference (none in a preview); people who were held by this very order before;
    every line with whom it means. Lines that mean nobody, or several, are to be looked at."""

    holds: tuple[str, ...]
    standing: tuple[str, ...]
    lines: tuple[BatchLine, ...]

    @property
    def unknown(self) -> tuple[BatchLine, ...]:
        return tuple(line for line in self.lines if not line.people)

    @property
    def several(self) -> tuple[BatchLine, ...]:
        return tuple(line for line in self.lines if len(line.people) > 1)


def batch_holds(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    lines: Sequence[str],
    basis: Basis | None = None,
    cites: str = "",
    stay: StayForm | None = None,
    preview: bool = False,
) -> BatchOutcome:
    """Hold everyone the lines mean, in one transaction; either by `stay`, or by `basis` and `cites`.

    A line that means several people holds all of them: whom a court meant is judged while they are held. Who
    is held by this very order already is not held twice. Lines that mean nobody become a task. With `preview`
    nothing is placed; that somebody was told who is on record stands in the ledger.
    """
    require(acting, Verb.PLACE_HOLD)
    # The answer says who is on record and who is not, so it is for those who may look at people.
    require(acting, Verb.LOOK_AT_PERSON)
    covered = covered_people(session, vault, acting, lines)
    people = sorted({person_id for line in covered for person_id in line.people})
    basis = stay.basis if stay is not None else basis or Basis.AUTOMATIC_STAY
    if not preview:
        lock_gates(session, people)
    standing = _standing(session, vault, people, basis=basis, cites=cites, stay=stay)
    placed = []
    for person_id in people:
        if preview or person_id in standing:
            continue
        if stay is not None:
            reference = place_provisional_stay(session, vault, acting=acting, person_id=person_id, form=stay)
        else:
            reference = place_hold(
                session, vault, acting=acting, person_id=person_id, basis=basis, cites=cites
            )
        placed.append(reference)
    names = _references(session, {p for line in covered for p in (*line.people, *line.near)})
    outcome = BatchOutcome(
        holds=tuple(placed),
        standing=tuple(sorted(names[person_id] for person_id in standing)),
        lines=tuple(_line(line, names) for line in covered),
    )
    _tell(session, acting, outcome, people=len(people), preview=preview)
    return outcome


def _line(line: CoveredLine, names: dict[uuid.UUID, str]) -> BatchLine:
    return BatchLine(
        number=line.number,
        text=line.text,
        people=tuple(names[person_id] for person_id in line.people),
        near=tuple(names[person_id] for person_id in line.near),
    )


def _tell(session: Session, acting: Acting, outcome: BatchOutcome, *, people: int, preview: bool) -> None:
    counts = {
        "lines": len(outcome.lines),
        "people": people,
        "holds": len(outcome.holds),
        "standing": len(outcome.standing),
        "unknown": len(outcome.unknown),
        "several": len(outcome.several),
    }
    verb = "holds.batch_previewed" if preview else "holds.batch_placed"
    told = tell(session, acting, verb, acting.id, codes=counts)
    if outcome.unknown and not preview:
        # By their numbers in the file: what stands in a line may be somebody's name.
        evidence = {"batch": str(told), "lines": [line.number for line in outcome.unknown]}
        raise_tasks(session, acting, [NewTask(kind=UNMATCHED, subject_id=told, evidence=evidence)])


def _standing(
    session: Session,
    vault: Vault,
    people: Sequence[uuid.UUID],
    *,
    basis: Basis,
    cites: str,
    stay: StayForm | None,
) -> frozenset[uuid.UUID]:
    """Those of these people, each the root of their record, whom a hold on this very order blocks already."""
    records = one_records(session, people)
    root_of = {member: record.root for record in records.values() for member in record.members}
    found: set[uuid.UUID] = set()
    members = sorted(root_of)
    for start in range(0, len(members), CHUNK):
        holds = (
            select(Hold.id, Hold.person_id, Hold.sealed_cites, Document.sha256)
            .outerjoin(Stay, Stay.hold_id == Hold.id)
            .outerjoin(Document, Document.id == Stay.document_id)
            .where(Hold.person_id.in_(members[start : start + CHUNK]), Hold.basis == basis.value, blocking())
        )
        rows = session.execute(holds).all()
        keys = vault.keys(session, sorted({row.person_id for row in rows}))
        for row in rows:
            if stay is not None:
                same = bool(stay.document) and row.sha256 == hashlib.sha256(stay.document).digest()
            else:
                key = keys.get(row.person_id)
                opened = key and row.sealed_cites
                same = bool(opened) and cites.strip() == open_json(
                    keys[row.person_id], "hold", "sealed_cites", row.id, row.sealed_cites
                )
            if same:
                found.add(root_of[row.person_id])
    return frozenset(found)


def _references(session: Session, people: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    ordered = sorted(people)
    found: dict[uuid.UUID, str] = {}
    for start in range(0, len(ordered), CHUNK):
        rows = session.execute(
            select(Person.id, Person.reference).where(Person.id.in_(ordered[start : start + CHUNK]))
        )
        found |= dict(rows.all())
    return found
