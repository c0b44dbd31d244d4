"""`holdfast match facilities` and `holdfast facility show`: the directory, asked without changing it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from holds.cli.facilities import facility
from holds.cli.trying_places import facilities
from holds.store.places import Facility, FacilityName, PlaceMatch
from tests.conftest import OfficeAtWork
from tests.holds.actions.lists import Lists
from tests.holds.cli.test_judging import Desk

HEADING = ("Name", "DETLOC", "City", "State", "AOR", "Kind", "Closed")
DIRECTORY = (
    ("STEWART DETENTION CENTER", "STWRTGA", "LUMPKIN", "GA", "ATL", "", ""),
    ("ORANGE COUNTY JAIL", "ORANGFL", "ORLANDO", "FL", "MIA", "", ""),
    ("ORANGE COUNTY JAIL", "ORANGNY", "GOSHEN", "NY", "NYC", "", "2021-06-30"),
    ("KROME HOLD ROOM", "KROHOLD", "MIAMI", "FL", "MIA", "hold room", ""),
)


@pytest.fixture
def lists(office: OfficeAtWork, tmp_path: Path) -> Lists:
    made = Lists(office, tmp_path)
    made.take_facilities(made.write("directory.csv", HEADING, *DIRECTORY))
    return made


def tried(lists: Lists, *rows: tuple[str, str, str], as_json: bool = True) -> Result:
    path = lists.write("tried.csv", ("location", "city", "state"), *rows)
    words = [str(path), "--as", "casey", *(["--json"] if as_json else [])]
    result = CliRunner().invoke(facilities, words, obj=Desk(lists.office))
    assert result.exit_code == 0, result.output
    return result


def matches(lists: Lists, *rows: tuple[str, str, str]) -> list[dict[str, Any]]:
    answered: list[dict[str, Any]] = json.loads(tried(lists, *rows).stdout)["matches"]
    return answered


def test_every_row_is_answered_in_the_order_of_the_file(lists: Lists) -> None:
    rows = (
        ("Stewart Det. Ctr.1", "Lumpkin", "GA"),
        ("", "Lumpkin", "GA"),
        ("ORANGE CO JAIL (GOSHEN, NY)", "", ""),
        ("Totals", "", ""),
        ("Orange County Jail", "", ""),
        ("orangfl", "", ""),
        ("Stweart Detention Center", "", "GA"),
        ("Stewart Det. Ctr.1", "Lumpkin", "GA"),
    )
    answered = matches(lists, *rows)
    assert [one["location"] for one in answered] == [row[0] for row in rows]
    assert [(one["judgement"], one["code"]) for one in answered] == [
        ("exact", "STWRTGA"),
        ("none", None),
        ("exact", "ORANGNY"),
        ("none", None),
        ("needs_judgement", answered[4]["code"]),
        ("exact", "ORANGFL"),
        ("confident", "STWRTGA"),
        ("exact", "STWRTGA"),
    ]


def test_an_answer_shows_what_agreed_what_did_not_and_who_came_second(lists: Lists) -> None:
    (one,) = matches(lists, ("Orange Cnty Annex Jail", "", "FL"))
    assert one["judgement"] == "needs_judgement"
    assert (one["code"], one["name"]) == ("ORANGFL", "ORANGE COUNTY JAIL")
    assert one["agreed"] == ["state", "orange", "county", "jail"]
    assert one["disagreed"] == ["part", "annex"]
    (same,) = matches(lists, ("Orange County Jail", "", ""))
    second = same["runner_up"]
    assert {same["code"], second["code"]} == {"ORANGFL", "ORANGNY"}
    assert second["score"] == same["score"] == 100.0


def test_a_hold_room_takes_no_mail_and_a_closed_site_says_when_it_closed(lists: Lists) -> None:
    room, closed = matches(lists, ("Krome Hold Rm", "Miami", "FL"), ("Orange County Jail", "Goshen", "NY"))
    assert (room["code"], room["mailing"], room["mail_to"]) == ("KROHOLD", False, "ERO field office MIA")
    assert (closed["code"], closed["mailing"], closed["closed_on"]) == ("ORANGNY", True, "2021-06-30")
    shown = tried(lists, ("Krome Hold Rm", "Miami", "FL"), as_json=False)
    assert {"no", "mailing", "address;", "MIA)"} <= set(shown.stderr.split())
    assert shown.stdout == "1 exact\n"


def test_trying_a_list_keeps_nothing_of_it(lists: Lists) -> None:
    before = [lists.count(table) for table in (Facility, FacilityName, PlaceMatch)]
    matches(lists, ("Stewart Det Ctr", "Lumpkin", "GA"), ("Nowhere Jail", "Elsewhere", "TX"))
    assert [lists.count(table) for table in (Facility, FacilityName, PlaceMatch)] == before


def test_a_facility_says_what_it_was_called_what_changed_and_why_the_row_was_joined(lists: Lists) -> None:
    moved = ("Stewart Detention Facility", "", "Lumpkin", "GA", "NOL", "", "2024-09-30")
    lists.take_facilities(lists.write("later.csv", HEADING, moved))
    words = ["show", "stewart detention facility", "--as", "casey"]
    result = CliRunner().invoke(facility, [*words, "--json"], obj=Desk(lists.office))
    (page,) = json.loads(result.stdout)["facilities"]
    assert (page["code"], page["aor"], page["closed_on"]) == ("STWRTGA", "NOL", "2024-09-30")
    assert set(page["names"]) == {"STEWART DETENTION CENTER", "Stewart Detention Facility"}
    added, amended = page["history"]
    assert page["names"]["Stewart Detention Facility"] == amended["list_reference"] != added["list_reference"]
    assert amended["changed"] == ["aor", "closed_on", "names"]
    assert amended["was"] == {"aor": "ATL"}
    assert (amended["rule"], amended["agreed"]) == ("same_name_other_wording", ["name", "city", "state"])
    told = CliRunner().invoke(facility, words, obj=Desk(lists.office)).stdout
    assert "Closed on 2024-09-30." in told
    assert "aor was ATL; joined by same_name_other_wording" in told
    unknown = CliRunner().invoke(facility, ["show", "NOWHERE", "--as", "casey"], obj=Desk(lists.office))
    assert unknown.exit_code == 1


def test_a_facility_tells_where_it_stood_before_and_who_ran_it(lists: Lists) -> None:
    """The last list stands; what an earlier one said is former, and still finds the place."""
    heading = ("Name", "DETLOC", "Address", "City", "State", "Zip", "AOR", "Operator")
    old = ("Adams County Jail", "ADAMSMS", "20 Hobo Fork Rd", "Natchez", "MS", "39120", "NOL", "Warden Inc")
    new = ("Adams County Jail", "ADAMSMS", "4 Elm Street", "Natchez", "MS", "39120", "ATL", "Guard LLC")
    lists.take_facilities(lists.write("old.csv", heading, old))
    lists.take_facilities(lists.write("new.csv", heading, new))
    again = ("Adams Transfer Jail", "", "20 Hobo Fork Road", "Natchez", "MS", "39120", "ATL", "")
    assert lists.take_facilities(lists.write("renamed.csv", heading, again)).counts["attached"] == 1
    words = ["show", "ADAMSMS", "--as", "casey"]
    result = CliRunner().invoke(facility, [*words, "--json"], obj=Desk(lists.office))
    (page,) = json.loads(result.stdout)["facilities"]
    assert (page["aor"], page["operator"]) == ("ATL", "Guard LLC")
    before = {(one["what"], one["value"]) for one in page["before"]}
    assert ("aor", "NOL") in before
    assert ("operator", "Warden Inc") in before
    told = CliRunner().invoke(facility, words, obj=Desk(lists.office)).stdout
    assert "Formerly of AOR NOL" in told
    assert "Formerly run by Warden Inc" in told
    assert "Formerly at 4 Elm Street, Natchez, MS, 39120" in told


def test_an_address_that_is_only_written_otherwise_is_none_of_the_past(lists: Lists) -> None:
    heading = ("Name", "DETLOC", "Address", "City", "State", "Zip")
    lists.take_facilities(
        lists.write("a.csv", heading, ("Adams Jail", "ADAMSMS", "4 ELM ST.", "Natchez", "MS", "39120"))
    )
    lists.take_facilities(
        lists.write("b.csv", heading, ("Adams Jail", "ADAMSMS", "4 Elm Street", "Natchez", "MS", "39120"))
    )
    result = CliRunner().invoke(
        facility, ["show", "ADAMSMS", "--as", "casey", "--json"], obj=Desk(lists.office)
    )
    (page,) = json.loads(result.stdout)["facilities"]
    assert (page["address"], page["before"]) == ("4 ELM ST.", [])
