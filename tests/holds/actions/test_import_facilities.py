"""Facility directories of several years become one directory, and open locations find their place in it."""

from pathlib import Path

import pytest
from sqlalchemy import select

from holds.actions.judge_place import judge_place
from holds.domain.place_word import PlaceVerdict
from holds.intake.problem import IntakeError
from holds.store.exposures import SourceList
from holds.store.places import Custody, Facility, FacilityName
from tests.holds.actions.lists import ADAMS, ANA, CLEO, Lists, sums_up

AGENCY = Path(__file__).parents[3].parent / "shared" / "data"


def facility(lists: Lists, name: str) -> Facility:
    with lists.office.database.reading() as session:
        return session.scalars(select(Facility).where(Facility.name == name)).one()


def test_later_list_adds_its_name_area_and_closing_to_the_facility_on_record(lists: Lists) -> None:
    lists.facilities(ADAMS)
    later = ("", "Adams Co. Det. Ctr.", "", "Natchez", "MS", "", "ATL", "", "2025-01-31", "")
    outcome = lists.facilities(later, name="later.csv")
    assert (outcome.counts["updated"], outcome.counts["attached"], lists.count(Facility)) == (1, 1, 1)
    adams = facility(lists, "Adams County Detention Center")
    assert (adams.detloc, adams.aor, adams.address) == ("ADAMSMS", "ATL", "20 Hobo Fork Rd")
    assert adams.closed_on is not None
    with lists.office.database.reading() as session:
        assert set(session.scalars(select(FacilityName.name))) == {"Adams County Detention Center", later[1]}


def test_hold_rooms_hotels_and_hospitals_take_no_mail(lists: Lists) -> None:
    kinds = ("hold_room", "hotel", "hospital", "facility", "family")
    lists.facilities(
        *(
            (f"CODE{i}XX", f"Place {i} {k}", "", f"Town{i}", "TX", "", "", k, "", "")
            for i, k in enumerate(kinds)
        )
    )
    with lists.office.database.reading() as session:
        mailing = dict(session.execute(select(Facility.kind, Facility.mailing)).all())
    assert mailing == {
        "hold_room": False, "hotel": False, "hospital": False, "facility": True, "family": True
    }  # fmt: skip


def test_same_file_again_changes_nothing_and_a_changed_one_adds_no_double(lists: Lists) -> None:
    other = ("", "Basile Detention Center", "", "Basile", "LA", "70515", "NOL", "", "", "")
    lists.facilities(ADAMS, other)
    again = lists.facilities(ADAMS, other)
    assert again.repeated
    assert again.counts["duplicates"] == 2
    third = ("", "Camp 6", "", "Tacoma", "WA", "", "SEA", "", "", "")
    changed = lists.facilities(other, ADAMS, third)
    assert (changed.counts["duplicates"], changed.counts["imported"]) == (2, 1)
    assert lists.count(Facility) == 3
    assert sums_up(changed)


def test_new_facility_matches_open_locations_again_but_not_what_a_human_judged(lists: Lists) -> None:
    nowhere = (*CLEO[:4], "Basile Detention Center", *CLEO[5:])
    lists.people(ANA, nowhere)
    office = lists.office
    with office.database.transaction() as session:
        of_cleo = select(Custody.place_match_id).where(Custody.person_id == lists.person("900000003"))
        match_id = session.scalars(of_cleo).one()
        assert match_id
        judge_place(
            session,
            office.vault,
            acting=office.caseworker,
            match_id=match_id,
            verdict=PlaceVerdict.NONE,
            reason="Closed.",
        )
        assert set(session.scalars(select(Custody.facility_id))) == {None}
    basile = ("BASLELA", "Basile Detention Center", "", "Basile", "LA", "70515", "NOL", "", "", "")
    outcome = lists.facilities(ADAMS, basile)
    assert outcome.counts["places_matched_again"] == 1
    with lists.office.database.reading() as session:
        found = dict(session.execute(select(Custody.person_id, Custody.facility_id)).all())
    adams = facility(lists, "Adams County Detention Center")
    assert found == {lists.person("900000001"): adams.id, lists.person("900000003"): None}


def test_one_code_for_two_places_is_kept_to_mend(lists: Lists) -> None:
    lists.facilities(ADAMS)
    taken = ("ADAMSMS", "Zuni Jail", "", "Zuni", "NM", "", "", "", "", "")
    outcome = lists.facilities(taken, name="taken.csv")
    assert (outcome.counts["rejected"], lists.count(Facility)) == (1, 1)


def test_file_that_breaks_in_the_middle_leaves_no_list_half_imported(lists: Lists) -> None:
    path = lists.write("broken.csv", ("name", "city", "state"), ("Adams Jail", "Natchez", "MS"))
    path.write_text(path.read_text() + '"Basile" Jail,"Basile,LA\nmore')
    with pytest.raises(IntakeError):
        lists.take_facilities(path)
    assert lists.count(SourceList) == 0


@pytest.mark.skipif(not AGENCY.is_dir(), reason="the agency's published workbooks are not beside the project")
def test_agency_workbooks_of_two_years_become_one_directory(lists: Lists) -> None:
    first = lists.take_facilities(AGENCY / "ice-facility-list-2017-11-06.xlsx")
    assert first.counts["imported"] == first.counts["rows"] > 1000
    second = lists.take_facilities(AGENCY / "ice-detention-statistics-fy2022.xlsx")
    assert second.counts["attached"] > 0.7 * second.counts["rows"]
    assert lists.count(Facility) == first.counts["rows"] + second.counts["imported"]
    assert len(lists.tasks("facility_doubt")) == second.counts["doubtful"] < 20
    assert sums_up(second)
