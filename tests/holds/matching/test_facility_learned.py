"""A judgement of one list's location is evidence for the next list, and for nothing else."""

from collections.abc import Callable

import pytest

from holds.domain.place_word import PlaceVerdict, PlaceWord, Standing, standing
from holds.matching.facility import FacilityDirectory, FacilityEntry, Location
from holds.matching.facility_judgement import FacilityMatch
from holds.matching.facility_learned import FOUND_SINCE, NOT_AGREED, key_of, with_learned


def entry(identity: str, name: str, city: str, state: str, aor: str) -> FacilityEntry:
    return FacilityEntry(identity, None, (name,), city, state, None, aor, "facility", mailing=True)


NORTHWEST = entry("NW", "Northwest Detention Center", "Tacoma", "WA", "SEA")
ORANGE = entry("OR", "Orange County Jail", "Goshen", "NY", "NYC")
DIRECTORY = FacilityDirectory([NORTHWEST, ORANGE])
BTC = Location("BTC", city="Tacoma", state="WA")


def word(facility: str | None, *, by: str = "ann", candidate: str | None = None) -> PlaceWord:
    verdict = PlaceVerdict.FACILITY if facility else PlaceVerdict.NONE
    return PlaceWord(judged_by=by, verdict=verdict, facility_id=facility, candidate_id=candidate)


def learning(location: Location, *words: PlaceWord) -> Callable[[str], Standing | None]:
    kept = {key_of(location).text: standing(words)}
    return kept.get


def after(judged: Location, asked: Location, *words: PlaceWord) -> FacilityMatch:
    match = DIRECTORY.match(asked)
    (found,) = with_learned(DIRECTORY, [(asked, match)], learning(judged, *words))
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
