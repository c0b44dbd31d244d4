from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from holds.intake.counsel_roster import read_counsel_roster, read_form, read_scope

WriteFile = Callable[..., Path]

HEADINGS = [
    "EOIR ID", "Bar Jurisdiction", "Bar Number", "Attorney", "Firm", "E-mail", "Phone", "Client A-Number",
    "Client Name", "Client DOB", "Form", "Scope", "Filed", "Withdrawn",
]  # fmt: skip
ROW = [
    "EA900001", "ny", "123456", "Jane Doe", "Doe LLP", "jane@Example.org", "(202) 555-0143", "A900-000-001",
    "GARCIA, JUAN", "1990-03-25", "EOIR-28", "Custody and bond only", "2022-11-01", "",
]  # fmt: skip


def test_an_appearance_is_read(write_csv: WriteFile, today: date) -> None:
    (row,) = read_counsel_roster(write_csv([HEADINGS, ROW]), today=today).rows
    assert row.problems == ()
    assert (row.eoir_id, row.bar_jurisdiction, row.counsel_name, row.firm) == (
        "EA900001",
        "NY",
        "Jane Doe",
        "Doe LLP",
    )
    assert (row.email, row.phone) == ("jane@example.org", "+12025550143")
    assert row.client_a_numbers == ("900000001",)
    assert row.client_name is not None
    assert row.client_name.display() == "GARCIA, JUAN"
    assert (row.form, row.scope) == ("EOIR-28", "custody_and_bond")
    assert (row.filed_on, row.withdrawn_on) == (date(2022, 11, 1), None)


def test_wrong_cells_keep_the_row_and_are_told(write_csv: WriteFile, today: date) -> None:
    bad = [*ROW[:5], "jane at example", "555", *ROW[7:10], "EOIR-61", "some", "whenever", ""]
    (row,) = read_counsel_roster(write_csv([HEADINGS, bad]), today=today).rows
    assert [p.code for p in row.problems] == [
        "form.unknown", "scope.unknown", "phone.malformed", "email.malformed", "date.malformed",
    ]  # fmt: skip
    assert row.rejection is None
    assert row.form is None


def test_a_row_without_client_or_counsel_is_rejected(write_csv: WriteFile, today: date) -> None:
    no_client = [*ROW[:7], "", "", *ROW[9:]]
    no_counsel = ["", "", "", "", *ROW[4:]]
    one, other = read_counsel_roster(write_csv([HEADINGS, no_client, no_counsel]), today=today).rows
    assert (one.rejection, other.rejection) == ("row.no_identity", "name.missing")


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("G-28", "G-28"),
        ("g28", "G-28"),
        ("Form EOIR 28", "EOIR-28"),
        ("E-27", "EOIR-27"),
        ("EOIR-60", None),
        ("28", None),
    ],
)
def test_forms_of_appearance(written: str, form: str | None) -> None:
    assert read_form(written) == form


@pytest.mark.parametrize(
    ("written", "scope"),
    [
        ("All proceedings", "all"),
        ("Custody and bond proceedings only", "custody_and_bond"),
        ("bond only", "custody_and_bond"),
        ("All proceedings except custody and bond", "all_but_custody"),
        ("all but custody", "all_but_custody"),
        ("", None),
    ],
)
def test_scopes_of_appearance(written: str, scope: str | None) -> None:
    assert read_scope(written) == scope
