"""A location that the matcher could not tell is judged by a person, and the next list knows it."""

import uuid
from pathlib import Path

import pytest
from sqlalchemy import select

from holds.actions.judge_place import PlaceRefusedError, facility_meant, judge_place
from holds.domain.place_word import PlaceVerdict
from holds.domain.staff import Acting, NotAllowedError
from holds.queries.place_queue import WaitingPlace, place_queue
from holds.store.ledger_rows import LedgerRow
from holds.store.place_judgements import PlaceJudgement
from holds.store.places import Custody, PlaceMatch
from tests.conftest import OfficeAtWork
from tests.holds.actions.lists import ADAMS, ANA, BEN, CLEO, Lists
from tests.holds.actions.test_match_places import shred_lists

BIG_HOUSE = "The Big House (trustee J. Perez)"
BASILE = ("BASLELA", "Basile Detention Center", "", "Basile", "LA", "70515", "NOL", "", "", "")
NICKNAMED = (*ANA[:4], BIG_HOUSE, "Detained", "", "")


@pytest.fixture
def lists(office: OfficeAtWork, tmp_path: Path) -> Lists:
    made = Lists(office, tmp_path)
    made.register()
    made.facilities(ADAMS, BASILE)
    return made


def waiting(lists: Lists) -> list[WaitingPlace]:
    office = lists.office
    with office.database.reading() as session:
        return list(place_queue(session, office.vault, acting=office.caseworker, most=10))


def say(lists: Lists, who: Acting, facility: str | None, *, match_id: uuid.UUID | None = None) -> str:
    """Judge, by default what waits first; the judgement that the match then has."""
    office = lists.office
    match_id = match_id or waiting(lists)[0].match_id
    with office.database.transaction() as session:
        meant = facility_meant(session, facility) if facility else None
        verdict = PlaceVerdict.FACILITY if facility else PlaceVerdict.NONE
        place = judge_place(
            session,
            office.vault,
            acting=who,
            match_id=match_id,
            verdict=verdict,
            facility_id=meant,
            reason="Telephoned the sheriff.",
        )
        return place.judgement


def held_at(lists: Lists, number: str) -> str | None:
    """The code of the facility to which somebody's letters go."""
    with lists.office.database.reading() as session:
        found = session.scalars(
            select(Custody.facility_id).where(
                Custody.person_id == lists.person(number), Custody.until.is_(None)
            )
        ).one()
        codes = {facility_meant(session, code): code for code in ("ADAMSMS", "BASLELA")}
    return codes[found] if found else None


def test_a_judged_place_takes_mail_at_once_and_the_next_list_knows_it(lists: Lists) -> None:
    lists.people(NICKNAMED)
    (waits,) = waiting(lists)
    assert (waits.text, waits.people, waits.detained) == (BIG_HOUSE, 1, 1)
    assert held_at(lists, "900000001") is None
    assert say(lists, lists.office.caseworker, "ADAMSMS") == "exact"
    assert waiting(lists) == []
    assert held_at(lists, "900000001") == "ADAMSMS"
    lists.people((*BEN[:4], BIG_HOUSE.upper(), "Detained", "", ""), name="second.csv")
    assert held_at(lists, "900000002") == "ADAMSMS"
    assert waiting(lists) == []


def test_what_read_alike_and_waited_is_settled_with_it(lists: Lists) -> None:
    lists.people(NICKNAMED, (*BEN[:4], "big house - trustee J PEREZ", "Detained", "", ""))
    assert len(waiting(lists)) == 2
    say(lists, lists.office.caseworker, "ADAMSMS")
    assert waiting(lists) == []
    assert (held_at(lists, "900000001"), held_at(lists, "900000002")) == ("ADAMSMS", "ADAMSMS")


def test_two_who_differ_put_it_back_and_agreeing_settles_it(lists: Lists) -> None:
    casey, sunny = lists.office.caseworker, lists.office.supervisor
    lists.people(NICKNAMED)
    (waits,) = waiting(lists)
    say(lists, casey, "ADAMSMS")
    assert say(lists, sunny, "BASLELA", match_id=waits.match_id) == "none"
    assert held_at(lists, "900000001") is None
    (again,) = waiting(lists)
    assert [(o.judged_by, o.facility, o.reason) for o in again.opinions] == [
        ("casey", "ADAMSMS", "Telephoned the sheriff."),
        ("sunny", "BASLELA", "Telephoned the sheriff."),
    ]
    lists.people((*BEN[:4], BIG_HOUSE, "Detained", "", ""), name="second.csv")
    assert held_at(lists, "900000002") is None
    assert say(lists, casey, "BASLELA") == "exact"
    assert (held_at(lists, "900000001"), held_at(lists, "900000002")) == ("BASLELA", "BASLELA")


def test_none_of_them_waits_no_more_until_a_facility_of_that_name_is_known(lists: Lists) -> None:
    lists.people((*CLEO[:4], "Nowhere County Jail", "Detained", "", ""))
    assert say(lists, lists.office.caseworker, None) == "none"
    assert waiting(lists) == []
    lists.facilities(("NOWHRMS", "Nowhere County Jail", "", "Nowhere", "MS", "", "NOL", "", "", ""))
    (waits,) = waiting(lists)
    assert (waits.rule, waits.candidate) == (
        "another_found_since_it_was_judged",
        ("NOWHRMS", "Nowhere County Jail"),
    )


def test_the_judgement_is_in_the_ledger_and_names_nobody_in_clear(lists: Lists) -> None:
    lists.people(NICKNAMED)
    say(lists, lists.office.caseworker, "ADAMSMS")
    with lists.office.database.reading() as session:
        rows = session.scalars(select(LedgerRow).where(LedgerRow.verb.like("place.%"))).all()
        told = {row.verb: row.codes for row in rows}
        kept = session.scalars(select(PlaceJudgement)).one()
        code = facility_meant(session, "ADAMSMS")
    assert told["place.judged"]["facility"] == told["place.matched"]["facility"] == str(code)
    assert told["place.matched"]["rule"] == "judged"
    assert b"Telephoned" not in kept.sealed_reason
    assert b"house" not in kept.place_key.lower()


def test_a_judged_name_stands_in_clear_nowhere(lists: Lists) -> None:
    """The text is a facility's nickname here, and might have been anybody's name."""
    lists.people(NICKNAMED)
    say(lists, lists.office.caseworker, "ADAMSMS")
    with lists.office.database.reading() as session:
        assert session.scalars(select(PlaceMatch.text)).all() == [None]


def test_where_most_are_detained_comes_first(lists: Lists) -> None:
    released = (*CLEO[:4], "Rock House", "Released", "", "")
    lists.people(released, (*ANA[:4], "Camp X", "Detained", "", ""), (*BEN[:4], "Camp X", "Detained", "", ""))
    assert next((one.text, one.detained) for one in waiting(lists)) == ("Camp X", 2)


@pytest.mark.parametrize("who", ["operator", "officer", "manager"])
def test_only_caseworkers_judge(lists: Lists, who: str) -> None:
    lists.people(NICKNAMED)
    with pytest.raises(NotAllowedError):
        say(lists, getattr(lists.office, who), "ADAMSMS")


def test_a_judgement_needs_a_reason_and_a_readable_text(lists: Lists) -> None:
    lists.people(NICKNAMED)
    (waits,) = waiting(lists)
    office = lists.office
    with pytest.raises(PlaceRefusedError), office.database.transaction() as session:
        judge_place(
            session,
            office.vault,
            acting=office.caseworker,
            match_id=waits.match_id,
            verdict=PlaceVerdict.NONE,
            reason=" ",
        )
    shred_lists(lists)
    assert waiting(lists)[0].text is None
    with pytest.raises(PlaceRefusedError, match="shredded"):
        say(lists, office.caseworker, "ADAMSMS")


def test_a_facility_of_several_of_one_name_is_asked_for_by_its_code(lists: Lists) -> None:
    twin = ("BASLETX", "Basile Detention Center", "", "Basile", "TX", "", "HOU", "", "", "")
    lists.facilities(twin)
    with (
        lists.office.database.reading() as session,
        pytest.raises(PlaceRefusedError, match=r"BASLELA.*BASLETX|BASLETX.*BASLELA"),
    ):
        facility_meant(session, "Basile Detention Center")
