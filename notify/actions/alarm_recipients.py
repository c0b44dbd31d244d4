"""From what the ledger says to who is told: one draft a recipient, or a task where nobody is on record."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask
from holds.domain.alarm_contact import ContactWay
from holds.domain.staff import Acting, Role
from holds.store.base import holdfast_now
from holds.store.merged import one_records
from holds.store.vault import Vault
from notify.actions.alarm_rows import Draft
from notify.domain.alarm import (
    CANDIDATE,
    CODE_MADE,
    KIND_OF,
    AlarmKind,
    Audience,
    RecipientKind,
    office_kind,
)
from notify.store.alarm_causes import (
    AlarmRow,
    OnCall,
    links_of,
    manifests_of,
    office_contacts,
    on_call,
    transmissions_of,
    written_contacts,
)
from notify.store.alarms import Alarm
from notify.store.due_notices import counsel_cards, counsel_told_of

UNTOLD, NO_OFFICE_CONTACT = "alarm_untold", "office_without_contact"
COUNSEL_UNTOLD = "counsel_untold"
TOLD_ONCE_AN_HOUR = dt.timedelta(hours=1)
"""Counsel is told of a refused check at once, and not again for each stage of the same journey."""
OFFICES = uuid.UUID("0b9a1f5e-6f0e-5d0c-9c63-0e6f3d1a7c55")

_WORST = ("deplane", "recall")
"""Whoever can still get off is told of first."""

Step = Draft | NewTask


def manifest_steps(session: Session, rows: Sequence[AlarmRow], called: Sequence[OnCall]) -> Iterator[Step]:
    """Every contact of a manifest is told of the lines that turned red, those of one moment together."""
    manifests = manifests_of(session, {row.subject_id for row in rows})
    moments: dict[tuple[uuid.UUID, str], list[AlarmRow]] = defaultdict(list)
    for row in rows:
        moments[row.subject_id, str(row.codes.get("instruction"))].append(row)
    for (manifest_id, instruction), told in moments.items():
        manifest, cause = manifests[manifest_id], told[0]
        facts = {
            "manifest": manifest.reference,
            "instruction": instruction,
            "lines": sorted({int(row.codes["line"]) for row in told}),
        }
        contacts = written_contacts(manifest)
        for contact in contacts:
            yield Draft(
                kind=AlarmKind.MANIFEST,
                cause_id=cause.id,
                recipient_kind=RecipientKind.MANIFEST,
                recipient_id=manifest_id,
                place=contact.place,
                way=contact.way,
                facts=facts,
            )
        if not contacts:
            yield from _pages(cause, _first(called), AlarmKind.MANIFEST, facts, None)


def boarding_steps(session: Session, acting: Acting, rows: Sequence[AlarmRow]) -> Iterator[Step]:
    """Whoever boarded somebody who is held now, whoever had them, and all who are on call; those of one
    moment together. An office without a contact is a task, and those on call have it told already."""
    contacts = office_contacts(session, acting.organisation_id)
    called = on_call(session, acting.organisation_id)
    for instruction in sorted({str(row.codes.get("instruction")) for row in rows}, key=_WORST.index):
        moment = [row for row in rows if row.codes.get("instruction") == instruction]
        offices: dict[tuple[str, str], list[AlarmRow]] = defaultdict(list)
        for row in moment:
            for kind, office in row.codes["offices"]:
                offices[kind, office].append(row)
        for (kind, office), told in offices.items():
            known = contacts.get((kind, office), ())
            if not known:
                yield _without_contact(kind, office)
            for contact in known:
                yield _aboard(instruction, told, contact.id, ContactWay(contact.way))
        yield from _pages(moment[0], called, AlarmKind.BOARDING, _aboard_facts(instruction, moment), None)


def _aboard(instruction: str, told: Sequence[AlarmRow], contact_id: uuid.UUID, way: ContactWay) -> Draft:
    return Draft(
        kind=AlarmKind.BOARDING,
        cause_id=told[0].id,
        recipient_kind=RecipientKind.CONTACT,
        recipient_id=contact_id,
        way=way,
        facts=_aboard_facts(instruction, told),
    )


def _aboard_facts(instruction: str, told: Sequence[AlarmRow]) -> dict[str, object]:
    return {"instruction": instruction, "clearances": sorted(str(row.codes["clearance"]) for row in told)}


def _without_contact(kind: str, office: str) -> NewTask:
    subject = uuid.uuid5(OFFICES, f"{kind} {office}")
    return NewTask(kind=NO_OFFICE_CONTACT, subject_id=subject, evidence={"office": office, "kind": kind})


def office_steps(session: Session, acting: Acting, rows: Sequence[AlarmRow]) -> Iterator[Step]:
    """The office a hold was sent to; one message however many came at once. What it has confirmed, or has
    gone to another office, it is not told of."""
    sent = transmissions_of(session, {row.subject_id for row in rows})
    contacts = office_contacts(session, acting.organisation_id)
    piles: dict[tuple[str, str, AlarmKind], list[AlarmRow]] = defaultdict(list)
    for row in rows:
        if row.subject_id in sent:
            one = sent[row.subject_id]
            piles[one.kind, one.office, office_kind(row.verb)].append(row)
    for (kind, office, alarm), told in piles.items():
        facts = {
            "office": office,
            "count": len(told),
            "transmission": sent[told[0].subject_id].reference if len(told) == 1 else None,
        }
        known = contacts.get((kind, office), ())
        if not known:
            yield _without_contact(kind, office)
        for contact in known:
            yield Draft(
                kind=alarm,
                cause_id=told[0].id,
                recipient_kind=RecipientKind.CONTACT,
                recipient_id=contact.id,
                way=ContactWay(contact.way),
                facts=facts,
            )


def page_steps(
    session: Session, acting: Acting, audience: Audience, rows: Sequence[AlarmRow]
) -> Iterator[Step]:
    """Who of ours is on call: one page for what happened alike at once."""
    called = on_call(session, acting.organisation_id)
    piles: dict[tuple[str, str], list[AlarmRow]] = defaultdict(list)
    for row in rows:
        piles[row.verb, str(row.codes.get("rung") or row.codes.get("kind") or "")].append(row)
    for (verb, detail), told in piles.items():
        facts = {"verb": verb, "detail": detail, "count": len(told)}
        person_id = told[0].person_id if len(told) == 1 else None
        yield from _pages(told[0], _audience(audience, called), KIND_OF[audience], facts, person_id)


def counsel_steps(session: Session, vault: Vault, rows: Sequence[AlarmRow]) -> Iterator[Step]:
    """Verified counsel of everyone whose record is one with the person's; without counsel it is a task.

    Of whoever only may have been meant, counsel is told just that; who it was, two people judge."""
    surest_last = sorted(rows, key=lambda row: row.verb != CANDIDATE)
    causes = {row.person_id: row for row in surest_last if row.person_id}
    records = one_records(session, causes)
    members = {person: records[person].members for person in causes}
    counsel = counsel_told_of(session, {member for found in members.values() for member in found})
    cards = counsel_cards(session, vault, sorted({c for found in counsel.values() for c in found}))
    lately = _told_lately(session, [person for person in causes if person])
    for person, cause in causes.items():
        theirs = sorted({c for member in members[person] for c in counsel.get(member, ())})
        reachable = [c for c in theirs if c in cards and cards[c].email]
        if not reachable and cause.verb != CANDIDATE:
            yield NewTask(
                kind=COUNSEL_UNTOLD,
                subject_id=person,
                person_id=person,
                evidence={"verb": cause.verb, "counsel": len(theirs)},
            )
        for counsel_id in reachable:
            if (person, counsel_id) not in lately:
                yield Draft(
                    kind=AlarmKind.COUNSEL,
                    cause_id=cause.id,
                    recipient_kind=RecipientKind.COUNSEL,
                    recipient_id=counsel_id,
                    person_id=person,
                    way=ContactWay.EMAIL,
                    facts={"verb": cause.verb},
                )


def link_steps(session: Session, vault: Vault, rows: Sequence[AlarmRow]) -> Iterator[Step]:
    """Counsel who was issued a link, or asked there for a code: by the address on their card, or a task."""
    links = links_of(session, {row.subject_id for row in rows})
    cards = counsel_cards(session, vault, sorted({link.counsel_id for link in links.values()}))
    for row in rows:
        link = links[row.subject_id]
        card = cards.get(link.counsel_id)
        if card is None or not card.email:
            evidence = {"verb": row.verb, "counsel": 1}
            yield NewTask(
                kind=COUNSEL_UNTOLD, subject_id=link.person_id, person_id=link.person_id, evidence=evidence
            )
            continue
        code = {"code": row.codes["code"]} if row.verb == CODE_MADE else {}
        yield Draft(
            kind=AlarmKind.COUNSEL_CODE if code else AlarmKind.COUNSEL_LINK,
            cause_id=row.id,
            recipient_kind=RecipientKind.COUNSEL,
            recipient_id=link.counsel_id,
            person_id=link.person_id,
            way=ContactWay.EMAIL,
            facts={"link": str(link.id), "reference": link.reference, "purpose": link.purpose, **code},
        )


def _told_lately(session: Session, people: Sequence[uuid.UUID]) -> set[tuple[uuid.UUID, uuid.UUID]]:
    since = session.scalars(select(holdfast_now())).one() - TOLD_ONCE_AN_HOUR
    rows = session.execute(
        select(Alarm.person_id, Alarm.recipient_id).where(
            Alarm.person_id.in_(people), Alarm.kind == AlarmKind.COUNSEL.value, Alarm.planned_at > since
        )
    )
    return {(person, recipient) for person, recipient in rows if person}


def _pages(
    cause: AlarmRow,
    called: Sequence[OnCall],
    kind: AlarmKind,
    facts: Mapping[str, object],
    person_id: uuid.UUID | None,
) -> Iterator[Step]:
    if not called:
        yield NewTask(
            kind=UNTOLD,
            subject_id=cause.subject_id,
            person_id=cause.person_id,
            detail=cause.verb,
            evidence={"verb": cause.verb},
        )
    for one in called:
        yield Draft(
            kind=kind,
            cause_id=cause.id,
            recipient_kind=RecipientKind.CONTACT,
            recipient_id=one.id,
            person_id=person_id,
            way=one.way,
            facts=facts,
        )


def _audience(audience: Audience, called: Sequence[OnCall]) -> Sequence[OnCall]:
    """The first of the role that is asked for; the first of all, where none of the role is on call."""
    if audience is Audience.EVERYONE:
        return called
    role = Role.SUPERVISOR if audience is Audience.SUPERVISOR else Role.DUTY_DESK
    return _first([one for one in called if one.role is role]) or _first(called)


def _first(called: Sequence[OnCall]) -> Sequence[OnCall]:
    return [one for one in called if one.rank == called[0].rank]
