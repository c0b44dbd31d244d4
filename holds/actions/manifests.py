"""Registering a manifest: every line answered, nothing unanswered, and watched from then on."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.check_removal import check_all
from holds.actions.questions import Question
from holds.domain.alarm_contact import dialled, way_of
from holds.domain.decision import Answer, Decision
from holds.domain.departure import DepartureKind
from holds.domain.manifest import LABEL, MARK, MOST_LINES, names_nobody
from holds.domain.reasons import sentence
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Role, Verb, require
from holds.store.api_clients import ApiClient
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.engine import Database
from holds.store.gate_query import SLIP
from holds.store.key_ring import KeyRing
from holds.store.ledger import tell
from holds.store.manifest_lines import add_indexes
from holds.store.manifests import Manifest, ManifestDeparture, ManifestLine
from holds.store.people import DataKey
from holds.store.staff import Actor
from holds.store.vault import seal_json

LEFT_ALREADY = "manifest.left_already"
CONTACT, LABELLED, MARKED = "manifest.contact", "manifest.label", "manifest.mark"
INDEXES = ("a_number", "name_birth_date", "name")
MARKS = {Decision.BLOCKED: "b", Decision.NO_ACTIVE_HOLD: "n", Decision.NOT_ON_RECORD: "u"}
CHUNK = 1_000


class ManifestError(RefusedError):
    """The manifest cannot be registered or reported as asked; the message says why, `code` for machines."""

    def __init__(self, message: str, code: str = "manifest.refused") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class ListedLine:
    """One line as sent. `mark` is the sender's own, and names nobody."""

    line: int
    question: Question
    mark: str | None = None


@dataclass(frozen=True, kw_only=True)
class Journey:
    """A journey as registered. `contacts` are told when a line turns red; `carrier` is a client's name.

    `part`: which of how many, of a list too long for one manifest."""

    label: str
    departure_kind: DepartureKind
    destination: str
    leaves_at: dt.datetime
    contacts: tuple[str, ...]
    lines: tuple[ListedLine, ...]
    carrier: str | None = None
    part: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Registered:
    """The manifest's reference, and an answer a line, in order."""

    id: uuid.UUID
    reference: str
    ledger_reference: uuid.UUID
    at: dt.datetime
    answers: Mapping[int, Answer]


def register_manifest(
    session: Session, database: Database, *, acting: Acting, journey: Journey
) -> Registered:
    """Check every line and keep the manifest for watching.

    Every line is answered as if it were asked alone, from one look at the database; but on a long manifest
    (`MOST_WITH_SLIPS`) slips of the number are looked for only where no birth date was compared. Whoever is
    on record has a ledger row of their own; all the answers stand in the manifest's.
    """
    require(acting, Verb.CHECK_REMOVAL)
    _demand(journey, now=session.scalars(select(holdfast_now())).one())
    questions = [line.question for line in journey.lines]
    checked = check_all(session, database, acting=acting, questions=questions)
    answers = {line.line: one.answer for line, one in zip(journey.lines, checked, strict=True)}
    manifest_id, reference = new_id(), new_reference()
    key, key_row = database.vault.make_key(manifest_id, "alarm_contact")
    reached = [dialled(contact) or contact.strip() for contact in journey.contacts]
    row = {
        "id": manifest_id,
        "reference": reference,
        "organisation_id": acting.organisation_id,
        "registered_by": acting.id,
        "carrier_id": _carrier(session, journey.carrier, acting),
        "label": journey.label,
        "departure_kind": journey.departure_kind.value,
        "destination": journey.destination,
        "leaves_at": journey.leaves_at,
        "contact_ways": [way.value for contact in journey.contacts if (way := way_of(contact))],
        "sealed_contacts": seal_json(key, "manifest", "sealed_contacts", manifest_id, reached),
        "index_keys": index_keys(database.vault.ring),
    }
    session.execute(insert(DataKey), [key_row])
    session.execute(insert(Manifest), [row])
    indexes = {
        (line.line, kind, value)
        for line, one in zip(journey.lines, checked, strict=True)
        for _, kind, values in one.terms
        if kind != SLIP  # asked anew at each stage; a watch over every slip would be a watch over all
        for value in values
    }
    add_indexes(session, manifest_id, sorted(indexes))
    lines = [
        {
            "manifest_id": manifest_id,
            "line": line.line,
            "mark": line.mark,
            "decision": answers[line.line].decision.value,
            "reasons": list(answers[line.line].reasons),
        }
        for line in journey.lines
    ]
    for start in range(0, len(lines), CHUNK):
        session.execute(insert(ManifestLine), lines[start : start + CHUNK])
    decisions = "".join(MARKS[answers[line.line].decision] for line in journey.lines)
    kind = journey.departure_kind.value
    codes: dict[str, Any] = {"lines": len(lines), "decisions": decisions, "departure_kind": kind}
    codes |= {"part": list(journey.part)} if journey.part else {}
    told = tell(session, acting, "manifest.checked", manifest_id, codes=codes)
    at = session.scalars(select(holdfast_now())).one()
    return Registered(id=manifest_id, reference=reference, ledger_reference=told, at=at, answers=answers)


def report_departure(
    session: Session, *, acting: Acting, reference: str, not_aboard: tuple[int, ...]
) -> uuid.UUID:
    """Record that the journey left, and which lines were not aboard; returns the manifest's id."""
    manifest = own_manifest(session, acting=acting, reference=reference)
    if manifest is None:
        raise ManifestError("There is no such manifest of yours.")
    if session.get(ManifestDeparture, manifest.id) is not None:
        raise ManifestError("This departure was reported before.")
    struck = sorted(set(not_aboard))
    row = {"manifest_id": manifest.id, "recorded_by": acting.id, "not_aboard": struck}
    session.execute(insert(ManifestDeparture), [row])
    tell(session, acting, "manifest.departed", manifest.id, codes={"not_aboard": struck})
    return manifest.id


def own_manifest(session: Session, *, acting: Acting, reference: str) -> Manifest | None:
    """The manifest with this reference that this actor registered, or that its staff may see."""
    found = session.scalar(select(Manifest).where(Manifest.reference == reference))
    if found is None or found.organisation_id != acting.organisation_id:
        return None
    staff = session.scalar(select(Actor.kind).where(Actor.id == acting.id)) != "client"
    return found if staff or found.registered_by == acting.id else None


def index_keys(ring: KeyRing) -> list[str]:
    """Ids of the index keys under which people are found now."""
    return [key.id for kind in INDEXES for key in ring.live(f"index.{kind}")]


def _demand(journey: Journey, *, now: dt.datetime) -> None:
    numbers = [line.line for line in journey.lines]
    if not numbers or len(numbers) > MOST_LINES:
        raise ManifestError(f"A manifest has 1 to {MOST_LINES:,} lines.")
    if len(set(numbers)) != len(numbers) or min(numbers) < 1:
        raise ManifestError("Number the lines from 1, each once.")
    if journey.leaves_at <= now:  # from a week after its hour on, nothing would be watched at all
        raise ManifestError(sentence(LEFT_ALREADY), LEFT_ALREADY)
    if not journey.contacts:
        raise ManifestError("Name at least one contact to be told when a line turns red.")
    if not all(map(way_of, journey.contacts)):
        raise ManifestError(sentence(CONTACT), CONTACT)
    if not names_nobody(journey.label, LABEL):
        raise ManifestError(sentence(LABELLED), LABELLED)
    demand_marks(journey.lines)


def demand_marks(lines: Iterable[ListedLine]) -> None:
    """Refuse a mark that could name somebody; the line is named, not the mark."""
    for line in lines:
        if line.mark and not names_nobody(line.mark, MARK):
            raise ManifestError(f"Line {line.line}: {sentence(MARKED)}", MARKED)


def _carrier(session: Session, name: str | None, acting: Acting) -> uuid.UUID | None:
    if name is None:
        return None
    found = session.scalar(
        select(ApiClient.id)
        .join(Actor, Actor.id == ApiClient.id)
        .where(
            Actor.login == name,
            Actor.role == Role.CARRIER.value,
            Actor.organisation_id == acting.organisation_id,
        )
    )
    if found is None:
        raise ManifestError("There is no carrier of this name; leave it out, or ask the administrator.")
    return found
