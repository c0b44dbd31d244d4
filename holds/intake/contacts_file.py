"""Contacts of people who left custody: language, address, telephone, and what they consented to."""

from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from holds.domain.person_name import PersonName
from holds.intake.columns import Layout, parse_fields
from holds.intake.contact_detail import read_email, read_hours, read_phone, read_time_zone
from holds.intake.facility_list import read_zip
from holds.intake.identity import IDENTIFYING, REQUIRED, identity_fields, read_identity
from holds.intake.language_name import language_tag
from holds.intake.list_file import ListFile
from holds.intake.problem import CellProblem
from holds.intake.table import Row, read_table

_FIELDS = """
language: language, primary language, preferred language, best language
address: address, street address, street, mailing address, address 1, address line 1
address_2: address 2, address line 2, apt, unit, apartment
city: city, town
state: state, st, province
zip: zip, zip code, zipcode, postal code
phone: phone, phone number, telephone, mobile, cell, cell phone, mobile phone
email: e mail, email, email address
consent_sms: text consent, sms consent, consent to text, text messages, consent text, texting consent
consent_voice: voice consent, call consent, consent to call, phone consent
consent_email: email consent, e mail consent, consent to email
consent_date: consent date, date of consent, consented on, consent on
confirmed_safe_by: confirmed safe by, confirmed by, address confirmed by, safe per
confirmed_on: confirmed on, date confirmed, confirmed safe on, safe as of
safe_hours: safe hours, safe time, hours, best time, call hours, safe to call
time_zone: time zone, timezone, tz
"""
LAYOUT = Layout(
    "contacts file",
    (*identity_fields(), *parse_fields(_FIELDS)),
    (*REQUIRED, ("address", "phone", "email", "language")),
)


@dataclass(frozen=True, kw_only=True)
class ContactRow:
    """One person's contact. `language` is BCP 47, `phone` E.164, `time_zone` IANA, `safe_hours` local (from,
    to).

    `phone_assumed_us` says that the number had no country code. Consent is True, False or, where nothing is
    said, None: only True is consent. An address or number that nobody confirmed as safe has no
    `confirmed_safe_by`.
    """

    row: int
    a_numbers: tuple[str, ...]
    name: PersonName | None
    birth_dates: tuple[date, ...]
    language: str | None
    language_text: str
    address_lines: tuple[str, ...]
    city: str
    state: str
    zip: str
    phone: str | None
    phone_assumed_us: bool
    email: str | None
    consent_sms: bool | None
    consent_voice: bool | None
    consent_email: bool | None
    consent_on: date | None
    confirmed_safe_by: str
    confirmed_on: date | None
    safe_hours: tuple[time, time] | None
    safe_hours_text: str
    time_zone: str | None
    problems: tuple[CellProblem, ...]
    cells: tuple[str, ...]

    @property
    def rejection(self) -> str | None:
        """`row.no_identity` for a row that names nobody."""
        return None if self.a_numbers or self.name else "row.no_identity"


def read_contacts_file(
    path: Path, *, overrides: Lookup[str, str] | None = None, today: date
) -> ListFile[ContactRow]:
    """Open a contacts file, XLSX or CSV. Raises IntakeError (codes file.*, columns.missing, map.*)."""
    return ListFile(
        read_table(path, LAYOUT, identifying=IDENTIFYING, today=today, overrides=overrides), _read_contact
    )


def _read_contact(row: Row) -> ContactRow:
    identity = read_identity(row)
    texts = {name: row.text(name) for name in ("language", "phone", "email", "safe_hours", "time_zone")}
    language, phone, email = (
        language_tag(texts["language"]),
        read_phone(texts["phone"]),
        read_email(texts["email"]),
    )
    safe_hours, time_zone = read_hours(texts["safe_hours"]), read_time_zone(texts["time_zone"])
    for name, value, code in (
        ("language", language, "language.unknown"),
        ("phone", phone, "phone.malformed"),
        ("email", email, "email.malformed"),
        ("safe_hours", safe_hours, "safe_hours.malformed"),
        ("time_zone", time_zone, "time_zone.unknown"),
    ):
        if texts[name] and value is None:
            row.add_problem(code, name)
    lines = (row.text("address"), row.text("address_2"))
    return ContactRow(
        row=row.number,
        a_numbers=identity.a_numbers,
        name=identity.name,
        birth_dates=identity.birth_dates,
        language=language,
        language_text=texts["language"],
        address_lines=tuple(line for line in lines if line),
        city=row.text("city"),
        state=row.text("state"),
        zip=read_zip(row.text("zip")),
        phone=phone,
        phone_assumed_us=phone is not None and not texts["phone"].startswith(("+", "1", "00", "011")),
        email=email,
        consent_sms=row.yes_no("consent_sms"),
        consent_voice=row.yes_no("consent_voice"),
        consent_email=row.yes_no("consent_email"),
        consent_on=row.date("consent_date"),
        confirmed_safe_by=row.text("confirmed_safe_by"),
        confirmed_on=row.date("confirmed_on"),
        safe_hours=safe_hours,
        safe_hours_text=texts["safe_hours"],
        time_zone=time_zone,
        problems=tuple(row.problems),
        cells=row.original_texts(),
    )
