"""Sending holds to the office and the facility that have the person, thousands in one transaction.

What is written is the transmission itself: the officers of the addressee see it as soon as they sign in.
Run again, it sends nothing twice; after a transfer it sends to the new addressees and ends with the old.
"""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import exists, func, insert, select, true
from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask, close_tasks, raise_tasks
from holds.domain.staff import Acting, Verb, require
from holds.domain.transmission import Addressee, AddresseeKind, Limits, Whereabouts, addressees, office_name
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.gates import Hold
from holds.store.held import blocking
from holds.store.ledger import Entry, write_ledger
from holds.store.merged import CHUNK, merged_records, one_records
from holds.store.places import Custody, Facility, PlaceMatch
from holds.store.spellings import open_spellings
from holds.store.staff import Actor
from holds.store.transmissions import Transmission, TransmissionEnd
from holds.store.vault import Vault

AS_IT_WENT = (Custody.since.nulls_first(), Custody.noted_at, Custody.id)
NOBODY_RESPONSIBLE = "hold_without_office"
MOST = 2000
"""Transmissions a transaction: a whole list must not hold SQLite's one write lock for long."""


@dataclass(frozen=True)
class Sent:
    """`sent` and `ended` transmissions; `nobody`: people without any office on record; `more`: run again."""

    sent: int
    ended: int
    nobody: int
    more: bool


@dataclass(frozen=True)
class _Open:
    id: uuid.UUID
    person_id: uuid.UUID


def transmit_holds(
    session: Session, vault: Vault, *, acting: Acting, limits: Limits | None = None, most: int = MOST
) -> Sent:
    """Send what blocks to its present addressees, where they were not sent it yet; at most `most` at once."""
    require(acting, Verb.TRANSMIT_HOLDS)
    limits = limits or Limits()
    holds = session.execute(
        select(Hold.id, Hold.person_id, Hold.organisation_id)
        .where(blocking())
        .order_by(Hold.placed_at, Hold.id)
    ).all()
    places = _whereabouts(session, vault)
    wanted = {person_id: addressees(where) for person_id, where in places.items()}
    for record in merged_records(session):
        # One person: a hold on either record goes wherever either says they are, due as for the detained.
        told = dict.fromkeys(one for member in sorted(record.members) for one in wanted.get(member, ()))
        detained = any(member in places and places[member].detained for member in record.members)
        for member in record.members:
            wanted[member] = tuple(told)
            places[member] = replace(places.get(member, Whereabouts(detained=False)), detained=detained)
    open_ones = _open_transmissions(session)
    now = session.scalars(select(holdfast_now())).one()
    rows: list[dict[str, Any]] = []
    over: list[_Open] = []
    for hold_id, person_id, organisation_id in holds:
        standing, due_to = open_ones.get(hold_id, {}), wanted.get(person_id, ())
        for addressee in due_to:
            if addressee not in standing:
                detained = places[person_id].detained
                row = _row(
                    acting=acting,
                    organisation_id=organisation_id,
                    hold_id=hold_id,
                    person_id=person_id,
                    addressee=addressee,
                    detained=detained,
                    now=now,
                    due_at=now + limits.of(detained=detained),
                )
                rows.append(row)
        if due_to:  # someone nobody is responsible for stays with whoever had them last
            over += [one for addressee, one in standing.items() if addressee not in due_to]
    more, rows = len(rows) > most, rows[:most]
    _number_rounds(session, rows)
    _save(session, acting, rows, [] if more else over)
    lost = {person_id for _, person_id, _ in holds if not wanted.get(person_id)}
    raise_tasks(
        session,
        acting,
        (NewTask(kind=NOBODY_RESPONSIBLE, subject_id=one, person_id=one) for one in sorted(lost)),
    )
    close_tasks(session, acting, NOBODY_RESPONSIBLE, {row["person_id"] for row in rows})
    return Sent(len(rows), 0 if more else len(over), len(lost), more)


def offices_of(
    session: Session, vault: Vault, people: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[Addressee, ...]]:
    """The offices that have each of these people, by the custody lines of all records that are one theirs."""
    records = one_records(session, people)
    everyone = {member for record in records.values() for member in record.members}
    places = _whereabouts(session, vault, everyone)
    return {
        person_id: tuple(
            dict.fromkeys(one for m in sorted(record.members) if m in places for one in addressees(places[m]))
        )
        for person_id, record in records.items()
    }


def _whereabouts(
    session: Session, vault: Vault, people: Collection[uuid.UUID] | None = None
) -> dict[uuid.UUID, Whereabouts]:
    """Where these people, or all on record, are: from the custody line, its present stretch last."""
    wanted = true() if people is None else Custody.person_id.in_(list(people))
    lines = session.execute(
        select(
            Custody.person_id,
            Custody.status,
            Custody.until,
            Custody.place_match_id,
            Facility.detloc,
            Facility.name,
            Facility.aor,
        )
        .outerjoin(Facility, Facility.id == Custody.facility_id)
        .where(wanted)
        .order_by(Custody.person_id, Custody.until.is_(None), *AS_IT_WENT)
    ).all()
    written = _written_offices(session, vault, {line.place_match_id for line in lines if not line.aor})
    found: dict[uuid.UUID, Whereabouts] = {}
    for person_id, status, until, match_id, detloc, name, known_aor in lines:
        aor = known_aor or written.get(match_id)
        before = found.get(person_id)
        last_aor = aor or (before.last_aor if before else None)
        present = until is None
        found[person_id] = Whereabouts(
            detained=present and status == "detained",
            facility=(detloc or name) if present else None,
            aor=aor if present else None,
            last_aor=last_aor,
        )
    return found


def _written_offices(
    session: Session, vault: Vault, match_ids: set[uuid.UUID | None]
) -> Mapping[uuid.UUID | None, str]:
    """The field office a list named beside a place that is no facility for certain, by the place's match.

    A list may write anything there, and an addressee stands in clear: only offices that are known count.
    """
    if not match_ids - {None}:
        return {}
    areas = select(Facility.aor).where(Facility.aor.is_not(None)).distinct()
    offices = select(Actor.office).where(Actor.office.is_not(None)).distinct()
    known = {office_name(text) for text in (*session.scalars(areas), *session.scalars(offices))}
    wanted = sorted(match_id for match_id in match_ids if match_id is not None)
    places: list[PlaceMatch] = []
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        places += session.scalars(select(PlaceMatch).where(PlaceMatch.id.in_(chunk)))
    spellings = open_spellings(session, vault, places)
    named = {match_id: office_name(aor) for match_id, (*_, aor) in spellings.items()}
    return {match_id: office for match_id, office in named.items() if office and office in known}


def _open_transmissions(session: Session) -> Mapping[uuid.UUID, Mapping[Addressee, _Open]]:
    """By hold: the transmissions that were not ended, acknowledged or not."""
    ended = exists().where(TransmissionEnd.transmission_id == Transmission.id)
    rows = session.execute(
        select(
            Transmission.id,
            Transmission.hold_id,
            Transmission.person_id,
            Transmission.kind,
            Transmission.office,
        ).where(~ended)
    )
    found: dict[uuid.UUID, dict[Addressee, _Open]] = defaultdict(dict)
    for row in rows:
        addressee = Addressee(AddresseeKind(row.kind), row.office)
        found[row.hold_id][addressee] = _Open(row.id, row.person_id)
    return found


def _row(
    *,
    acting: Acting,
    organisation_id: uuid.UUID,
    hold_id: uuid.UUID,
    person_id: uuid.UUID,
    addressee: Addressee,
    detained: bool,
    now: dt.datetime,
    due_at: dt.datetime,
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "reference": new_reference(),
        "organisation_id": organisation_id,
        "hold_id": hold_id,
        "person_id": person_id,
        "kind": addressee.kind.value,
        "office": addressee.office,
        "round": 1,
        "detained": detained,
        "transmitted_by": acting.id,
        "transmitted_at": now,
        "due_at": due_at,
    }


def _number_rounds(session: Session, rows: list[dict[str, Any]]) -> None:
    """A person who comes back to an office is sent to it anew: its officers must confirm again."""
    earlier: Counter[tuple[uuid.UUID, str, str]] = Counter()
    if rows:
        counted = session.execute(
            select(Transmission.hold_id, Transmission.kind, Transmission.office, func.count())
            .join(TransmissionEnd, TransmissionEnd.transmission_id == Transmission.id)
            .group_by(Transmission.hold_id, Transmission.kind, Transmission.office)
        )
        earlier.update({(hold_id, kind, office): count for hold_id, kind, office, count in counted})
    for row in rows:
        row["round"] = 1 + earlier[row["hold_id"], row["kind"], row["office"]]


def _save(session: Session, acting: Acting, rows: list[dict[str, Any]], over: Collection[_Open]) -> None:
    if rows:
        session.execute(insert(Transmission), rows)
    if over:
        session.execute(insert(TransmissionEnd), [{"transmission_id": one.id} for one in over])
    sent = [
        _entry(
            acting,
            "hold.transmitted",
            row["id"],
            row["person_id"],
            {name: str(row[f"{name}_id"]) if name == "hold" else row[name] for name in _TOLD},
        )
        for row in rows
    ]
    left = [_entry(acting, "hold.transmission_ended", one.id, one.person_id, {}) for one in over]
    write_ledger(session, [*sent, *left])


_TOLD = ("hold", "kind", "office", "round")


def _entry(
    acting: Acting, verb: str, subject_id: uuid.UUID, person_id: uuid.UUID, codes: Mapping[str, Any]
) -> Entry:
    return Entry(
        verb=verb,
        actor_id=acting.id,
        organisation_id=acting.organisation_id,
        subject_id=subject_id,
        person_id=person_id,
        codes=codes,
    )
