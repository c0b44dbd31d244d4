"""From what people write (an A-number, a reference) to the record it means."""

import uuid

from sqlalchemy import exists, select, true
from sqlalchemy.orm import Session

from holds.domain.a_number import read_a_numbers
from holds.domain.staff import Acting
from holds.store.closings import Closing
from holds.store.gates import Hold, HoldEnding
from holds.store.lookup import find_people
from holds.store.merged import one_records, same_person
from holds.store.ownership import NOBODY, NotFoundError, is_own, own_hold, own_person
from holds.store.people import Person
from holds.store.reviews import CourtReview, Objection, ReleaseProposal
from holds.store.vault import Vault

__all__ = [
    "NotFoundError",
    "hold_of",
    "latest_closing",
    "latest_proposal",
    "objection_of",
    "objection_reference",
    "only_active_hold",
    "person_of",
    "review_of",
    "review_reference",
]


def person_of(
    session: Session, vault: Vault, text: str, *, acting: Acting, anyones: bool = False
) -> uuid.UUID:
    """The person with this A-number or reference: of the actor's organisation, or `anyones` (for a hold).

    Records that were merged are one person's: under a number that several of them bear, the root answers.
    """
    numbers = read_a_numbers(text).numbers
    ids = frozenset[uuid.UUID]().union(*find_people(session, vault.ring, "a_number", numbers).values())
    same = (Person.id.in_(ids)) if numbers else (Person.reference == text.strip().upper())
    yours = true() if anyones else Person.organisation_id == acting.organisation_id
    found = session.execute(
        select(Person.id, Person.reference).where(same, yours).order_by(Person.reference)
    ).all()
    if len(found) == 1:
        return found[0][0]
    roots = {record.root for record in one_records(session, [row[0] for row in found]).values()}
    if len(roots) == 1:
        return roots.pop()
    if found:
        names = ", ".join(reference for _, reference in found)
        raise NotFoundError(f"Several people are on record under this number; name one of them: {names}.")
    raise NotFoundError(NOBODY)


def hold_of(
    session: Session, reference: str, *, acting: Acting, person_id: uuid.UUID | None = None
) -> uuid.UUID:
    """The hold with this reference, on a person of the actor's organisation; on `person_id` where given."""
    wanted = reference.strip().upper()
    found = session.execute(select(Hold.id, Hold.person_id).where(Hold.reference == wanted)).one_or_none()
    if found is None or not is_own(session, acting, found.person_id):
        raise NotFoundError(f"There is no hold {reference}; see: holdfast person show A-NUMBER")
    if person_id is not None and found.person_id != person_id:
        raise NotFoundError(f"The hold {reference} is another person's; see: holdfast person show A-NUMBER")
    found_id: uuid.UUID = found.id
    return found_id


def only_active_hold(session: Session, person_id: uuid.UUID, *, acting: Acting) -> uuid.UUID:
    """The person's active hold where there is just one; otherwise it must be named."""
    own_person(session, acting, person_id)
    ended = exists().where(HoldEnding.hold_id == Hold.id)
    found = session.scalars(
        select(Hold.id).where(Hold.person_id.in_(same_person(session, person_id)), ~ended)
    ).all()
    if len(found) != 1:
        raise NotFoundError("The person has not exactly one active hold; name it with --hold REFERENCE.")
    return found[0]


def review_of(session: Session, reference: str, *, acting: Acting) -> uuid.UUID:
    """The court review with this reference, of a person of the actor's organisation."""
    wanted = reference.strip().upper()
    found = session.execute(
        select(CourtReview.id, CourtReview.person_id).where(CourtReview.reference == wanted)
    ).one_or_none()
    if found is None or not is_own(session, acting, found.person_id):
        raise NotFoundError(f"There is no court review {reference}; see: holdfast person show A-NUMBER")
    found_id: uuid.UUID = found.id
    return found_id


def review_reference(session: Session, review_id: uuid.UUID) -> str:
    """How people call a review."""
    return session.scalars(select(CourtReview.reference).where(CourtReview.id == review_id)).one()


def objection_of(session: Session, reference: str, *, acting: Acting) -> uuid.UUID:
    """The objection with this reference, of a person of the actor's organisation."""
    wanted = reference.strip().upper()
    found = session.execute(
        select(Objection.id, Objection.person_id).where(Objection.reference == wanted)
    ).one_or_none()
    if found is None or not is_own(session, acting, found.person_id):
        raise NotFoundError(f"There is no objection {reference}; see: holdfast person show A-NUMBER")
    found_id: uuid.UUID = found.id
    return found_id


def objection_reference(session: Session, objection_id: uuid.UUID) -> str:
    """How people call an objection."""
    return session.scalars(select(Objection.reference).where(Objection.id == objection_id)).one()


def latest_proposal(session: Session, hold_id: uuid.UUID, *, acting: Acting) -> uuid.UUID:
    """The newest proposal to release a hold of one of the actor's people."""
    own_hold(session, acting, hold_id)
    found = session.scalar(
        select(ReleaseProposal.id)
        .where(ReleaseProposal.hold_id == hold_id)
        .order_by(ReleaseProposal.proposed_at.desc())
        .limit(1)
    )
    if found is None:
        raise NotFoundError("The release of this hold was not proposed yet.")
    return found


def latest_closing(session: Session, hold_id: uuid.UUID, *, acting: Acting) -> uuid.UUID:
    """The newest proposal to end a hold of one of the actor's people other than by release."""
    own_hold(session, acting, hold_id)
    found = session.scalar(
        select(Closing.id)
        .where(Closing.hold_id == hold_id)
        .order_by(Closing.proposed_at.desc(), Closing.id.desc())
        .limit(1)
    )
    if found is None:
        raise NotFoundError("No end of this hold was proposed yet.")
    return found
