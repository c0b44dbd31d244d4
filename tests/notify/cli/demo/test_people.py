"""Who the invented people are: the leak's proportions, plausible lives, names that tell them apart."""

from collections import Counter
from random import Random
from typing import Any

from notify.cli.demo.cases import CITIZENSHIP_CLAIM, FINAL_ORDER, NO_COURT_CASE, REINSTATED, make_cases
from notify.cli.demo.counsel import make_attorneys
from notify.cli.demo.countries import countries
from notify.cli.demo.facilities import facilities
from notify.cli.demo.files import DemoFiles
from notify.cli.demo.names import cultures
from notify.cli.demo.people import AS_OF, draw_numbers, make_people

PEOPLE = make_people(Random("people"), draw_numbers(Random("numbers"), 8_000))
CASES = make_cases(Random("cases"), PEOPLE, make_attorneys(Random("counsel")))


def test_nationalities_stand_in_the_leaks_order(listed: list[dict[str, Any]]) -> None:
    nations = Counter(row["Country of Citizenship"] for row in listed)
    leading = [nation for nation, _ in nations.most_common(5)]
    assert leading[:2] == ["CUBA", "VENEZUELA"]
    assert set(leading[2:]) == {"NICARAGUA", "COLOMBIA", "PERU"}
    assert nations["CUBA"] / len(listed) > 0.14
    assert len(nations) == len(countries())


def test_some_were_born_elsewhere(listed: list[dict[str, Any]]) -> None:
    elsewhere = sum(row["Country of Birth"] != row["Country of Citizenship"] for row in listed)
    assert 0.005 < elsewhere / len(listed) < 0.04


def test_about_a_thousand_had_left_custody(world: DemoFiles, listed: list[dict[str, Any]]) -> None:
    left = [row for row in listed if row["Release Date"]]
    assert 850 < len(left) < 1150
    assert len(left) == world.expected.released
    assert all(row["Current Custody Status"].startswith("RELEASED") for row in left)


def test_about_a_third_have_counsel(world: DemoFiles, listed: list[dict[str, Any]]) -> None:
    represented = sum(bool(row["Attorney of Record"]) for row in listed)
    assert represented == world.expected.represented
    assert 0.30 < represented / len(listed) < 0.37


def test_a_name_pair_and_a_birth_date_nearly_always_mean_one_person() -> None:
    keys: Counter[tuple[str, str, object]] = Counter()
    for person in PEOPLE:
        family = person.name.family.replace("-", " ").split()
        given = person.name.given.split() or [""]
        keys.update({(last, first, person.born) for last in family for first in given})
    assert sum(count - 1 for count in keys.values()) <= 4


def test_names_are_the_agencys_capitals() -> None:
    for person in PEOPLE:
        listed = person.name.listed()
        assert listed == listed.upper()
        assert listed.isascii()
    alone = [person for person in PEOPLE if "," not in person.name.listed()]
    assert {person.citizenship.code for person in alone} == {"AF"}


def test_every_culture_a_country_names_has_names() -> None:
    for country in countries():
        for culture in country.cultures.words:
            assert cultures()[culture].families
            assert cultures()[culture].given["M"]
            assert cultures()[culture].given["F"]


def test_families_share_a_name_a_place_and_a_stay() -> None:
    units: dict[str, list[int]] = {}
    for position, person in enumerate(PEOPLE):
        if person.family_unit:
            units.setdefault(person.family_unit, []).append(position)
    assert len(units) > 50
    for members in units.values():
        first = CASES[members[0]]
        assert all(CASES[member].stay == first.stay for member in members)
        assert all(PEOPLE[member].name.family == first.person.name.family for member in members)
        assert (AS_OF - first.person.born).days > 18 * 365


def test_each_life_runs_forward() -> None:
    for case in CASES:
        assert case.person.born < case.stay.booked_in < case.stay.last_day <= AS_OF
        screening = case.screening
        assert (screening.held_on is None) == (screening.result == "PENDING")
        if screening.held_on:
            assert case.stay.booked_in < screening.held_on <= case.stay.last_day
        if screening.posture == REINSTATED and screening.final_order_on:
            assert case.person.born < screening.final_order_on < case.stay.booked_in
        if screening.posture == FINAL_ORDER:
            assert screening.final_order_on
            assert screening.held_on
            assert screening.held_on < screening.final_order_on <= AS_OF


def test_every_posture_occurs() -> None:
    postures = Counter(case.screening.posture for case in CASES)
    assert len(postures) == 7
    assert postures[CITIZENSHIP_CLAIM] < postures[FINAL_ORDER] < postures[NO_COURT_CASE]


def test_the_directory_has_places_that_are_no_mailing_address() -> None:
    kinds = Counter(facility.kind for facility in facilities())
    assert len(facilities()) == len({facility.detloc for facility in facilities()})
    assert kinds["facility"] >= 60
    assert min(kinds[kind] for kind in ("hold_room", "hotel", "hospital")) >= 2
    assert {facility.kind for facility in (case.stay.facility for case in CASES)} == set(kinds)


def test_nobody_at_the_bar_is_reachable() -> None:
    attorneys = make_attorneys(Random("counsel"))
    assert len({attorney.eoir_id for attorney in attorneys}) == 150
    assert len({attorney.email for attorney in attorneys}) == 150
    for attorney in attorneys:
        assert attorney.email.endswith(("@example.org", "@example.com"))
        assert attorney.phone[3:10] == "-555-01"
