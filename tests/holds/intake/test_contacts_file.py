from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest

from holds.intake.contact_detail import read_email, read_hours, read_phone, read_time_zone
from holds.intake.contacts_file import read_contacts_file
from holds.intake.language_name import language_tag

WriteFile = Callable[..., Path]

HEADINGS = [
    "A-Number", "Name", "DOB", "Language", "Address", "City", "State", "ZIP", "Phone", "E-mail",
    "Text Consent", "Consent Date", "Confirmed Safe By", "Confirmed On", "Safe Hours", "Time Zone",
]  # fmt: skip
ROW = [
    "A900000001", "Garcia, Juan", "1990-03-25", "K'iche'", "1 Main St", "Boston", "MA", "2360",
    "202-555-0143", "juan@example.org", "Yes", "2022-11-22", "Counsel", "2022-11-23", "18:00-21:00",
    "Eastern",
]  # fmt: skip


def test_a_contact_is_read(write_csv: WriteFile, today: date) -> None:
    (row,) = read_contacts_file(write_csv([HEADINGS, ROW]), today=today).rows
    assert row.problems == ()
    assert (row.a_numbers, row.language, row.language_text) == (("900000001",), "quc", "K'iche'")
    assert (row.address_lines, row.city, row.zip) == (("1 Main St",), "Boston", "02360")
    assert (row.phone, row.phone_assumed_us) == ("+12025550143", True)
    assert (row.consent_sms, row.consent_voice, row.consent_email) == (True, None, None)
    assert (row.confirmed_safe_by, row.confirmed_on) == ("Counsel", date(2022, 11, 23))
    assert (row.safe_hours, row.time_zone) == ((time(18), time(21)), "America/New_York")


def test_silence_is_no_consent_and_no_confirmation(write_csv: WriteFile, today: date) -> None:
    silent = [*ROW[:10], "", "", "", "", "", ""]
    (row,) = read_contacts_file(write_csv([HEADINGS, silent]), today=today).rows
    assert row.consent_sms is None
    assert row.confirmed_safe_by == ""
    assert row.problems == ()


def test_wrong_cells_are_told(write_csv: WriteFile, today: date) -> None:
    bad = [*ROW[:3], "Martian", *ROW[4:8], "555", "nobody", "perhaps", "2022-11-22", "", "", "late", "Mars"]
    (row,) = read_contacts_file(write_csv([HEADINGS, bad]), today=today).rows
    assert {p.code for p in row.problems} == {
        "language.unknown", "phone.malformed", "email.malformed", "yes_no.malformed", "safe_hours.malformed",
        "time_zone.unknown",
    }  # fmt: skip
    assert (row.phone, row.email, row.consent_sms, row.language) == (None, None, None, None)


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("Spanish", "es"),
        ("ESPAÑOL", "es"),
        ("es", "es"),
        ("Spanish (Mexico)", "es"),
        ("Haitian Creole", "ht"),
        ("Chinese (Simplified)", "zh-Hans"),
        ("zh-Hant", "zh-Hant"),
        ("Q’eqchi’", "kek"),
        ("Mam", "mam"),
        ("Dari", "fa-AF"),
        ("Chinese", None),
        ("Mayan", None),
        ("Spanish/Mam", None),
        ("", None),
    ],
)
def test_languages_by_name_or_tag(written: str, tag: str | None) -> None:
    assert language_tag(written) == tag


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("(202) 555-0143", "+12025550143"),
        ("+52 55 5555 0100", "+525555550100"),
        ("202-555-0143 ext. 7", None),
        ("555-0143", None),
        ("none", None),
    ],
)
def test_telephone_numbers(written: str, phone: str | None) -> None:
    assert read_phone(written) == phone


def test_hours_and_zones() -> None:
    assert read_hours("6-9 pm") == (time(18), time(21))
    assert read_hours("from 9am to 5:30pm") == (time(9), time(17, 30))
    assert read_hours("25:00-26:00") is None
    assert read_hours("any time") is None
    assert read_time_zone("Pacific Time") == "America/Los_Angeles"
    assert read_time_zone("America/Chicago") == "America/Chicago"
    assert read_time_zone("Narnia") is None


def test_one_address_is_an_address() -> None:
    assert read_email("mailto:a.b@Example.ORG") == "a.b@example.org"
    assert read_email("a@example.org, b@example.org") is None
    assert read_email("a@localhost") is None
