import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.matching.place import aor_code, city_key, place_name, read_place, says_no_place, state_code
from holds.matching.place_words import ALWAYS_MEANS, LEVELS, MAY_MEAN, PARTS, PLAIN, SILENT, WRITTEN_OUT

ADAMS = ("adams", "county", "detention", "center")


@pytest.mark.parametrize(
    "text",
    [
        "ADAMS COUNTY DET CENTER",
        "Adams County Detention Center1",
        "ADAMS CO. DET. CTR",
        "the Adams Cnty Detn Cntr",
        "ADAMS COUNTY DETENTON CENTER",
        "ADAMS COUNTY DETENTION CENTRE",
        "  Ádams   County–Detention Center* ",
        "ADAMS COUNTY DET CENTER [2]",
        "Adams County Det. Ctr.1",
        "Adams County Det Ctr\u00b2",
        "ADAMS COUNTY DC3",
    ],
)
def test_spellings_of_one_name_read_alike(text: str) -> None:
    assert read_place(text).name.tokens == ADAMS


@pytest.mark.parametrize(
    "text",
    [
        "ADAMS COUNTY DET CENTER (NATCHEZ, MS)",
        "ADAMS COUNTY DET CENTER (NATCHEZ, MISSISSIPPI)",
        "ADAMS COUNTY DET CENTER, NATCHEZ, MS",
        "ADAMS COUNTY DET CENTER, NATCHEZ MS",
        "ADAMS COUNTY DET CENTER (NATCHEZ, MS)7",
        "ADAMS COUNTY DET CENTER - NATCHEZ, MS 39120",
        "ADAMS COUNTY DET CENTER NATCHEZ M.S.",
        "ADAMS COUNTY DET CENTER NATCHEZ, Mississippi",
    ],
)
def test_city_and_state_are_split_off(text: str) -> None:
    place = read_place(text)
    assert (place.name.tokens, place.city, place.state) == (ADAMS, "natchez", "MS")


def test_co_is_a_county_unless_a_comma_or_bracket_makes_it_colorado() -> None:
    assert read_place("LINN CO JAIL").state is None
    assert read_place("ADAMS COUNTY JAIL CO").state is None
    assert read_place("ADAMS COUNTY JAIL, CO").state == "CO"
    assert read_place("CASTLE ROCK JAIL (CO)").state == "CO"


def test_a_state_in_the_middle_of_a_name() -> None:
    place = read_place("CHARLESTON, SC HOLD ROOM")
    assert (place.name.tokens, place.state) == (("charleston", "hold", "room"), "SC")
    assert read_place("JENA, LA SALLE DETENTION FACILITY").state is None


def test_a_bracket_may_be_an_alias_and_may_be_left_open() -> None:
    place = read_place("WASHINGTON COUNTY JAIL (PURGATORY CORRECTIONAL FAC")
    assert place.name.tokens == ("washington", "county", "jail")
    assert [alias.tokens for alias in place.asides] == [("purgatory", "correctional", "facility")]


def test_a_bracket_without_a_name_belongs_to_the_name_before_it() -> None:
    assert "women" in read_place("GLADES COUNTY DETENTION CENTER (FEMALE)").name.parts
    assert "hospital" in read_place("BHC EAST LAKE (HOSP.)").name.kinds


def test_footnote_digits_go_and_unit_numbers_stay() -> None:
    assert read_place("KARNES COUNTY RESIDENTIAL CENTER2").name.parts == frozenset()
    assert read_place("KARNES RESIDENTIAL CENTER (TEXAS)2").name.parts == frozenset()
    assert read_place("POD B2").name.tokens == ("pod", "b2")
    assert read_place("DODGE COUNTY JAIL UNIT 2").name.parts == {"unit", "2"}


def test_short_words_are_read_by_what_stands_beside_them() -> None:
    assert read_place("VARICK ST. DETENTION CENTER").name.core == ("varick", "street")
    assert read_place("PORT ST. LUCIE JAIL").name.core == ("port", "saint", "lucie")
    assert read_place("SOUTH TX ICE PROCESSING CTR").name.core == ("south", "texas")
    assert read_place("STDC - South Texas Detention Complex").name.core == ("south", "texas")
    assert read_place("Suffolk Co. House of Corr.").name == read_place("SUFFOLK COUNTY CORR FAC").name
    assert read_place("ORANGE COUNTY PRISON").name.may_mean == {"local", "prison"}
    assert read_place("ORANGE PRISON").name.may_mean == {"prison"}


def test_a_slip_in_a_long_word_for_the_kind_is_put_right() -> None:
    assert read_place("PEKIN FEDERAL CORR INSTATUTE").name == read_place("PEKIN FCI").name
    assert read_place("CLARION CO CORRECTINS").name == read_place("CLARION COUNTY CORRECTIONS").name


def test_initials_read_as_the_short_form_they_stand_for() -> None:
    assert read_place("CONCORDIA PARISH C. C.").name == read_place("CONCORDIA PARISH CC").name


def test_states_cities_and_areas() -> None:
    assert [state_code(text) for text in ("tx", "N.Y.", "West Virginia", "Guam", "", None, "Cuba")] == [
        "TX", "NY", "WV", "GU", None, None, None,
    ]  # fmt: skip
    assert city_key("FT.LAUDERDALE") == city_key("Fort Lauderdale")
    assert city_key("BAY ST. LOUIS") == city_key("Bay Saint Louis")
    assert [aor_code(text) for text in ("ATL", "St. Paul Field Office", "Atlanta (ATL)")] == [
        "ATL",
        "SPM",
        "ATL",
    ]
    assert aor_code("nowhere") is aor_code(None) is None


@pytest.mark.parametrize("text", ["", "  ", "N/A", "unknown", "Redacted", "RELEASED", "-", "Not Detained"])
def test_cells_that_name_no_place(text: str) -> None:
    assert says_no_place(text)


VOCABULARY = sorted(
    LEVELS | PARTS | PLAIN | SILENT | frozenset(MAY_MEAN) | frozenset(ALWAYS_MEANS) | frozenset(WRITTEN_OUT)
)
NAMES = st.lists(
    st.one_of(st.sampled_from(VOCABULARY), st.text("abcdefgmnstxy 123.,-()/'", max_size=9)), max_size=9
).map(" ".join)


@given(NAMES)
def test_writing_out_what_is_written_out_changes_nothing(text: str) -> None:
    once = read_place(text).name
    assert place_name(once.tokens) == once


@given(st.text(max_size=80))
def test_no_text_stops_the_reading(text: str) -> None:
    place = read_place(text)
    assert place.state is None or len(place.state) == 2


@given(NAMES)
def test_case_and_spaces_make_no_difference(text: str) -> None:
    assert read_place(text.upper()) == read_place("  " + text.replace(" ", "  "))
