"""A run that breaks off leaves the record closed, and goes on where it stopped."""

import pytest
from sqlalchemy import func, select

from holds.actions.abandon_list import AbandonRefusedError, abandon_list
from holds.actions.import_run import BATCH, import_record_list
from holds.actions.list_kind import Watch
from holds.queries.unfinished_lists import unfinished_lists
from holds.store.exposures import Exposure
from holds.store.gates import Hold
from holds.store.ledger_rows import LedgerRow
from holds.store.openness import closed_reasons
from holds.store.people import LanguageNote, Person
from holds.store.places import Custody, PostureNote
from tests.holds.actions.lists import ANA, PEOPLE, Lists, sums_up


class PowerCutError(Exception):
    """What nobody expects."""


def test_interrupted_import_blocks_everyone_until_it_is_run_to_its_end(lists: Lists) -> None:
    rows = [(f"A9{n:08}", f"TEST{n}, PERSON", "1990-04-25", "", "", "", "", "") for n in range(BATCH + 1)]
    path = lists.write("people.csv", PEOPLE, *rows)
    database, operator = lists.office.database, lists.office.operator

    def cut(_done: int) -> None:
        raise PowerCutError

    def reasons() -> tuple[str, ...]:
        with database.reading() as session:
            return closed_reasons(session, lists.office.vault.ring, database.metadata)

    with pytest.raises(PowerCutError):
        import_record_list(
            database, acting=operator, path=path, incident="leak", watch=Watch(on_progress=cut)
        )
    assert lists.count(Person) == BATCH
    assert reasons() == ("import.unfinished",)
    outcome = lists.take_people(path)
    counts = outcome.counts
    assert (counts["imported"], counts["duplicates"]) == (BATCH + 1, 0), "counted once, as a whole"
    assert outcome.resumed
    assert lists.count(Person) == lists.count(Hold) == lists.count(Exposure) == BATCH + 1
    assert reasons() == ()
    assert sums_up(outcome)


def test_two_rows_of_one_list_are_two_people_though_name_and_birth_date_are_the_same(lists: Lists) -> None:
    unreadable = ("12A", "GARCIA, JOSE", "1990-01-01", "Cuba", "ADAMSMS", "Detained", "", "")
    namesake = ("A900-000-019", "GARCIA, JOSE", "1990-01-01", "Peru", "Nowhere Jail", "Detained", "", "")
    counts = lists.people(unreadable, namesake, name="namesakes.csv").counts
    assert (counts["without_number"], counts["imported"], counts["updated"]) == (1, 1, 0)
    assert lists.count(Hold) == lists.count(Person)


def test_a_corrected_list_brings_language_and_posture_where_the_place_stays(lists: Lists) -> None:
    lists.people(ANA)
    heading = (*PEOPLE, "Language", "Case Status")
    lists.take_people(lists.write("corrected.csv", heading, (*ANA, "Mam", "Final order")))
    with lists.office.database.reading() as session:
        assert session.scalars(select(LanguageNote.tag)).all() == ["mam"]
        assert session.scalar(select(func.count()).select_from(PostureNote)) == 1
        assert session.scalar(select(func.count()).select_from(Custody)) == lists.count(Person)


def test_a_move_told_by_a_corrected_list_is_in_the_ledger(lists: Lists) -> None:
    lists.people(ANA)
    moved = (*ANA[:4], "Nowhere Jail", *ANA[5:])
    lists.people(moved, name="moved.csv")
    with lists.office.database.reading() as session:
        told = session.scalars(select(LedgerRow).where(LedgerRow.verb == "custody.changed")).one()
        line = session.get_one(Custody, told.subject_id)
    assert (line.person_id, line.until) == (told.person_id, None)


def test_a_lost_file_is_given_up_only_when_another_import_took_its_place(lists: Lists) -> None:
    rows = [(f"A9{n:08}", f"TEST{n}, PERSON", "1990-04-25", "", "", "", "", "") for n in range(BATCH + 1)]
    path = lists.write("lost.csv", PEOPLE, *rows)
    database, operator = lists.office.database, lists.office.operator

    def cut(_done: int) -> None:
        raise PowerCutError

    with pytest.raises(PowerCutError):
        import_record_list(
            database, acting=operator, path=path, incident="leak", watch=Watch(on_progress=cut)
        )
    with database.reading() as session:
        (lost,) = unfinished_lists(session, acting=operator)
    with database.transaction() as session, pytest.raises(AbandonRefusedError, match="again first"):
        abandon_list(session, acting=operator, reference=lost.reference)
    lists.take_people(lists.write("whole.csv", PEOPLE, *rows, ANA))
    with database.transaction() as session:
        abandon_list(session, acting=operator, reference=lost.reference)
    with database.reading() as session:
        assert closed_reasons(session, lists.office.vault.ring, database.metadata) == ()
    assert lists.count(Hold) == lists.count(Person) == BATCH + 2
