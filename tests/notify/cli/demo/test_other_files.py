"""The files beside the list: facilities, counsel roster, contacts and a day's custody changes."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import phonenumbers

from notify.cli.demo.defects import Defect
from notify.cli.demo.facilities import HEADINGS, facilities, open_facilities
from notify.cli.demo.files import DemoFiles

TODAY = date(2022, 11, 28)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _numbers(listed: list[dict[str, Any]]) -> set[str]:
    digits = ("".join(filter(str.isdigit, str(row["A-Number"]))) for row in listed)
    return {f"A{number}" for number in digits if len(number) == 9}


def test_the_directory_is_written_with_leading_zeros_kept(world: DemoFiles) -> None:
    rows = _read(world.facilities)
    assert list(rows[0]) == list(HEADINGS)
    assert len(rows) == len(facilities())
    assert all(len(row["zip"]) == 5 for row in rows)
    assert next(row["zip"] for row in rows if row["detloc"] == "ELZICDF") == "07201"


def test_the_roster_holds_what_it_says(world: DemoFiles, listed: list[dict[str, Any]]) -> None:
    rows, counts = _read(world.counsel_roster), world.expected.roster
    assert len(rows) == counts.rows
    numbers = _numbers(listed)
    absent = [row for row in rows if row["Client A-Number"] not in numbers]
    assert len(absent) == counts.wrong_number + counts.off_list
    named = {row["Last Name, First Middle"] for row in listed}
    assert sum(row["Client Name"] in named for row in absent) == counts.wrong_number
    assert sum(bool(row["Withdrawn"]) for row in rows) == counts.withdrawn > 0
    assert Counter(row["Scope"] for row in rows)["Custody and bond only"] == counts.custody_only > 0
    assert {row["Form"] for row in rows} == {"G-28", "EOIR-28", "EOIR-27"}


def test_most_of_the_represented_are_on_the_roster(world: DemoFiles) -> None:
    assert 0.85 < world.expected.roster.clients / world.expected.represented < 0.97


def test_an_appearance_is_filed_during_the_case_and_withdrawn_after(world: DemoFiles) -> None:
    for row in _read(world.counsel_roster):
        filed = date.fromisoformat(row["Filed"])
        assert filed <= date(2022, 11, 19)
        if row["Withdrawn"]:
            assert filed <= date.fromisoformat(row["Withdrawn"]) <= date(2022, 11, 19)


def test_contacts_are_of_released_people_and_mostly_unconfirmed(
    world: DemoFiles, listed: list[dict[str, Any]]
) -> None:
    rows, counts = _read(world.contacts), world.expected.contacts
    released = {row["Last Name, First Middle"] for row in listed if row["Release Date"]}
    assert {row["Name"].upper() for row in rows} <= released
    assert len(rows) == counts.rows
    assert sum(bool(row["Confirmed Safe By"]) for row in rows) == counts.confirmed_safe
    assert 0 < counts.confirmed_safe < len(rows) / 2
    for row in rows:
        assert bool(row["Confirmed On"]) == bool(row["Confirmed Safe By"])
        assert bool(row["Consent Date"]) == (row["Text Consent"] == "Yes")
        for day in filter(None, (row["Consent Date"], row["Confirmed On"])):
            assert date(2022, 11, 19) <= date.fromisoformat(day) <= TODAY
        assert row["Phone"] or row["Address"]


def test_no_message_to_a_contact_reaches_anyone(world: DemoFiles) -> None:
    for row in _read(world.contacts):
        assert not row["E-mail"] or row["E-mail"].endswith(("@example.org", "@example.com"))
        if row["Phone"]:
            number = phonenumbers.parse(row["Phone"], "US").national_number
            assert number is not None
            assert 5550100 <= number % 10_000_000 <= 5550199


def test_custody_changes_are_of_detained_people_on_the_day(
    world: DemoFiles, listed: list[dict[str, Any]]
) -> None:
    rows, counts = _read(world.custody), world.expected.custody
    detained = {row["Last Name, First Middle"] for row in listed if not row["Release Date"]}
    assert {row["Name"] for row in rows} <= detained
    events = Counter(row["Event"] for row in rows)
    assert events == {
        "Transferred": counts.transferred,
        "Released": counts.released,
        "Detained": counts.detained,
    }
    assert {row["Date"] for row in rows} == {TODAY.isoformat()}
    assert all(bool(row["Facility"]) == (row["Event"] != "Released") for row in rows)
    assert all(row["Housing Unit"] for row in rows if row["Event"] == "Detained")


def test_nobody_is_transferred_to_a_closed_facility_or_a_hotel(world: DemoFiles) -> None:
    codes = {facility.detloc for facility in open_facilities(TODAY)}
    later = {facility.detloc for facility in open_facilities(date(2023, 1, 31))}
    assert codes - later == {"BCORCPA"}
    assert {"HLGHOLD", "COMFTFL", "LRKNHFL"}.isdisjoint(codes)
    names = {facility.name for facility in open_facilities(TODAY)}
    moved = {row["Facility"] for row in _read(world.custody) if row["Event"] == "Transferred"}
    assert moved <= codes | names


def test_the_other_files_speak_only_of_people_whose_row_is_right(
    world: DemoFiles, listed: list[dict[str, Any]]
) -> None:
    numbers = _numbers(listed)
    for path in (world.contacts, world.custody):
        assert {row["A-Number"] for row in _read(path)} <= numbers
    assert world.expected.defects[Defect.NUMBER_MISSING] > 0
