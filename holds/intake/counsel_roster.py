"""A roster of counsel: one row for each appearance of an attorney for a client."""

import re
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from holds.domain.country import country_code
from holds.domain.person_name import PersonName
from holds.intake.columns import Layout, parse_fields
from holds.intake.contact_detail import read_email, read_phone
from holds.intake.identity import IDENTIFYING, identity_fields, read_identity
from holds.intake.list_file import ListFile
from holds.intake.problem import CellProblem
from holds.intake.table import Row, read_table

AppearanceForm = Literal["G-28", "EOIR-28", "EOIR-27"]
AppearanceScope = Literal["all", "custody_and_bond", "all_but_custody"]

_FIELDS = """
eoir_id: eoir id, eoir id number, eoir number, eoir identification, eoir
bar_jurisdiction: bar jurisdiction, bar state, licensing jurisdiction, jurisdiction, state bar
bar_number: bar number, bar no, state bar number, bar id
counsel_name: attorney, attorney name, counsel, counsel name, attorney of record, representative, lawyer
firm: firm, law firm, organization, firm name, law office
email: e mail, email, attorney email, counsel email, email address
phone: phone, telephone, attorney phone, phone number, office phone
nationality: client nationality, nationality, citizenship, client citizenship, country of citizenship
facility: client facility, facility, detention facility, detained at, detention location
form: form, appearance form, form type, appearance, form of appearance
scope: scope, scope of appearance, appearance scope, type of appearance
filed_on: filed, filed on, date filed, filing date, appearance date, entered
withdrawn_on: withdrawn, withdrawn on, date withdrawn, withdrawal date
replaces: replaces, substitutes for, substituted counsel, in place of, replaced eoir id, former eoir id
primary: primary, primary attorney, lead, lead counsel, primary counsel
"""
LAYOUT = Layout(
    "counsel roster",
    (*identity_fields("client", "respondent"), *parse_fields(_FIELDS)),
    (("counsel_name",), ("a_number", "name", "last_name")),
)


@dataclass(frozen=True, kw_only=True)
class CounselRow:
    """One appearance. `phone` is E.164, `client_nationality` ISO 3166 alpha-2; `form`, `scope` and the flag
    None where not stated or not understood; `replaces`: EOIR ID or bar number of whom this counsel takes over
    from.

    EOIR-60 and EOIR-61 record limited help: they are no appearance, and such a row has the problem
    `form.unknown`.
    """

    row: int
    eoir_id: str
    bar_jurisdiction: str
    bar_number: str
    counsel_name: str
    firm: str
    email: str | None
    phone: str | None
    client_a_numbers: tuple[str, ...]
    client_name: PersonName | None
    client_birth_dates: tuple[date, ...]
    client_nationality: str | None
    client_facility: str
    form: AppearanceForm | None
    scope: AppearanceScope | None
    filed_on: date | None
    withdrawn_on: date | None
    primary: bool | None
    replaces: str
    problems: tuple[CellProblem, ...]
    cells: tuple[str, ...]

    @property
    def rejection(self) -> str | None:
        """Why the row cannot be taken in at all: it names no client (`row.no_identity`) or no counsel."""
        if not (self.client_a_numbers or self.client_name):
            return "row.no_identity"
        return None if self.counsel_name or self.eoir_id or self.bar_number else "name.missing"


def read_counsel_roster(
    path: Path, *, overrides: Lookup[str, str] | None = None, today: date
) -> ListFile[CounselRow]:
    """Open a roster, XLSX or CSV. Raises IntakeError (codes file.*, columns.missing, map.*)."""
    identifying = (*IDENTIFYING, "counsel_name", "eoir_id")
    return ListFile(
        read_table(path, LAYOUT, identifying=identifying, today=today, overrides=overrides), _read_appearance
    )


def read_form(text: str) -> AppearanceForm | None:
    """The form of appearance: before DHS, the immigration court, or the BIA."""
    compact = re.sub(r"[^A-Z0-9]", "", text.upper())
    forms: dict[str, AppearanceForm] = {
        "G28": "G-28", "FORMG28": "G-28", "G28I": "G-28",
        "EOIR28": "EOIR-28", "FORMEOIR28": "EOIR-28", "E28": "EOIR-28",
        "EOIR27": "EOIR-27", "FORMEOIR27": "EOIR-27", "E27": "EOIR-27",
    }  # fmt: skip
    return forms.get(compact)


def read_scope(text: str) -> AppearanceScope | None:
    """The scope of an appearance, as the EOIR-28 offers it."""
    words = text.casefold()
    if re.search(
        r"(?:all|everything).*(?:but|except|other than)|(?:except|not|without) (?:for )?(?:custody|bond)",
        words,
    ):
        return "all_but_custody"
    if "custody" in words or "bond" in words:
        return "custody_and_bond"
    return "all" if re.search(r"\ball\b|\bfull\b|\bgeneral\b|entire", words) else None


def _read_appearance(row: Row) -> CounselRow:
    client = read_identity(row)
    form_text, scope_text, phone_text, email_text = (
        row.text(name) for name in ("form", "scope", "phone", "email")
    )
    form, scope = read_form(form_text), read_scope(scope_text)
    country_text = row.text("nationality")
    country = country_code(country_text) if country_text else None
    phone, email = (
        read_phone(phone_text) if phone_text else None,
        read_email(email_text) if email_text else None,
    )
    for name, text, value, code in (
        ("form", form_text, form, "form.unknown"),
        ("scope", scope_text, scope, "scope.unknown"),
        ("nationality", country_text, country, "country.unknown"),
        ("phone", phone_text, phone, "phone.malformed"),
        ("email", email_text, email, "email.malformed"),
    ):
        if text and value is None:
            row.add_problem(code, name)
    counsel_name = row.text("counsel_name")
    if not counsel_name:
        row.add_problem("name.missing", "counsel_name")
    return CounselRow(
        row=row.number,
        eoir_id=row.text("eoir_id").upper(),
        bar_jurisdiction=row.text("bar_jurisdiction").upper(),
        bar_number=row.text("bar_number"),
        counsel_name=counsel_name,
        firm=row.text("firm"),
        email=email,
        phone=phone,
        client_a_numbers=client.a_numbers,
        client_name=client.name,
        client_birth_dates=client.birth_dates,
        client_nationality=country,
        client_facility=row.text("facility"),
        form=form,
        scope=scope,
        filed_on=row.date("filed_on"),
        withdrawn_on=row.date("withdrawn_on"),
        primary=row.yes_no("primary"),
        replaces=row.text("replaces"),
        problems=tuple(row.problems),
        cells=row.original_texts(),
    )
