"""Who else may be standing at the door: asked once more as somebody boards, by the database itself."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.judgement import DoubtKind, Verdict
from holds.domain.person import PersonFacts
from holds.store.gates import Clearance, Hold, Removal
from holds.store.judgements import DoubtNumber, Judgement
from holds.store.lookup import index_rows
from holds.store.people import PersonIndex
from holds.store.sealing import index_values
from tests.holds.store.ground import clearance, compared, days, epoch, put, refused, release
from tests.holds.store.merging import judged, put_doubt
from tests.holds.store.record import Held, Record, database_now, new_incident, put_on_record

BORN = "1988-05-04"
NAMED = {"names": ("ROE, RICHARD",), "birth_dates": (BORN,)}


def someone(session: Session, record: Record, **known: Any) -> Held:
    return put_on_record(session, record, new_incident(session, record), **known)


def free(session: Session, record: Record, **known: Any) -> Held:
    held = someone(session, record, **known)
    release(session, record, held)
    return held


def cleared(session: Session, record: Record, held: Held) -> dict[str, Any]:
    """A clearance asked for under the number, name and birth date of NAMED; the boarding it is for."""
    row = clearance(session, record, held)
    put(session, Clearance, **row)
    asked = session.execute(
        select(PersonIndex.kind, PersonIndex.value).where(PersonIndex.person_id == held.person_id)
    )
    for kind, value in asked.all():
        compared(session, row["id"], value, kind=kind)
    return {
        "person_id": held.person_id,
        "epoch": row["epoch"] + 1,
        "clearance_id": row["id"],
        "recorded_by": row["issued_to"],
    }


def test_somebody_held_of_the_same_name_and_birth_date_who_came_since_stops_the_boarding(
    taken_back: Session, record: Record
) -> None:
    boarding = cleared(taken_back, record, free(taken_back, record, **NAMED))
    someone(taken_back, record, **NAMED)
    assert refused(taken_back, Removal, **boarding) == "identity.near_match"


@pytest.mark.parametrize(
    "other",
    [
        {"names": ("ROE, RICHARD",), "birth_dates": ("1988-05-05",)},
        {"names": ("POE, RICHARD",), "birth_dates": (BORN,)},
        {"names": ("ROE, RICHARD",)},
    ],
    ids=["another birth date", "another name", "a name beside a number"],
)
def test_who_is_not_of_that_name_and_birth_date_hinders_nobody(
    taken_back: Session, record: Record, other: dict[str, Any]
) -> None:
    boarding = cleared(taken_back, record, free(taken_back, record, **NAMED))
    someone(taken_back, record, **other)
    put(taken_back, Removal, **boarding)


def test_a_near_match_whom_nothing_holds_hinders_nobody(taken_back: Session, record: Record) -> None:
    boarding = cleared(taken_back, record, free(taken_back, record, **NAMED))
    free(taken_back, record, **NAMED)
    put(taken_back, Removal, **boarding)


def test_who_is_held_by_a_name_alone_stops_whoever_bears_it(taken_back: Session, record: Record) -> None:
    """Neither number nor birth date are known: the name says all there is."""
    held = free(taken_back, record, **NAMED)
    boarding = cleared(taken_back, record, held)
    other = someone(taken_back, record, a_numbers=(), names=("ROE, RICHARD",))
    of_other = select(PersonIndex.value).where(PersonIndex.person_id == other.person_id)
    for value in taken_back.scalars(of_other).all():
        compared(taken_back, boarding["clearance_id"], value, kind="name")
    assert refused(taken_back, Removal, **boarding) == "identity.near_match"


@pytest.mark.parametrize("doubted_since", [False, True])
def test_who_two_judged_to_be_somebody_else_stops_nobody_until_one_doubts_it(
    taken_back: Session, record: Record, doubted_since: bool
) -> None:
    person = free(taken_back, record, **NAMED)
    boarding = cleared(taken_back, record, person)
    near = someone(taken_back, record, **NAMED)
    doubt_id = put_doubt(taken_back, record, near.person_id, None, DoubtKind.NEAR_MATCH)
    for key_id, value in index_values(record.vault.ring, "a_number", person.number):
        row = {"doubt_id": doubt_id, "value": value, "index_key_id": key_id}
        put(taken_back, DoubtNumber, subject_id=near.person_id, **row)
    judged(taken_back, record, doubt_id, Verdict.NEGATIVE)
    if doubted_since:
        later = {"judged_at": days(taken_back, 1), "judged_by": record.staff["sol"].id}
        put(taken_back, Judgement, doubt_id=doubt_id, verdict="unsure", sealed_reason=b"sealed", **later)
        assert refused(taken_back, Removal, **boarding) == "identity.near_match"
    else:
        put(taken_back, Removal, **boarding)


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_hold_is_placed_now_whatever_its_writer_says(
    taken_back: Session, record: Record, hours: int
) -> None:
    """Dated back it would let an older choice count, dated forward a removal in spite of it pass."""
    held, casey = someone(taken_back, record), record.staff["casey"]
    row = {"person_id": held.person_id, "epoch": epoch(taken_back, held.person_id) + 1, "basis": "habeas"}
    row |= {"organisation_id": casey.organisation_id, "placed_by": casey.id, "sealed_cites": b"sealed"}
    off = database_now(taken_back) + dt.timedelta(hours=hours)
    assert refused(taken_back, Hold, **row, placed_at=off) == "hold.placed_outside_now"
    put(taken_back, Hold, **row)


def test_a_twin_under_the_number_is_seen_by_the_database(taken_back: Session, record: Record) -> None:
    """Nobody is cleared whose twin is held, and nobody boards whose twin came on record since."""
    person = free(taken_back, record, **NAMED)
    boarding = cleared(taken_back, record, person)
    someone(taken_back, record, a_numbers=("900772002", person.number))
    assert refused(taken_back, Removal, **boarding) == "hold.active"
    row = clearance(taken_back, record, person)
    assert refused(taken_back, Clearance, **row) == "hold.active"


def test_a_number_that_comes_to_be_shared_is_seen_too(taken_back: Session, record: Record) -> None:
    """The held one was there before, and gets the number as a further one."""
    person, held = free(taken_back, record, **NAMED), someone(taken_back, record)
    boarding = cleared(taken_back, record, person)
    facts = PersonFacts(a_numbers=(person.number,))
    for row in index_rows(record.vault.ring, held.person_id, facts):
        put(taken_back, PersonIndex, **row)
    assert refused(taken_back, Removal, **boarding) == "hold.active"


def test_nobody_boards_who_was_not_compared(taken_back: Session, record: Record) -> None:
    person = free(taken_back, record, **NAMED)
    row = clearance(taken_back, record, person)
    put(taken_back, Clearance, **row)
    boarding: dict[str, Any] = {"person_id": person.person_id, "epoch": row["epoch"] + 1}
    boarding |= {"clearance_id": row["id"], "recorded_by": row["issued_to"]}
    assert refused(taken_back, Removal, **boarding) == "clearance.not_compared"
    compared(taken_back, row["id"], kind="a_number")
    assert refused(taken_back, Removal, **boarding) == "clearance.not_compared"
    compared(taken_back, row["id"])
    put(taken_back, Removal, **boarding)


@pytest.mark.parametrize("other", ["sol", "casey"])
def test_only_whom_it_was_issued_to_boards_on_a_clearance(
    taken_back: Session, record: Record, other: str
) -> None:
    boarding = cleared(taken_back, record, free(taken_back, record, **NAMED))
    by_another = {**boarding, "recorded_by": record.staff[other].id}
    assert refused(taken_back, Removal, **by_another) == "clearance.of_another"


@pytest.mark.parametrize("hours", [-1, 1])
def test_the_times_of_clearance_and_boarding_are_the_databases(
    taken_back: Session, record: Record, hours: int
) -> None:
    """A boarding that is told to lie before a hold, or after everything, would be no evidence."""
    person = free(taken_back, record, **NAMED)
    off = database_now(taken_back) + dt.timedelta(hours=hours)
    row = clearance(taken_back, record, person, issued_at=off)
    assert refused(taken_back, Clearance, **row) == "clearance.issued_outside_now"
    boarding = cleared(taken_back, record, person)
    assert refused(taken_back, Removal, **boarding, boarded_at=off) == "removal.outside_its_time"
    put(taken_back, Removal, **boarding)
