"""A judgement of one list's location is evidence for the next list, and for nothing else."""

from collections.abc import Callable, Mapping

import pytest

from holds.domain.place_word import PlaceVerdict, PlaceWord, Standing, standing
from holds.matching.facility import FacilityDirectory, FacilityEntry, Location
from holds.matching.facility_judgement import FacilityMatch
from holds.matching.facility_learned import (
    FOUND_SINCE,
    NOT_AGREED,
    could_be_anywhere,
    key_of,
    with_learned,
)


def entry(identity: str, name: str, *place: str) -> FacilityEntry:
    city, state, zip_code, aor = place
    return FacilityEntry(identity, None, (name,), city, state, zip_code, aor, "facility", mailing=True)


NORTHWEST = entry("NW", "Northwest Detention Center", "Tacoma", "WA", "98421", "SEA")
ORANGE = entry("OR", "Orange County Jail", "Goshen", "NY", "10924", "NYC")
DIRECTORY = FacilityDirectory([NORTHWEST, ORANGE])
BTC = Location("BTC", city="Tacoma", state="WA")


def word(facility: str | None, *, by: str = "ann", candidate: str | None = None) -> PlaceWord:
    verdict = PlaceVerdict.FACILITY if facility else PlaceVerdict.NONE
    return PlaceWord(judged_by=by, verdict=verdict, facility_id=facility, candidate_id=candidate)


def learning(**said: tuple[PlaceWord, ...]) -> Callable[[str], Standing | None]:
    return {key: standing(words) for key, words in said.items()}.get


def after(judged: Location, asked: Location, *words: PlaceWord) -> FacilityMatch:
    return after_all(asked, {judged: words})


def after_all(asked: Location, said: Mapping[Location, tuple[PlaceWord, ...]]) -> FacilityMatch:
    match = DIRECTORY.match(asked)
    learned = learning(**{key_of(judged).text: words for judged, words in said.items()})
    (found,) = with_learned(DIRECTORY, [(asked, match)], learned)
    return found


def test_a_nickname_once_judged_is_known_with_its_evidence() -> None:
    assert not DIRECTORY.match(BTC).certain
    found = after(BTC, BTC, word("NW"))
    assert (found.judgement, found.facility_id, found.rule) == ("exact", "NW", "judged")
    assert found.agreed == ("judged", "city", "state")


@pytest.mark.parametrize(
    "asked",
    [
        Location("B.T.C.", city="TACOMA", state="Washington"),
        Location("BTC (Tacoma, WA)"),
        Location("ICE BTC", city="Tacoma", state="wa", aor="Seattle"),
    ],
)
def test_another_spelling_of_the_same_is_the_same(asked: Location) -> None:
    assert after(BTC, asked, word("NW")).facility_id == "NW"


@pytest.mark.parametrize(
    "asked",
    [
        Location("BTC", city="Tacoma"),
        Location("BTC", state="WA"),
        Location("BTC", city="Broward", state="FL"),
        Location("BTC Annex", city="Tacoma", state="WA"),
    ],
)
def test_another_place_or_less_of_the_place_is_not(asked: Location) -> None:
    assert after(BTC, asked, word("NW")) == DIRECTORY.match(asked)


def test_more_of_the_place_must_fit_the_facility() -> None:
    bare = Location("BTC", state="WA")
    assert after(bare, BTC, word("NW")).facility_id == "NW"
    elsewhere = Location("BTC", city="Yakima", state="WA")
    assert after(bare, elsewhere, word("NW")) == DIRECTORY.match(elsewhere)
    another_area = Location("BTC", state="WA", aor="MIA")
    assert after(bare, another_area, word("NW")) == DIRECTORY.match(another_area)


def test_none_of_them_holds_for_that_text_alone() -> None:
    jail = Location("Orange County Jail")
    judged_none = after(jail, jail, word(None, candidate="OR"))
    assert (judged_none.judgement, judged_none.rule) == ("none", "judged_to_be_none")
    in_goshen = Location("Orange County Jail", city="Goshen", state="NY")
    assert after(jail, in_goshen, word(None, candidate="OR")).facility_id == "OR"


def test_a_wrong_match_is_put_right_by_a_person() -> None:
    asked = Location("Orange County Jail", city="Goshen", state="NY")
    assert DIRECTORY.match(asked).facility_id == "OR"
    assert after(asked, asked, word("NW", candidate="OR")).facility_id == "NW"


def test_two_who_differ_send_it_back() -> None:
    found = after(BTC, BTC, word("NW"), word("OR", by="bob"))
    assert (found.certain, found.rule) == (False, NOT_AGREED)
    asked = Location("Orange County Jail", city="Goshen", state="NY")
    certain = after(asked, asked, word("OR"), word(None, by="bob"))
    assert (certain.judgement, certain.facility_id) == ("needs_judgement", "OR")


def test_a_facility_found_since_asks_again() -> None:
    """`None of them` was said of a directory that did not know this one."""
    asked = Location("Orange County Jail", city="Goshen", state="NY")
    found = after(asked, asked, word(None))
    assert (found.judgement, found.facility_id, found.rule) == ("needs_judgement", "OR", FOUND_SINCE)


def test_a_location_without_words_is_remembered_by_nothing() -> None:
    blank = Location("--", state="WA")
    assert key_of(blank).name == ""
    assert after(blank, blank, word("NW")).judgement == "none"


BARE = Location("BTC")
IN_TACOMA = Location("BTC, Tacoma, WA")
WITH_AREA = Location("BTC, Tacoma, WA", aor="SEA")
DISPUTED = (word("NW"), word("OR", by="bob"))


def test_a_dispute_about_nearly_the_same_is_not_passed_over_for_less() -> None:
    """The bare name is one facility; the name with its town is disputed, and so is that with its area too."""
    said = {BARE: (word("NW"),), IN_TACOMA: DISPUTED}
    for asked in (IN_TACOMA, WITH_AREA):
        found = after_all(asked, said)
        assert (found.certain, found.rule) == (False, NOT_AGREED)
    assert after_all(Location("BTC", state="WA"), said).facility_id == "NW"


@pytest.mark.parametrize(
    "verdict", [word(None), PlaceWord(judged_by="ann", verdict=PlaceVerdict.UNSURE)], ids=["none", "unsure"]
)
def test_what_nobody_can_tell_with_its_town_is_not_told_by_less(verdict: PlaceWord) -> None:
    found = after_all(WITH_AREA, {BARE: (word("NW"),), IN_TACOMA: (verdict,)})
    assert found == DIRECTORY.match(WITH_AREA)
    assert not found.certain


def test_two_words_as_near_as_each_other_that_differ_wait_for_a_person() -> None:
    city, state = Location("BTC", city="Tacoma"), Location("BTC", state="WA")
    assert after_all(BTC, {city: (word("NW"),), state: (word("OR"),)}).rule == NOT_AGREED
    assert after_all(BTC, {city: (word("NW"),), state: (word(None),)}) == DIRECTORY.match(BTC)
    assert after_all(BTC, {city: (word("NW"),), state: (word("NW"),)}).facility_id == "NW"


def test_a_dispute_about_others_of_the_name_does_not_hold_up_a_facility_told_by_its_place() -> None:
    asked = Location("Orange County Jail", city="Goshen", state="NY")
    bare = Location("Orange County Jail")
    assert after(bare, asked, word("NW"), word(None, by="bob")) == DIRECTORY.match(asked)
    assert after(bare, asked, word("OR"), word(None, by="bob")).rule == NOT_AGREED
    unsure = PlaceWord(judged_by="ann", verdict=PlaceVerdict.UNSURE, candidate_id="OR")
    assert after(bare, asked, unsure) == DIRECTORY.match(asked)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Location("BTC, MACON, GA", city="Atlanta"), Location("BTC, ALBANY, GA", city="Atlanta")),
        (Location("BTC, MACON, GA", state="FL"), Location("BTC, MACON, AL", state="FL")),
        (Location("BTC, GA 31201"), Location("BTC, GA 31701")),
        (Location("BTC, MACON, GA 31201"), Location("BTC, MACON, GA 31210-0001")),
    ],
)
def test_locations_that_say_another_city_state_or_zip_are_not_one(one: Location, other: Location) -> None:
    assert after(one, one, word("NW")).facility_id == "NW"
    assert after(one, other, word("NW")) == DIRECTORY.match(other)


def test_a_city_or_zip_that_speaks_against_the_facility_is_not_passed_over() -> None:
    state = Location("BTC", state="WA")
    two_cities = Location("BTC, Yakima, WA", city="Tacoma")
    assert after(state, two_cities, word("NW")) == DIRECTORY.match(two_cities)
    another_zip = Location("BTC, WA 98901")
    assert after(state, another_zip, word("NW")) == DIRECTORY.match(another_zip)
    assert after(state, Location("BTC, WA 98421"), word("NW")).facility_id == "NW"
    assert after(state, Location("BTC, Tacoma, WA 98402"), word("NW")).facility_id == "NW"


@pytest.mark.parametrize(
    ("location", "anywhere"),
    [
        (Location("COUNTY JAIL"), True),
        (Location("County Jail", aor="NOL"), True),
        (Location("COUNTY JAIL, MS"), False),
        (Location("County Jail", city="Natchez"), False),
        (Location("COUNTY JAIL 39120"), False),
        (Location("Adams County Jail"), False),
        (Location("BTC"), False),
    ],
)
def test_a_name_that_names_nothing_could_be_anywhere(location: Location, anywhere: bool) -> None:
    assert could_be_anywhere(location) is anywhere
