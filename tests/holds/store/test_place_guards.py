"""Past every action: who judges where a location is, and when, is not for a client to say."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from holds.store.base import new_id
from holds.store.place_judgements import PlaceJudgement
from tests.holds.store.ground import days, put, refused
from tests.holds.store.of_places import judgement_row
from tests.holds.store.record import Record


@pytest.fixture
def session(record: Record) -> Iterator[Session]:
    with Session(record.database.engine) as session:
        yield session
        session.rollback()


@pytest.mark.parametrize("login", ["operator", "field", "admin"])
def test_only_a_caseworker_or_supervisor_judges(session: Session, record: Record, login: str) -> None:
    row = judgement_row(session, record)
    put(session, PlaceJudgement, **row)
    again = row | {"id": new_id(), "judged_by": record.staff[login].id}
    assert refused(session, PlaceJudgement, **again) == "place.judged_by_no_staff"


@pytest.mark.parametrize("when", [-1, 1])
def test_a_judgement_is_made_now(session: Session, record: Record, when: int) -> None:
    """A word dated back would be overruled by none that was said since, and one ahead by none to come."""
    row = judgement_row(session, record) | {"judged_at": days(session, when)}
    assert refused(session, PlaceJudgement, **row) == "place.judged_outside_now"


@pytest.mark.parametrize(
    "changes", [{"verdict": "none"}, {"facility_id": None}, {"verdict": "perhaps", "facility_id": None}]
)
def test_a_verdict_names_a_facility_or_none(
    session: Session, record: Record, changes: dict[str, Any]
) -> None:
    row = judgement_row(session, record) | changes
    with pytest.raises(IntegrityError):
        put(session, PlaceJudgement, **row)
