from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest

from holds.intake.custody_file import read_custody_file
from holds.intake.custody_terms import read_custody_status, read_fear_result, read_posture

WriteFile = Callable[..., Path]

HEADINGS = ["A-Number", "Name", "DOB", "Event", "Facility", "Housing Unit", "Date", "Posture"]
WHO = ["A900000001", "GARCIA, JUAN", "1990-03-25"]


def test_changes_of_custody_are_read(write_xlsx: WriteFile, today: date) -> None:
    moved = datetime(2022, 11, 27, 6, 30)  # noqa: DTZ001
    rows = [
        HEADINGS,
        [*WHO, "Transferred", "ADAMSMS", "POD 3", moved, "Final order of removal"],
        [*WHO, "Released on parole", None, None, "2022-11-28", None],
    ]
    transfer, release = read_custody_file(write_xlsx(Sheet1=rows), today=today).rows
    assert (transfer.event, transfer.location_text, transfer.housing_unit) == (
        "transferred",
        "ADAMSMS",
        "POD 3",
    )
    assert (transfer.from_date, transfer.from_time) == (date(2022, 11, 27), time(6, 30))
    assert (transfer.posture, transfer.released_on) == ("final_order", None)
    assert (release.event, release.released_on, release.from_time) == ("released", date(2022, 11, 28), None)
    assert (transfer.problems, release.problems) == ((), ())


def test_what_is_not_understood_is_told(write_csv: WriteFile, today: date) -> None:
    rows = [
        HEADINGS,
        [*WHO, "Evaporated", "", "", "", "Mysterious"],
        ["", "", "", "Released", "", "", "2022-11-28", ""],
    ]
    odd, nobody = read_custody_file(write_csv(rows), today=today).rows
    assert odd.event is None
    assert [p.code for p in odd.problems] == ["event.unknown", "posture.unknown", "date.missing"]
    assert nobody.rejection == "row.no_identity"


@pytest.mark.parametrize(
    ("text", "released", "status"),
    [
        ("Detained", False, "detained"),
        ("In Custody", False, "detained"),
        ("Released - Bond", False, "released"),
        ("OREC", False, "released"),
        ("Not released", False, "detained"),
        ("No longer in custody", False, "released"),
        ("Not currently detained", False, "released"),
        ("Removed", False, "removed"),
        ("", True, "released"),
        ("", False, "unknown"),
        ("Hospital", False, "unknown"),
    ],
)
def test_custody_status(text: str, released: bool, status: str) -> None:
    assert read_custody_status(text, released=released) == status


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Positive", "positive"),
        ("Credible fear established", "positive"),
        ("Credible fear not established", "negative"),
        ("No credible fear", "negative"),
        ("Negative", "negative"),
        ("Pending - negative appealed", "pending"),
        ("", None),
        ("withdrawn", None),
    ],
)
def test_fear_screening_results(text: str, result: str | None) -> None:
    assert read_fear_result(text) == result


def test_posture_is_read_from_the_case_and_never_guessed() -> None:
    assert read_posture("Claims U.S. citizenship - final order") == "claimed_citizenship"
    assert read_posture("Reinstated final order") == "reinstated_order"
    assert read_posture("Withholding-only proceedings") == "withholding_only"
    assert read_posture("Positive fear - NTA issued") == "positive_fear_nta"
    assert read_posture("NTA not issued", fear="positive") == "no_court_case"
    assert read_posture("In 240 proceedings", fear="positive") == "positive_fear_nta"
    assert read_posture("In 240 proceedings") is None
    assert read_posture("", fear="positive") is None
    assert read_posture("", final_order=True) == "final_order"
