"""Judging a place beside an import at work, a growing directory, and another office's word."""

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import insert, select, text

from holds.actions.import_run import find_incident, import_record_list, people_of
from holds.actions.judge_place import PlaceRefusedError, judge_place
from holds.actions.list_kind import Watch, Wish
from holds.actions.list_run import run_import
from holds.actions.source_lists import one_import_at_a_time
from holds.cli import places
from holds.domain.place_word import PlaceVerdict
from holds.domain.staff import Acting
from holds.queries.place_queue import place_queue
from holds.store.base import new_id
from holds.store.places import PlaceMatch
from holds.store.staff import Actor, Organisation
from tests.conftest import OfficeAtWork
from tests.holds.actions.lists import ADAMS, ANA, BEN, CLEO, PEOPLE, Lists
from tests.holds.actions.test_judge_place import BASILE, BIG_HOUSE, held_at, say, waiting
from tests.holds.cli.test_judging import Desk


@pytest.fixture
def lists(office: OfficeAtWork, tmp_path: Path) -> Lists:
    made = Lists(office, tmp_path)
    made.register()
    made.facilities(ADAMS, BASILE)
    return made


def at(who: tuple[str, ...], place: str) -> tuple[str, ...]:
    return (*who[:4], place, "Detained", "", "")


def row_by_row(lists: Lists, rows: list[tuple[str, ...]], between: list[object]) -> None:
    """Import, a transaction for each row; after each, the next of what is to be done in between."""
    database, todo = lists.office.database, iter(between)
    with database.reading() as session:
        kind = dataclasses.replace(people_of(find_incident(session, "leak")), batch=1)

    def told(_done: int) -> None:
        if (act := next(todo, None)) is not None:
            assert callable(act)
            act()

    wish = Wish(watch=Watch(on_progress=told))
    path = lists.write("long.csv", PEOPLE, *rows)
    run_import(database, acting=lists.office.operator, path=path, kind=kind, wish=wish)


def judge_adams(lists: Lists) -> None:
    assert say(lists, lists.office.caseworker, "ADAMSMS") == "exact"


def test_what_is_judged_while_a_list_comes_in_counts_for_its_next_rows(lists: Lists) -> None:
    """After two rows of one spelling it is judged; one spelt the same comes then, and one spelt otherwise."""
    dan = ("A900-000-004", "TEST, DAN", "1991-01-02", "Ghana")
    rows = [at(ANA, BIG_HOUSE), at(BEN, BIG_HOUSE), at(CLEO, BIG_HOUSE), at(dan, BIG_HOUSE.upper())]
    row_by_row(lists, rows, [None, lambda: judge_adams(lists)])
    assert [held_at(lists, f"90000000{last}") for last in (1, 2, 3, 4)] == ["ADAMSMS"] * 4
    assert waiting(lists) == []


def test_a_facility_that_came_while_a_list_comes_in_may_be_judged(lists: Lists) -> None:
    new = ("NATCHMS", "Natchez Annex", "", "Natchez", "MS", "", "NOL", "", "", "")

    def learn() -> None:
        lists.facilities(new, name="more.csv")
        assert say(lists, lists.office.caseworker, "NATCHMS") == "exact"

    row_by_row(lists, [at(ANA, BIG_HOUSE), at(BEN, BIG_HOUSE.upper())], [learn])
    with lists.office.database.reading() as session:
        found = session.scalars(select(PlaceMatch.facility_id)).all()
    assert len(found) == 2
    assert None not in found
    assert len(set(found)) == 1


def test_a_trial_that_holds_the_import_lock_is_told_in_a_sentence(lists: Lists) -> None:
    lists.people(at(ANA, BIG_HOUSE))
    database = lists.office.database
    if database.engine.dialect.name == "postgresql":  # SQLite has one writer, and no lock beside that
        (waits,) = waiting(lists)
        with database.transaction() as trial, database.transaction() as session:
            one_import_at_a_time(trial)
            session.execute(text("SET LOCAL lock_timeout = '100ms'"))
            with pytest.raises(PlaceRefusedError, match="judge again when it is done"):
                judge_place(
                    session,
                    database.vault,
                    acting=lists.office.caseworker,
                    match_id=waits.match_id,
                    verdict=PlaceVerdict.NONE,
                    reason="Telephoned the sheriff.",
                )
            session.rollback()
    judge_adams(lists)
    assert held_at(lists, "900000001") == "ADAMSMS"


def test_a_judged_place_is_asked_again_when_the_directory_learns_of_one_of_its_name(lists: Lists) -> None:
    lists.people(at(ANA, "Pine Grove Detention Center, Vidalia, LA"))
    assert say(lists, lists.office.caseworker, "ADAMSMS") == "exact"
    assert held_at(lists, "900000001") == "ADAMSMS"
    lists.facilities(
        ("PINEGLA", "Pine Grove Detention Center", "", "Vidalia", "LA", "", "NOL", "", "", ""),
        name="more.csv",
    )
    (waits,) = waiting(lists)
    assert waits.rule == "another_found_since_it_was_judged"
    assert waits.candidate == ("PINEGLA", "Pine Grove Detention Center")
    assert held_at(lists, "900000001") is None


@pytest.mark.parametrize("written", ["COUNTY JAIL", "Co. Jail"])
def test_a_name_that_names_no_place_is_no_facility(lists: Lists, written: str) -> None:
    """Else everyone so written, in every state, would be sent to one county."""
    lists.people(at(ANA, written))
    with pytest.raises(PlaceRefusedError, match="name no place"):
        say(lists, lists.office.caseworker, "ADAMSMS")
    assert held_at(lists, "900000001") is None
    assert say(lists, lists.office.caseworker, None) == "none"


def test_with_its_town_the_same_name_may_be_judged(lists: Lists) -> None:
    lists.people(at(ANA, "COUNTY JAIL, NATCHEZ, MS"))
    assert say(lists, lists.office.caseworker, "ADAMSMS") == "exact"


def another_office(lists: Lists) -> Lists:
    """Another organisation on the same record."""
    organisation_id, made = new_id(), []
    with lists.office.database.transaction() as session:
        session.execute(insert(Organisation), [{"id": organisation_id, "name": "Another office"}])
        for own in (lists.office.operator, lists.office.caseworker):
            login = f"other {own.role.value}"
            acting: Acting = dataclasses.replace(
                own, id=new_id(), organisation_id=organisation_id, login=login
            )
            kept = {"id": acting.id, "organisation_id": organisation_id, "login": login}
            kept |= {
                "display_name": login,
                "role": own.role.value,
                "kind": "staff",
                "credential_hash": "none",
            }
            session.execute(insert(Actor), [kept])
            made.append(acting)
    operator, caseworker = made
    office = dataclasses.replace(lists.office, operator=operator, caseworker=caseworker)
    return Lists(office, lists.folder)


def test_another_offices_word_is_shown_without_who_and_why(lists: Lists) -> None:
    others = another_office(lists)
    lists.people(at(ANA, BIG_HOUSE))
    path = lists.write("theirs.csv", PEOPLE, at(BEN, BIG_HOUSE))
    import_record_list(lists.office.database, acting=others.office.operator, path=path, incident="leak")
    say(others, others.office.caseworker, "BASLELA")
    assert held_at(lists, "900000001") == "BASLELA"
    with lists.office.database.reading() as session:
        (match_id,) = session.scalars(select(PlaceMatch.id)).all()
    say(lists, lists.office.caseworker, "ADAMSMS", match_id=match_id)
    (ours,) = waiting(lists)
    told = [(o.judged_by, o.verdict, o.facility, o.reason) for o in ours.opinions]
    assert told == [
        (None, PlaceVerdict.FACILITY, "BASLELA", None),
        ("casey", PlaceVerdict.FACILITY, "ADAMSMS", "Telephoned the sheriff."),
    ]
    words = CliRunner().invoke(places.place, ["queue", "--as", "casey"], obj=Desk(lists.office)).stdout
    assert "another office: facility BASLELA\n" in words
    with lists.office.database.reading() as session:
        acting = others.office.caseworker
        (theirs,) = place_queue(session, lists.office.vault, acting=acting, most=10)
    assert [o.judged_by for o in theirs.opinions] == ["other caseworker", None]
