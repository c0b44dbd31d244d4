from dataclasses import replace

from holds.matching.facility import FacilityDirectory, FacilityEntry
from holds.matching.facility_attachment import NewFacility, attach, merge_candidates


def entry(detloc: str | None, name: str, city: str, state: str, kind: str = "facility") -> FacilityEntry:
    identity = (detloc or name).lower()
    return FacilityEntry(identity, detloc, (name,), city, state, None, None, kind, mailing=True)


DIRECTORY = FacilityDirectory(
    [
        entry("ADAMSMS", "ADAMS COUNTY DETENTION CENTER", "NATCHEZ", "MS"),
        entry("CACFMES", "MESA VERDE DETENTION FACILITY", "BAKERSFIELD", "CA"),
        entry("MONCJAL", "MONTGOMERY CITY JAIL", "MONTGOMERY", "AL"),
        entry("STFRCTX", "SOUTH TEXAS FAMILY RESIDENTIAL CENTER", "DILLEY", "TX", kind="family"),
        entry("PINEPLA", "PINE PRAIRIE CORRECTIONAL CENTER", "PINE PRAIRIE", "LA"),
    ]
)
ADAMS = NewFacility(None, ("ADAMS COUNTY DET CENTER",), "NATCHEZ", "MS", kind="facility")


def test_a_row_without_a_code_joins_the_facility_of_its_name_city_and_state() -> None:
    attachment = attach(ADAMS, DIRECTORY)
    assert attachment.facility_id == "adamsms"
    assert attachment.match.agreed == ("name", "city", "state")


def test_a_row_with_a_code_joins_by_it_whatever_the_name_has_become() -> None:
    renamed = NewFacility("CACFMES", ("GOLDEN STATE ANNEX",), "MCFARLAND", "CA")
    assert attach(renamed, DIRECTORY).facility_id == "cacfmes"


def test_a_renamed_facility_joins_and_one_of_a_town_with_two_does_not() -> None:
    verde = NewFacility(None, ("MESA VERDE ICE PROCESSING CENTER",), "BAKERSFIELD", "CA")
    assert attach(verde, DIRECTORY).facility_id == "cacfmes"
    row = NewFacility(None, ("PINE PRAIRIE ICE PROCESSING CENTER",), "PINE PRAIRIE", "LA")
    assert attach(row, DIRECTORY).facility_id == "pinepla"
    two = [*DIRECTORY.entries, entry("EVANGLA", "EVANGELINE PARISH JAIL", "PINE PRAIRIE", "LA")]
    prairie = attach(row, FacilityDirectory(two))
    assert prairie.facility_id is None
    assert (prairie.match.judgement, prairie.match.facility_id) == ("needs_judgement", "pinepla")


def test_a_place_in_another_state_or_an_unnamed_one_joins_nothing() -> None:
    assert attach(replace(ADAMS, city="BRIGHTON", state="CO"), DIRECTORY).facility_id is None
    assert attach(replace(ADAMS, state=None), DIRECTORY).facility_id is None
    assert attach(replace(ADAMS, city=None), DIRECTORY).facility_id is None


def test_a_place_renamed_at_its_own_street_joins_where_the_names_share_words() -> None:
    hutto = replace(
        entry("CCAHUTX", "HUTTO CCA", "TAYLOR", "TX"), address="1001 WELCH STREET", zip="76574-1234"
    )
    jail = replace(entry("TAYLOTX", "HUTTO HOUSE JAIL", "TAYLOR", "TX"), address="2 Main St", zip="76574")
    directory = FacilityDirectory([hutto, jail])
    row = NewFacility(None, ("HUTTO RESIDENTIAL CENTER",), "TAYLOR", "TX", "76574", address="1001 Welch St.")
    found = attach(row, directory)
    assert (found.facility_id, found.match.rule) == ("ccahutx", "same_street")
    assert "address" in found.match.agreed
    for other in (
        replace(row, address="1003 Welch St."),
        replace(row, address="P.O. Box 1001"),
        replace(row, address=None),
        replace(row, zip="76575"),
        replace(row, names=("HUTTO RESIDENTIAL CENTER ANNEX",)),
        replace(row, detloc="NEWCODE"),
        replace(row, kind="hold_room"),
    ):
        assert attach(other, directory).facility_id is None, other


def test_another_name_at_the_same_street_is_put_to_a_person() -> None:
    willacy = replace(
        entry("WILLCTX", "WILLACY DETENTION CENTER", "RAYMONDVILLE", "TX"),
        address="1800 INDUSTRIAL DRIVE",
        zip="78580",
    )
    row = NewFacility(
        None, ("EL VALLE DETENTION FACILITY",), "RAYMONDVILLE", "TX", "78580", address="1800 Industrial Dr"
    )
    found = attach(row, FacilityDirectory([*DIRECTORY.entries, willacy]))
    assert found.facility_id is None
    assert (found.match.judgement, found.match.facility_id) == ("needs_judgement", "willctx")
    assert found.match.rule == "same_street"


def test_nobody_is_asked_about_what_cannot_be_one_place() -> None:
    elsewhere = replace(ADAMS, city="BRIGHTON", state="CO")
    room = NewFacility("NATHOLD", ("NATCHEZ HOLD ROOM",), "NATCHEZ", "MS", kind="hold_room")
    neighbour = NewFacility("NATCIMS", ("PINE RIDGE DETENTION CENTER",), "NATCHEZ", "MS")
    assert {attach(row, DIRECTORY).match.judgement for row in (elsewhere, room, neighbour)} == {"none"}


def test_two_codes_are_two_facilities_even_under_one_name() -> None:
    second = NewFacility("MNTGMAL", ("MONTGOMERY CITY JAIL",), "MONTGOMERY", "AL")
    attachment = attach(second, DIRECTORY)
    assert attachment.facility_id is None
    assert attachment.match.rule == "another_code"


def test_a_hold_room_is_not_joined_to_a_facility_but_a_family_center_may_change_its_use() -> None:
    assert attach(replace(ADAMS, kind="hold_room"), DIRECTORY).match.rule == "another_kind"
    dilley = NewFacility(None, ("SOUTH TEXAS FAMILY RESIDENTIAL CENTER",), "DILLEY", "TX", kind="facility")
    assert attach(dilley, DIRECTORY).facility_id == "stfrctx"


def test_of_two_rows_that_claim_one_facility_only_the_surer_joins() -> None:
    verde = NewFacility(None, ("MESA VERDE ICE PROCESSING CENTER",), "BAKERSFIELD", "CA")
    exact = replace(verde, names=("MESA VERDE DETENTION FACILITY",))
    joined = merge_candidates(DIRECTORY, [verde, exact, ADAMS])
    assert [one.facility_id for one in joined] == [None, "cacfmes", "adamsms"]
    assert joined[0].match.rule == "claimed_by_several_rows"
    assert [one.facility_id for one in merge_candidates(DIRECTORY, [exact, exact])] == [None, None]


def test_names_that_point_to_two_facilities_join_neither() -> None:
    both = NewFacility(None, ("MESA VERDE DETENTION FACILITY", "MESA VERDE ANNEX"), "BAKERSFIELD", "CA")
    directory = FacilityDirectory(
        [*DIRECTORY.entries, entry("MVANXCA", "MESA VERDE ANNEX", "BAKERSFIELD", "CA")]
    )
    assert attach(both, directory).facility_id is None
