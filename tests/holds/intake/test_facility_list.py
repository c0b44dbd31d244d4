from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from holds.intake.facility_list import FacilityRow, infer_kind, read_facility_list, read_zip, strip_footnote

WriteFile = Callable[..., Path]

PUBLISHED = Path(__file__).parents[4] / "shared" / "data"
LIST_2017 = PUBLISHED / "ice-facility-list-2017-11-06.xlsx"
STATISTICS_FY2022 = PUBLISHED / "ice-detention-statistics-fy2022.xlsx"


def published(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"the published workbook {path.name} is not there")
    return path


def by_name(rows: list[FacilityRow], name: str) -> FacilityRow:
    (found,) = [row for row in rows if row.name == name]
    return found


def test_the_agencys_list_of_2017_is_read_as_it_is(today: date) -> None:
    listed = read_facility_list(published(LIST_2017), today=today)
    rows = list(listed.rows)
    assert listed.sheet == "Facility List - Main"
    assert listed.mapping.header_row == 9
    assert len(rows) == 1478
    assert listed.skipped == {"redacted": 207}
    assert all(row.detloc and not row.problems for row in rows)
    stewart = by_name(rows, "STEWART DETENTION CENTER")
    assert (stewart.detloc, stewart.city, stewart.state, stewart.zip) == ("STWRTGA", "LUMPKIN", "GA", "31815")
    assert stewart.operator == "CCA"
    assert by_name(rows, "BELLEVUE HOSPITAL").kind == "hospital"
    assert by_name(rows, "ABILENE HOLD ROOM").kind == "hold_room"
    assert by_name(rows, "HOLIDAY INN").kind == "hotel"
    assert by_name(rows, "ARTESIA FAMILY RESIDENTIAL CENTER").kind == "family"
    assert by_name(rows, "CARSWELL FEDERAL MEDICAL CENTER").kind == "facility"
    assert by_name(rows, "ACI (CRANSTON, RHODE ISLAND)").zip == "02920"


def test_the_statistics_of_the_leaks_year_are_read_as_they_are(today: date) -> None:
    listed = read_facility_list(published(STATISTICS_FY2022), today=today)
    rows = list(listed.rows)
    assert listed.sheet == "Facilities FY22"
    assert len(rows) == 130
    assert listed.skipped == {"blank": 1, "note": 4}
    assert not any(row.name[-1].isdigit() for row in rows)
    # The footnotes give the only codes of this workbook.
    assert {row.name: row.detloc for row in rows if row.detloc} == {
        "BERKS COUNTY RESIDENTIAL CENTER": "BCORCPA",
        "KARNES COUNTY RESIDENTIAL CENTER": "KRNRCTX",
        "SOUTH TEXAS FAMILY RESIDENTIAL CENTER": "STFRCTX",
    }
    assert Counter(row.kind for row in rows) == {"facility": 126, "staging": 2, "program": 2}
    assert by_name(rows, "GUAYNABO MDC (SAN JUAN)").zip == "00939"


def test_our_own_csv_is_read(write_csv: WriteFile, today: date) -> None:
    path = write_csv(
        [
            ["detloc", "name", "address", "city", "state", "zip", "aor", "kind", "operator", "closed_on",
             "aliases"],
            ["adamsms", "ADAMS COUNTY DET CENTER", "20 Hobo Fork Rd", "Natchez", "ms", "39120", "NOL",
             "facility", "CoreCivic", "2023-01-31", "ADAMS COUNTY CORRECTIONAL CENTER|ADAMS CDC"],
            ["TOO-LONG-CODE", "SOMEWHERE INN", "", "X", "TX", "", "", "", "", "", ""],
        ]
    )  # fmt: skip
    adams, inn = read_facility_list(path, today=today).rows
    assert (adams.detloc, adams.state, adams.kind, adams.operator) == (
        "ADAMSMS",
        "MS",
        "facility",
        "CoreCivic",
    )
    assert adams.closed_on == date(2023, 1, 31)
    assert adams.aliases == ("ADAMS COUNTY CORRECTIONAL CENTER", "ADAMS CDC")
    assert (inn.detloc, inn.kind) == (None, "hotel")
    assert [(p.letter, p.code) for p in inn.problems] == [("A", "detloc.malformed")]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("BERKS COUNTY RESIDENTIAL CENTER1", "BERKS COUNTY RESIDENTIAL CENTER"),
        ("ORANGE COUNTY JAIL (FL)2", "ORANGE COUNTY JAIL (FL)"),
        ("PORT ISABEL²", "PORT ISABEL"),
        ("CAMP 6", "CAMP 6"),
        ("POD B2", "POD B2"),
        ("STOP 23A", "STOP 23A"),
        ("BUILDING 54", "BUILDING 54"),
        ("DETENTION CENTER 2", "DETENTION CENTER 2"),
    ],
)
def test_only_a_footnote_digit_is_taken_from_a_name(written: str, name: str) -> None:
    assert strip_footnote(written, {}) == (name, None)


def test_a_footnote_gives_its_code_only_to_the_place_it_speaks_of() -> None:
    footnotes = {"1": ("BCORCPA", "BERKS COUNTY RESIDENTIAL CENTER houses single adults")}
    assert strip_footnote("BERKS COUNTY RESIDENTIAL CENTER1", footnotes)[1] == "BCORCPA"
    assert strip_footnote("PORT ISABEL1", footnotes) == ("PORT ISABEL", None)


@pytest.mark.parametrize(
    ("written", "zip_code"), [("939", "00939"), ("79925", "79925"), ("799250001", "79925-0001"), ("", "")]
)
def test_a_zip_keeps_its_zeros(written: str, zip_code: str) -> None:
    assert read_zip(written) == zip_code


@pytest.mark.parametrize(
    ("kind", "type_text", "name", "expected"),
    [
        ("Hold Room", "", "X", "hold_room"),
        ("", "IGSA", "BAKER COUNTY SHERIFF'S OFFICE", "facility"),
        ("", "BOP", "ROCHESTER FEDERAL MEDICAL CENTER", "facility"),
        ("", "HOLD", "WASHINGTON FIELD OFFICE", "field_office"),
        ("", "HOLD", "HARTFORD OFFICE", "hold_room"),
        ("", "Other", "COMFORT SUITES HOTEL", "hotel"),
        ("", "", "DALLAS FIELD OFFICE HOLD ROOM", "hold_room"),
        ("", "", "FINNEY COUNTY JAIL", "facility"),
        ("", "TAP-ICE", "TRUSTED ADULT KARNES FSC", "program"),
    ],
)
def test_the_kind_of_a_place_decides_whether_it_takes_mail(
    kind: str, type_text: str, name: str, expected: str
) -> None:
    assert infer_kind(kind, type_text, name) == expected
