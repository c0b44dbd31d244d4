"""Where a list says somebody is may name anybody: what is no facility for certain is kept sealed."""

from collections.abc import Sequence

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import IntegrityError

from holds.queries.people import person_page
from holds.store.people import DataKey
from holds.store.places import Custody, PlaceMatch
from tests.holds.actions.lists import ADAMS, ANA, BEN, CLEO, PEOPLE, Lists

SISTER = "Released to sister Rosa Perez, 12 Oak St, 212-555-0100"
BASILE = ("BASLELA", "Basile Detention Center", "", "Basile", "LA", "70515", "NOL", "", "", "")
IN_BASILE = (*ANA[:4], "Basile Detention Center", *ANA[5:])


def at_sister(who: Sequence[str] = ANA) -> tuple[str, ...]:
    return (*who[:4], SISTER, "Released", *who[6:])


def place(lists: Lists, number: str = "900000001") -> tuple[str | None, bool]:
    """Where the person's page says they are, and whether it is certain."""
    office, person_id = lists.office, lists.person(number)
    with office.database.reading() as session:
        page = person_page(session, office.vault, person_id, acting=office.caseworker, show=True)
    return page.custody[-1].place, page.custody[-1].certain


def kept(lists: Lists) -> list[PlaceMatch]:
    with lists.office.database.reading() as session:
        return list(session.scalars(select(PlaceMatch).order_by(PlaceMatch.id)))


def dumped(lists: Lists) -> str:
    """All of the table, as a thief would read it."""
    with lists.office.database.reading() as session:
        return repr([tuple(row) for row in session.execute(text("SELECT * FROM place_match"))])


def shred_lists(lists: Lists) -> None:
    with lists.office.database.transaction() as session:
        session.execute(delete(DataKey).where(DataKey.owner_kind == "source_list"))


def test_free_text_is_sealed_and_the_page_still_shows_it(lists: Lists) -> None:
    lists.people(at_sister())
    assert "Rosa" not in dumped(lists)
    assert "Oak" not in dumped(lists)
    assert place(lists) == (SISTER, False)


def test_a_facilitys_own_name_stands_in_clear_but_nothing_beside_it(lists: Lists) -> None:
    """A code is exact whatever the city's cell says."""
    lists.facilities(ADAMS)
    path = lists.write("people.csv", (*PEOPLE, "City"), (*ANA, "Natchez (sister Rosa Perez)"))
    lists.take_people(path)
    (match,) = kept(lists)
    assert (match.judgement, match.text) == ("exact", "ADAMSMS")
    assert "Rosa" not in dumped(lists)
    assert place(lists) == (ADAMS[1], True)


def test_a_spelling_is_kept_once_however_many_lists_bring_it(lists: Lists) -> None:
    lists.people(at_sister(), at_sister(BEN))
    (first,) = kept(lists)
    lists.people(at_sister(CLEO), ANA, name="second.csv")
    lists.custody((*BEN[:3], "Detained", SISTER, "", "2023-02-01", ""))
    again = kept(lists)
    assert [match.id for match in again if match.fingerprint == first.fingerprint] == [first.id]
    assert len(again) == 2
    assert (place(lists, "900000002"), place(lists, "900000003")) == ((SISTER, False), (SISTER, False))


def test_what_becomes_certain_is_found_again_through_its_seal(lists: Lists) -> None:
    lists.people(IN_BASILE, at_sister(BEN))
    assert {match.text for match in kept(lists)} == {None}
    outcome = lists.facilities(BASILE)
    assert outcome.counts["places_matched_again"] == 1
    assert {(match.text, match.judgement) for match in kept(lists)} == {
        ("Basile Detention Center", "confident"),
        (None, "none"),
    }
    assert place(lists) == ("Basile Detention Center", True)
    assert "Rosa" not in dumped(lists)


def test_a_shredded_lists_spelling_is_gone_and_stops_nobodys_work(lists: Lists) -> None:
    lists.people(IN_BASILE, at_sister(BEN))
    shred_lists(lists)
    assert (place(lists), place(lists, "900000002")) == ((None, False), (None, False))
    assert lists.facilities(BASILE).counts["places_matched_again"] == 0
    with lists.office.database.reading() as session:
        assert set(session.scalars(select(Custody.facility_id))) == {None}


def test_the_database_keeps_no_doubtful_text_in_clear(lists: Lists) -> None:
    lists.people(at_sister())
    with pytest.raises(IntegrityError), lists.office.database.transaction() as session:
        session.execute(update(PlaceMatch).values(text=SISTER))
