"""A demonstration takes in synthetic people alone; a real database knows no such rule."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, update

from holds.actions.list_kind import ImportOutcome
from holds.actions.place_hold import HoldRefusedError, place_hold
from holds.actions.synthetic_rows import REFUSED
from holds.domain.hold import Basis
from holds.domain.person import PersonFacts
from holds.store.exposures import FailingRow
from holds.store.facts import seal_facts
from holds.store.gates import Gate
from holds.store.people import Contact, Person
from holds.store.places import Custody
from holds.store.representation import Appearance
from tests.conftest import OfficeAtWork
from tests.holds.actions.lists import ANA, Lists, sums_up

REAL = "A123-456-789"
PERSON = (REAL, *ANA[1:])
CLIENT = ("EO123456", "", "", "DOE, JANE", "Doe Law PC", "doe@example.org")
FORM = ("G-28", "", "2023-01-05", "")

ROWS: dict[str, Callable[[Lists], ImportOutcome]] = {
    "people": lambda lists: lists.people(PERSON, name="real.csv"),
    "also known as": lambda lists: lists.people(
        (f"{ANA[0]} / {REAL}", "DIAZ, EVA", *ANA[2:]), name="real.csv"
    ),
    "custody": lambda lists: lists.custody(
        (REAL, ANA[1], ANA[2], "transferred", "ADAMSMS", "", "2023-01-05", "")
    ),
    "contacts": lambda lists: lists.contacts(
        (REAL, ANA[1], ANA[2], "Spanish", "", "", "", "", "+1 212 555 0100", *[""] * 7)
    ),
    "counsel": lambda lists: lists.roster((*CLIENT, REAL, ANA[1], ANA[2], *FORM)),
}


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_with_a_real_number_is_refused_in_a_demo(lists: Lists, kind: str) -> None:
    lists.people(ANA)
    before = [lists.count(table) for table in (Person, Gate, Custody, Contact, Appearance)]
    outcome = ROWS[kind](lists)
    assert sums_up(outcome)
    assert (outcome.counts["rows"], outcome.counts["rejected"], outcome.to_mend) == (1, 1, 1)
    assert [lists.count(table) for table in (Person, Gate, Custody, Contact, Appearance)] == before
    with lists.office.database.reading() as session:
        (row,) = session.scalars(select(FailingRow)).all()
    assert REFUSED in [problem["code"] for problem in row.problems]
    assert row.person_id is None


def test_the_other_rows_of_the_list_are_taken_in(lists: Lists) -> None:
    outcome = lists.people(PERSON, ANA)
    assert (outcome.counts["rows"], outcome.counts["imported"], outcome.counts["rejected"]) == (2, 1, 1)
    again = lists.people(ANA, PERSON, name="again.csv")
    assert (again.counts["duplicates"], again.counts["rejected"]) == (1, 1)
    assert lists.count(FailingRow) == 1
    mended = lists.people(("A900-000-007", *PERSON[1:2], "1991-01-01", *PERSON[3:]), name="mended.csv")
    assert mended.counts["imported"] == 1


def test_a_real_database_takes_real_numbers(real_office: OfficeAtWork, tmp_path: Path) -> None:
    lists = Lists(real_office, tmp_path)
    lists.register()
    assert lists.people(PERSON).counts["imported"] == 1
    assert lists.count(FailingRow) == 0
    _hold(real_office, lists.person("123456789"))


def _hold(office: OfficeAtWork, person_id: uuid.UUID) -> None:
    with office.database.transaction() as session:
        place_hold(
            session,
            office.vault,
            acting=office.caseworker,
            person_id=person_id,
            basis=Basis.TRO,
            cites="1:26-cv-9",
        )


def test_nobody_with_a_real_number_is_held_by_a_demo(lists: Lists) -> None:
    """However they came there."""
    lists.people(ANA)
    person_id = lists.person("900000001")
    _hold(lists.office, person_id)
    with lists.office.database.transaction() as session:
        facts = PersonFacts(a_numbers=("900000001", "123456789"))
        sealed = seal_facts(lists.office.vault.key(session, person_id), facts)
        session.execute(update(Person).where(Person.id == person_id).values(sealed_facts=sealed))
    with pytest.raises(HoldRefusedError, match="demonstration"):
        _hold(lists.office, person_id)
