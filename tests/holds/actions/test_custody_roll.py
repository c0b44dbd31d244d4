"""Who disappears from the daily custody file becomes a task at once; whoever comes back closes it."""

import pytest
from sqlalchemy import select

from holds.actions.custody_roll import DISAPPEARED
from holds.actions.import_custody import import_custody
from holds.actions.list_kind import ImportOutcome, Wish
from holds.actions.transmit_hold import transmit_holds
from holds.store.ledger_rows import LedgerRow
from tests.holds.actions.lists import ADAMS, ANA, BEN, CLEO, CUSTODY, Lists

KROME = ("KROMEFL", "Krome Detention Center", "", "Miami", "FL", "33194", "MIA", "", "", "")
LIST = (ANA, BEN, CLEO)


def at(person: tuple[str, ...], day: str, place: str = "ADAMSMS", event: str = "Detained") -> tuple[str, ...]:
    return (*person[:3], event, place, "", day, "")


def roll(lists: Lists, name: str, *rows: tuple[str, ...], whole: bool | None = None) -> ImportOutcome:
    path = lists.write(name, CUSTODY, *rows)
    office = lists.office
    return import_custody(office.database, acting=office.operator, path=path, wish=Wish(whole=whole))


@pytest.fixture
def first_day(lists: Lists) -> Lists:
    lists.facilities(ADAMS, KROME)
    lists.people(*LIST)
    roll(lists, "monday.csv", *(at(one, "2023-02-06") for one in LIST))
    return lists


def gone(lists: Lists) -> set[object]:
    return {task.person_id for task in lists.tasks(DISAPPEARED)}


def test_who_is_missing_from_the_next_days_file_is_a_task_at_once(first_day: Lists) -> None:
    outcome = roll(first_day, "tuesday.csv", at(ANA, "2023-02-07"), at(BEN, "2023-02-07"))
    assert outcome.counts["disappeared"] == 1
    (task,) = first_day.tasks(DISAPPEARED)
    assert task.person_id == first_day.person("900000003")
    assert task.evidence["seen_last"] == "2023-02-06"
    with first_day.office.database.reading() as session:
        told = session.scalars(select(LedgerRow).where(LedgerRow.subject_id == task.subject_id)).all()
    assert "task.raised" in {row.verb for row in told}
    roll(first_day, "wednesday.csv", *(at(one, "2023-02-08") for one in LIST))
    assert gone(first_day) == set(), "back in the file"


def test_who_was_released_has_not_disappeared(first_day: Lists) -> None:
    left = at(CLEO, "2023-02-07", place="", event="Released")
    roll(first_day, "tuesday.csv", at(ANA, "2023-02-07"), at(BEN, "2023-02-07"), left)
    outcome = roll(first_day, "wednesday.csv", at(ANA, "2023-02-08"), at(BEN, "2023-02-08"))
    assert "disappeared" not in outcome.counts
    assert gone(first_day) == set()


def test_a_file_of_changes_makes_nobody_disappear_and_says_what_it_takes_it_for(first_day: Lists) -> None:
    moved = at(ANA, "2023-02-07", place="KROMEFL", event="Transferred")
    outcome = roll(first_day, "changes.csv", moved)
    assert (outcome.counts["not_in_this_file"], gone(first_day)) == (2, set())
    assert "not_in_this_file" not in roll(first_day, "said.csv", at(BEN, "2023-02-08"), whole=False).counts


def test_a_file_said_to_be_whole_is_held_against_everyone_detained(lists: Lists) -> None:
    lists.facilities(ADAMS)
    lists.people(*LIST)
    outcome = roll(lists, "monday.csv", at(ANA, "2023-02-06"), whole=True)
    assert outcome.counts["disappeared"] == 2
    assert gone(lists) == {lists.person("900000002"), lists.person("900000003")}


def test_an_older_file_that_comes_late_neither_raises_nor_closes(first_day: Lists) -> None:
    roll(first_day, "tuesday.csv", at(ANA, "2023-02-07"), at(BEN, "2023-02-07"))
    missing = gone(first_day)
    roll(first_day, "sunday.csv", at(BEN, "2023-02-05"), at(CLEO, "2023-02-05"))
    assert gone(first_day) == missing


def test_a_row_that_could_not_be_used_still_names_its_person(first_day: Lists) -> None:
    odd = (*CLEO[:3], "Reviewed", "", "", "2023-02-07", "")
    roll(first_day, "tuesday.csv", at(ANA, "2023-02-07"), at(BEN, "2023-02-07"), odd)
    assert gone(first_day) == set()


def test_a_trial_tells_the_same_and_changes_nothing(first_day: Lists) -> None:
    rows = (at(ANA, "2023-02-07"), at(BEN, "2023-02-07"))
    path = first_day.write("tuesday.csv", CUSTODY, *rows)
    office = first_day.office
    tried = import_custody(office.database, acting=office.operator, path=path, dry_run=True)
    assert gone(first_day) == set()
    done = import_custody(office.database, acting=office.operator, path=path)
    assert dict(tried.counts) == dict(done.counts)


def test_a_transfer_in_a_custody_file_opens_transmission_anew(first_day: Lists) -> None:
    office = first_day.office

    def send() -> tuple[int, int]:
        with office.database.transaction() as session:
            sent = transmit_holds(session, office.vault, acting=office.operator)
        return sent.sent, sent.ended

    send()
    assert send() == (0, 0)
    roll(first_day, "tuesday.csv", at(ANA, "2023-02-07", place="KROMEFL", event="Transferred"))
    assert send() == (2, 2), "the new field office and facility have it, the old ones no longer"
