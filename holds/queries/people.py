"""Finding a person, and all that one look at them shows: scoped by who asks."""

import dataclasses
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.a_number import read_a_numbers
from holds.domain.refusal import RefusedError
from holds.domain.release import ExposureService
from holds.domain.staff import Acting, Verb, require
from holds.queries import case_file, circumstances
from holds.queries.identities import NO_NAME, in_clear, latest_posture, masked
from holds.queries.next_step import next_step
from holds.queries.person_view import FoundPerson, HoldLine, IdentityView, PersonPage
from holds.queries.sentence import Sentence
from holds.queries.sentence import lazy_gettext as _l
from holds.queries.timeline import events_of, spans_of
from holds.store.base import holdfast_now
from holds.store.facts import facts_of
from holds.store.gates import Hold
from holds.store.held import active_bases
from holds.store.lookup import find_people
from holds.store.merged import one_records, same_person
from holds.store.people import Person
from holds.store.vault import Vault


class NobodyError(RefusedError):
    """Absent, or another organisation's: the two look the same."""

    def __init__(self) -> None:
        super().__init__("Nobody on your record answers to this; check the number or the reference.")


def find_person(session: Session, vault: Vault, text: str, *, acting: Acting) -> tuple[FoundPerson, ...]:
    """People of the actor's organisation by A-number in any spelling, by reference, or by a hold's reference.

    Empty when there is nobody, and when there is somebody whose record belongs to others. Merged records are
    one person: shown once, with the numbers of all.
    """
    require(acting, Verb.LOOK_AT_PERSON)
    numbers = read_a_numbers(text).numbers
    written = text.strip().upper()
    by_number = frozenset[uuid.UUID]().union(*find_people(session, vault.ring, "a_number", numbers).values())
    by_hold = select(Hold.person_id).where(Hold.reference == written)
    people = session.execute(
        select(Person.id, Person.reference)
        .where(
            Person.organisation_id == acting.organisation_id,
            Person.id.in_(by_number) | (Person.reference == written) | Person.id.in_(by_hold),
        )
        .order_by(Person.created_at, Person.id)
    ).all()
    records = one_records(session, [row.id for row in people])
    first = {records[row.id].root: row for row in reversed(people)}
    held = active_bases(session, [row.id for row in first.values()])
    found = []
    for row in sorted(first.values(), key=people.index):
        identity = _identity(session, vault, row.id, show=False)
        found.append(
            FoundPerson(
                person_id=row.id,
                reference=row.reference,
                name=identity.name,
                a_numbers=identity.a_numbers,
                blocked=bool(held[row.id]),
            )
        )
    return tuple(found)


def person_by_reference(session: Session, reference: str, *, acting: Acting) -> uuid.UUID:
    """The person of the actor's organisation with this public reference, or `NobodyError`."""
    require(acting, Verb.LOOK_AT_PERSON)
    found = session.scalar(
        select(Person.id).where(
            Person.reference == reference.upper(), Person.organisation_id == acting.organisation_id
        )
    )
    if found is None:
        raise NobodyError
    return found


def person_page(
    session: Session, vault: Vault, person_id: uuid.UUID, *, acting: Acting, show: bool = False
) -> PersonPage:
    """Everything on record of one person; `show` opens the name and number. `NobodyError` where not theirs.

    Whoever calls this tells the ledger in the same transaction (`holds.actions.look_at_person`).
    """
    require(acting, Verb.LOOK_AT_PERSON)
    person = session.scalar(
        select(Person).where(Person.id == person_id, Person.organisation_id == acting.organisation_id)
    )
    if person is None:
        raise NobodyError
    now = session.scalars(select(holdfast_now())).one()
    exposures = circumstances.exposures_of(session, person_id)
    services = tuple(
        ExposureService(incident=e.incident, occurred_at=e.occurred_at, proven_at=e.proven_at)
        for e in exposures
    )
    reviews, facts = case_file.reviews_of(session, person_id, services, now)
    proposals = case_file.proposals_of(session, person_id, services, facts, now)
    objections = case_file.objections_of(session, person_id)
    holds = tuple(
        dataclasses.replace(
            hold,
            next=next_step(
                hold,
                exposures=exposures,
                reviews=reviews,
                proposals=proposals,
                objections=objections,
                now=now,
            ),
        )
        for hold in case_file.holds_of(session, vault, person_id, shown=show)
    )
    page = PersonPage(
        person_id=person_id,
        reference=person.reference,
        as_of=now,
        identity=_identity(session, vault, person_id, show=show),
        with_number=person.with_number,
        languages=circumstances.languages_of(session, person_id),
        exposures=exposures,
        custody=circumstances.custody_of(session, vault, person_id, shown=show),
        holds=holds,
        services=circumstances.services_of(session, person_id),
        reviews=reviews,
        proposals=proposals,
        objections=objections,
        appearances=circumstances.appearances_of(session, vault, person_id, shown=show),
        waiting=circumstances.waiting_for(session, person_id),
        looks=circumstances.looks_at(session, person_id),
        timeline=(),
        spans=(),
        what_next=what_next(holds),
    )
    return dataclasses.replace(page, timeline=events_of(session, page), spans=spans_of(page))


def what_next(holds: Sequence[HoldLine]) -> Sentence:
    """The next step of the first hold that is active, and how many more block besides."""
    active = [hold for hold in holds if hold.active]
    if not active:
        return _l("No hold is active. A removal check still asks the record, and is written in the ledger.")
    if len(active) == 1:
        return active[0].next
    return _l(
        "%(step)s Holds that block besides: %(others)s. Each ends on its own court review alone.",
        step=active[0].next,
        others=len(active) - 1,
    )


def _identity(session: Session, vault: Vault, person_id: uuid.UUID, *, show: bool) -> IdentityView:
    known = facts_of(session, vault, same_person(session, person_id))
    facts = known.pop(person_id, None)
    if facts is None:
        return _shredded()
    # Of records that were merged the page says everything, this one's own first.
    for other in known.values():
        facts = other.merged_with(facts)
    if not show:
        return masked(facts)
    return in_clear(facts, latest_posture(session, vault.key(session, person_id)))


def _shredded() -> IdentityView:
    return IdentityView(shown=False, name=NO_NAME)
