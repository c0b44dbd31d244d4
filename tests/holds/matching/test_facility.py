from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.matching.facility import FacilityDirectory, FacilityEntry, Location


def entry(detloc: str, name: str, city: str, state: str, aor: str) -> FacilityEntry:
    return FacilityEntry(detloc.lower(), detloc, (name,), city, state, None, aor, "facility", mailing=True)


# Names as the agency's lists write them, with the traps they set: one name in several states, two places of
# one county in one town, parts of one place, words left out.
ENTRIES = (
    entry("STWRTGA", "STEWART DETENTION CENTER", "LUMPKIN", "GA", "ATL"),
    entry("ORANGFL", "ORANGE COUNTY JAIL", "ORLANDO", "FL", "MIA"),
    entry("ORANGNY", "ORANGE COUNTY JAIL", "GOSHEN", "NY", "NYC"),
    entry("GRYDCKY", "GRAYSON COUNTY DETENTION CENTER", "LEITCHFIELD", "KY", "CHI"),
    entry("GRAYSKY", "GRAYSON COUNTY JAIL", "LEITCHFIELD", "KY", "CHI"),
    entry("BOONEKY", "BOONE COUNTY JAIL", "BURLINGTON", "KY", "CHI"),
    entry("WAJUVMN", "WASHINGTON COUNTY", "STILLWATER", "MN", "SPM"),
    entry("WAJAIMN", "WASHINGTON COUNTY JAIL", "STILLWATER", "MN", "SPM"),
    entry("FLO", "FLORENCE SERVICE PROCESSING CENTER", "FLORENCE", "AZ", "PHO"),
    entry("FSF", "FLORENCE STAGING FACILITY", "FLORENCE", "AZ", "PHO"),
    entry("CCAFLAZ", "CCA, FLORENCE CORRECTIONAL CENTER", "FLORENCE", "AZ", "PHO"),
    entry("JENADLA", "JENA/LASALLE DETENTION FACILITY", "JENA", "LA", "NOL"),
    entry("CCASDCA", "OTAY MESA DETENTION CENTER (SAN DIEGO CDF)", "SAN DIEGO", "CA", "SND"),
    entry("MNROEMI", "MONROE COUNTY DETENTION MAIN", "MONROE", "MI", "DET"),
    entry("MONROMI", "MONROE COUNTY DETENTION-DORM", "MONROE", "MI", "DET"),
    entry("DODGEWI", "DODGE COUNTY JAIL", "JUNEAU", "WI", "CHI"),
    entry("GOOD", "GOOD", "RED WING", "MN", "SPM"),
)
DIRECTORY = FacilityDirectory(ENTRIES)


def found(text: str, **place: str) -> tuple[str, str | None]:
    match = DIRECTORY.match(Location(text, **place))
    return match.judgement, match.facility_id


@pytest.mark.parametrize(
    "text",
    [
        "STWRTGA",
        " stwrtga ",
        "(STWRTGA)",
        "STEWART DET CTR (STWRTGA)",
        "STWRTGA - Stewart",
        "STWRTGA, GA",
        "STWRTGA, LUMPKIN, GA",
    ],
)
def test_a_code_names_its_facility(text: str) -> None:
    assert found(text) == ("exact", "stwrtga")


def test_a_code_beside_another_place_waits_for_a_person() -> None:
    assert found("STWRTGA", state="TX") == ("needs_judgement", "stwrtga")
    assert found("OTAY MESA DETENTION CENTER (STWRTGA)") == ("needs_judgement", "stwrtga")


def test_a_code_held_by_two_facilities_names_neither() -> None:
    twice = FacilityDirectory([*ENTRIES, replace(ENTRIES[0], id="other")])
    assert twice.match(Location("STWRTGA")).judgement == "needs_judgement"


def test_name_city_and_state_are_exact_however_they_are_spelt() -> None:
    assert found("Orange Co. Jail", city="Orlando", state="Florida") == ("exact", "orangfl")
    assert found("ORANGE COUNTY JAIL (GOSHEN, NY)") == ("exact", "orangny")


def test_a_name_held_by_several_needs_something_more() -> None:
    assert found("ORANGE COUNTY JAIL")[0] == "needs_judgement"
    assert found("ORANGE COUNTY JAIL", state="NY") == ("confident", "orangny")
    assert found("ORANGE COUNTY JAIL", aor="MIA") == ("confident", "orangfl")


def test_two_facilities_of_one_name_in_one_town_wait_for_a_person() -> None:
    codes = ("ERICONY", "EIRHONY")
    twins = FacilityDirectory(
        entry(code, "ERIE COUNTY HOLDING CENTER", "BUFFALO", "NY", "BUF") for code in codes
    )
    match = twins.match(Location("ERIE COUNTY HOLDING CENTER", city="BUFFALO", state="NY", aor="BUF"))
    assert match.judgement == "needs_judgement"
    assert match.runner_up is not None


def test_another_state_or_city_is_never_settled_by_the_name() -> None:
    assert found("STEWART DETENTION CENTER", state="TX")[0] == "needs_judgement"
    assert found("STEWART DETENTION CENTER", city="ATLANTA", state="GA")[0] == "needs_judgement"
    assert found("ORANGE COUNTY JAIL", city="SANTA ANA", state="CA")[0] == "needs_judgement"
    assert found("ORANGE COUNTY JUVENILE HALL", state="CA") == ("none", None)


def test_a_distinct_name_stands_alone_and_a_county_does_not() -> None:
    assert found("STEWART DETENTION CENTER") == ("confident", "stwrtga")
    assert found("BOONE COUNTY JAIL") == ("needs_judgement", "booneky")
    assert found("BOONE COUNTY JAIL", aor="CHI") == ("confident", "booneky")
    assert found("STEWART DETENTION CENTER", aor="SEA") == ("needs_judgement", "stwrtga")


@pytest.mark.parametrize(
    "text",
    ["STWEART DETENTION CENTER", "STEWART DETENTON CNTR", "STEWARTDETENTION CENTER"],
)
def test_a_slip_is_forgiven_where_the_area_bears_the_name_out(text: str) -> None:
    assert found(text, aor="Atlanta") == ("confident", "stwrtga")


@pytest.mark.parametrize("text", ["BOONECO JAIL", "BOONE COUNTYJ AIL", "BOONE C JAIL", "BOONE OC JAIL"])
def test_a_misplaced_space_and_a_slip_in_a_short_form_are_forgiven(text: str) -> None:
    assert found(text, state="KY") == ("confident", "booneky")
    assert found(text)[0] != "confident"


def test_a_short_name_that_stands_whole_bears_a_slip_beside_it() -> None:
    yuma = FacilityDirectory([entry("YUMACO", "YUMA COUNTY JAIL", "WRAY", "CO", "DEN")])
    assert yuma.match(Location("YUMA COUNTY JIAL", state="CO")).judgement == "confident"
    assert yuma.match(Location("YUBA COUNTY JAIL", state="CO")).judgement != "confident"


def test_a_slip_in_a_name_nothing_bears_out_is_not() -> None:
    assert found("STWEART DETENTION CENTER") == ("needs_judgement", "stwrtga")


def test_a_jail_and_a_detention_center_of_one_county_are_two_places() -> None:
    place = {"city": "LEITCHFIELD", "state": "KY"}
    assert found("GRAYSON COUNTY JAIL", **place) == ("exact", "graysky")
    assert found("GRAYSON COUNTY DET CTR", **place) == ("exact", "grydcky")
    assert found("GRAYSON COUNTY CORRECTIONAL FACILITY", **place)[0] == "needs_judgement"


def test_a_county_with_one_place_in_town_may_call_it_by_another_word() -> None:
    place = {"city": "BURLINGTON", "state": "KY"}
    assert found("BOONE COUNTY DETENTION CENTER", **place) == ("confident", "booneky")
    assert found("BOONE COUNTY DETENTION CENTER", state="KY") == ("confident", "booneky")
    assert found("BOONE COUNTY DETENTION CENTER")[0] == "needs_judgement"
    assert found("BOONE COUNTY DETENTION CENTER", city="BURLINGTON")[0] == "needs_judgement"
    assert found("BOONE COUNTY DETENTION CENTER", city="FLORENCE", state="KY")[0] == "needs_judgement"
    # A county's name is not the whole of another county place's, nor a town's own jail the agency's.
    assert found("BOONE COUNTY EAST JAIL", **place)[0] == "needs_judgement"
    assert found("STEWART COUNTY JAIL", city="LUMPKIN", state="GA")[0] == "needs_judgement"
    assert found("LUMPKIN CITY JAIL", city="LUMPKIN", state="GA")[0] != "confident"


def test_a_name_with_words_more_or_less_is_the_one_of_its_town() -> None:
    assert found("Sheriff Otay Mesa Det. Ctr.", city="San Diego", state="CA") == ("confident", "ccasdca")
    assert found("W. B. Stewart Detention Center", city="Lumpkin", state="GA") == ("confident", "stwrtga")
    assert found("W. B. Stewart Detention Center", state="GA")[0] == "needs_judgement"
    assert found("Stewart Women's Detention Center", city="Lumpkin", state="GA")[0] == "needs_judgement"


def test_a_prison_that_became_a_processing_center_is_found_where_the_town_has_no_other_place() -> None:
    pine = entry("PINEPLA", "PINE PRAIRIE CORRECTIONAL CENTER", "PINE PRAIRIE", "LA", "NOL")
    asked = Location("Pine Prairie IPC", city="Pine Prairie", state="LA")
    assert FacilityDirectory([*ENTRIES, pine]).match(asked).judgement == "confident"
    other = entry("PPJAILA", "EVANGELINE PARISH JAIL", "PINE PRAIRIE", "LA", "NOL")
    assert FacilityDirectory([*ENTRIES, pine, other]).match(asked).judgement == "needs_judgement"
    jail = replace(asked, text="Pine Prairie Jail")
    assert FacilityDirectory([*ENTRIES, pine]).match(jail).judgement == "confident"
    assert FacilityDirectory([*ENTRIES, pine, other]).match(jail).judgement == "needs_judgement"


def test_a_new_name_in_a_known_town_is_put_to_a_person_with_the_place_of_that_town() -> None:
    assert found("Central Louisiana ICE Processing Center", city="Jena", state="LA") == (
        "needs_judgement",
        "jenadla",
    )
    assert found("Jena Police Department", city="Jena", state="LA")[0] != "confident"


def test_a_processing_center_by_the_towns_name_is_the_agencys_only_one_there() -> None:
    houston = entry("HOUICDF", "HOUSTON CONTRACT DETENTION FACILITY", "HOUSTON", "TX", "HOU")
    jail = entry("HARRITX", "HARRIS COUNTY JAIL", "HOUSTON", "TX", "HOU")
    asked = Location("Houston Processing Center", city="Houston", state="TX")
    assert FacilityDirectory([houston, jail]).match(asked).facility_id == "houicdf"
    assert FacilityDirectory([houston, jail]).match(asked).judgement == "confident"
    second = entry("HOUSECD", "NORTH LOOP CONTRACT DETENTION FACILITY", "HOUSTON", "TX", "HOU")
    assert FacilityDirectory([houston, jail, second]).match(asked).judgement == "needs_judgement"


def test_cty_is_read_as_county_and_as_city() -> None:
    assert found("ORANGE CTY JAIL", city="Orlando", state="FL") == ("exact", "orangfl")


def test_a_name_without_a_kind_beside_one_with_a_kind_waits() -> None:
    assert found("WASHINGTON COUNTY", city="STILLWATER", state="MN")[0] == "needs_judgement"
    assert found("WASHINGTON COUNTY JAIL", city="STILLWATER", state="MN") == ("exact", "wajaimn")


def test_places_of_one_town_are_kept_apart() -> None:
    place = {"city": "FLORENCE", "state": "AZ"}
    assert found("FLORENCE SPC", **place) == ("exact", "flo")
    assert found("FLORENCE STAGING FAC", **place) == ("exact", "fsf")
    assert found("FLORENCE CORRECTIONAL CTR", **place) == ("exact", "ccaflaz")
    assert found("FLORENCE DETENTION CENTER", **place)[0] == "needs_judgement"


def test_parts_of_one_place_are_kept_apart() -> None:
    assert found("MONROE COUNTY DETENTION", city="MONROE", state="MI")[0] == "needs_judgement"
    assert found("MONROE COUNTY DETENTION DORM", city="MONROE", state="MI") == ("exact", "monromi")
    assert found("DODGE COUNTY JAIL (UNIT 2)", city="JUNEAU", state="WI")[0] == "needs_judgement"


def test_a_renamed_facility_is_known_by_its_name_and_town() -> None:
    place = {"city": "JENA", "state": "LA"}
    assert found("LASALLE ICE PROCESSING CENTER (JENA)", **place) == ("confident", "jenadla")


def test_an_alias_in_brackets_counts_as_a_name() -> None:
    assert found("San Diego Contract Detention Facility", city="San Diego", state="CA") == (
        "exact",
        "ccasdca",
    )


def test_the_evidence_says_what_agreed_and_who_came_second() -> None:
    match = DIRECTORY.match(Location("ORANGE COUNTY JAIL", state="FL", aor="NYC"))
    assert (match.facility_id, match.agreed, match.disagreed) == ("orangfl", ("name", "state"), ("aor",))
    tied = DIRECTORY.match(Location("ORANGE COUNTY JAIL"))
    assert tied.runner_up == ("orangny", 100.0)


def test_no_location_is_none() -> None:
    assert [found(text)[0] for text in ("", "N/A", "UNKNOWN", "Redacted", "RELEASED", "XQZV")] == ["none"] * 6


def test_redacted_entries_are_never_meant() -> None:
    redacted = FacilityDirectory([entry("REDACTED", "Redacted", "Redacted", "Redacted", "SNA")])
    assert redacted.match(Location("REDACTED DETENTION CENTER", aor="SNA")).judgement == "none"


TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(" ".join(one.names[0] for one in ENTRIES).split()), max_size=7).map(" ".join),
)
PLACES = st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["FL", "NY", "KY", "MIA", "FLORENCE"]))


@given(text=TEXTS, city=PLACES, state=PLACES, aor=PLACES)
def test_noise_never_stops_the_matching_and_never_contradicts_itself(
    text: str, city: str | None, state: str | None, aor: str | None
) -> None:
    match = DIRECTORY.match(Location(text, city, state, aor))
    assert (match.facility_id is None) == (match.judgement == "none")
    if match.judgement in {"exact", "confident"}:
        assert not {"state", "city"} & set(match.disagreed)


@given(known=st.sampled_from(ENTRIES), city=PLACES, aor=PLACES, spaces=st.text(" \t\n", max_size=3))
def test_a_code_always_wins(known: FacilityEntry, city: str | None, aor: str | None, spaces: str) -> None:
    match = DIRECTORY.match(Location(f"{spaces}{(known.detloc or '').lower()}{spaces}", city=city, aor=aor))
    assert match.facility_id == known.id
    assert match.agreed[0] == "code"


@given(st.lists(st.builds(Location, TEXTS, PLACES, PLACES, PLACES), max_size=8))
def test_many_are_matched_as_each_alone(locations: list[Location]) -> None:
    assert DIRECTORY.match_many(locations + locations) == [DIRECTORY.match(one) for one in locations] * 2


@given(st.permutations(ENTRIES), st.sampled_from([one.names[0] for one in ENTRIES]), PLACES)
def test_the_order_of_the_directory_decides_nothing_alone(
    entries: list[FacilityEntry], text: str, state: str | None
) -> None:
    location = Location(text, state=state)
    match, shuffled = DIRECTORY.match(location), FacilityDirectory(entries).match(location)
    assert match.judgement == shuffled.judgement
    if match.judgement != "needs_judgement":
        assert match.facility_id == shuffled.facility_id
