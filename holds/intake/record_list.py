"""The list of exposed people, as an agency keeps it: one row a person, about twenty columns."""

from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from holds.domain.country import country_code
from holds.domain.person_name import PersonName
from holds.domain.posture import Posture
from holds.intake.columns import Layout, parse_fields
from holds.intake.custody_terms import (
    CustodyStatus,
    FearResult,
    read_custody_status,
    read_fear_result,
    read_posture,
)
from holds.intake.identity import IDENTIFYING, REQUIRED, identity_fields, read_identity
from holds.intake.list_file import ListFile
from holds.intake.problem import CellProblem
from holds.intake.table import Row, read_table

_FIELDS = """
nationality: country of citizenship, citizenship, nationality, coc, citizen of, country of nationality,
  citizenship country, ctzn, country
country_of_birth: country of birth, birth country, cob, place of birth, country birth
sex: gender, sex
location: detention location, detention facility, current detention facility, facility, facility name,
  current facility, detention facility name, location, current location, place of detention, detained at,
  det facility
detloc: detloc, det loc, detention location code, detloc code, facility code, detention facility code,
  location code, det loc code
location_city: facility city, detention city, city, location city
location_state: facility state, detention state, state, location state, st
aor: aor, area of responsibility, field office, responsible aor, ero field office
custody_status: current custody status, custody status, detention status, in custody, custody, status
booked_in: book in date, initial book in date, date booked in, booked in, book in, detained since, intake
  date, detention date, admission date
released_on: release date, date released, released, released on, date of release, book out date
fear_type: fear screening type, screening type, fear type, interview type, fear claim type
fear_result: fear screening result, screening result, fear result, fear decision, credible fear result,
  reasonable fear result, interview result, outcome, fear interview result, credible fear, fear finding
fear_on: screening date, fear screening date, interview date, fear interview date, decision date, fear
  decision date
case_status: case status, posture, proceedings, proceeding type, removal case status, case category,
  processing disposition
final_order_date: final order date, date of final order, final order, removal order date, order date
language: language, primary language, preferred language, best language, native language
counsel_name: attorney of record, attorney, attorney name, counsel, representative, attorney or
  representative, lawyer, legal representative, g 28 attorney
counsel_firm: law firm, firm, attorney firm, firm name, organization, law office
counsel_phone: attorney phone, counsel phone, attorney telephone, representative phone
counsel_email: attorney email, attorney e mail, counsel email, representative email
family_id: family unit id, family unit number, family id, family unit, family number, famu id, family
  group
dependants: dependants, dependents, number of dependents, children, accompanying children
"""
LAYOUT = Layout(
    "record list",
    (
        *identity_fields(),
        *parse_fields(_FIELDS),
    ),
    REQUIRED,
)

_SEX = {"m": "M", "male": "M", "man": "M", "f": "F", "female": "F", "woman": "F", "x": "X", "nonbinary": "X"}
_NO_COUNSEL = {
    "none",
    "n/a",
    "na",
    "pro se",
    "prose",
    "unrepresented",
    "no",
    "-",
    "--",
    "unknown",
    "no attorney",
}


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """One person of the list. Texts are as written, spaces collapsed, "" if empty; codes None if unread.

    `a_numbers` are nine digits each, `nationality` and `country_of_birth` ISO alpha-2 (their `_text` as
    written), `sex` M, F, X or None, `row` the spreadsheet's 1-based row, `cells` the original texts under
    `Mapping.heading`. `fingerprint_text` is the row's mapped content in one canonical text: equal for equal
    content, whatever the file's format, column order or number of days since.
    """

    row: int
    a_numbers: tuple[str, ...]
    name: PersonName | None
    birth_dates: tuple[date, ...]
    nationality: str | None
    nationality_text: str
    country_of_birth: str | None
    country_of_birth_text: str
    sex: str | None
    location_text: str
    detloc: str | None
    location_city: str
    location_state: str
    aor: str
    custody_status: CustodyStatus
    custody_status_text: str
    booked_in: date | None
    released_on: date | None
    fear_type: str
    fear_screening: FearResult | None
    fear_screened_on: date | None
    posture: Posture | None
    case_status_text: str
    final_order_date: date | None
    language: str
    counsel_name: str
    counsel_firm: str
    counsel_phone: str
    counsel_email: str
    family_id: str
    dependants: str
    extra: dict[str, str]
    problems: tuple[CellProblem, ...]
    cells: tuple[str, ...]
    fingerprint_text: str

    @property
    def has_identity(self) -> bool:
        """Whether the row names anybody; it is rejected only when it has neither a number nor a name."""
        return bool(self.a_numbers or self.name)

    @property
    def rejection(self) -> str | None:
        """`row.no_identity`, or None for a row that becomes a person."""
        return None if self.has_identity else "row.no_identity"


def read_record_list(
    path: Path, *, overrides: Lookup[str, str] | None = None, today: date
) -> ListFile[PersonRow]:
    """Open a record list, XLSX or CSV. `overrides` maps a field to a heading (`--map field=heading`).

    Raises IntakeError (codes file.*, columns.missing, map.*); for a CSV also while its rows are read.
    """
    return ListFile(
        read_table(path, LAYOUT, identifying=IDENTIFYING, today=today, overrides=overrides), _read_person
    )


def _read_person(row: Row) -> PersonRow:
    identity = read_identity(row)
    nationality_text = row.text("nationality")
    birth_country_text = row.text("country_of_birth")
    nationality, country_of_birth = _country(nationality_text), _country(birth_country_text)
    for name, text, code in (
        ("nationality", nationality_text, nationality),
        ("country_of_birth", birth_country_text, country_of_birth),
    ):
        if text and code is None and text.casefold() not in {"unknown", "stateless", "n/a", "none"}:
            row.add_problem("country.unknown", name)
    dates = {name: row.date(name) for name in ("booked_in", "released_on", "fear_on", "final_order_date")}
    detloc = row.text("detloc").upper() or None
    fear = read_fear_result(row.text("fear_result"))
    status_text, case_text = row.text("custody_status"), row.text("case_status")
    counsel = row.text("counsel_name")
    readings = identity.readings() | {name: day and day.isoformat() for name, day in dates.items()}
    return PersonRow(
        row=row.number,
        a_numbers=identity.a_numbers,
        name=identity.name,
        birth_dates=identity.birth_dates,
        nationality=nationality,
        nationality_text=nationality_text,
        country_of_birth=country_of_birth,
        country_of_birth_text=birth_country_text,
        sex=_SEX.get(row.text("sex").casefold()),
        location_text=row.text("location") or detloc or "",
        detloc=detloc,
        location_city=row.text("location_city"),
        location_state=row.text("location_state"),
        aor=row.text("aor"),
        custody_status=read_custody_status(status_text, released=dates["released_on"] is not None),
        custody_status_text=status_text,
        booked_in=dates["booked_in"],
        released_on=dates["released_on"],
        fear_type=row.text("fear_type"),
        fear_screening=fear,
        fear_screened_on=dates["fear_on"],
        posture=read_posture(case_text, fear=fear, final_order=dates["final_order_date"] is not None),
        case_status_text=case_text,
        final_order_date=dates["final_order_date"],
        language=row.text("language"),
        counsel_name="" if counsel.casefold() in _NO_COUNSEL else counsel,
        counsel_firm=row.text("counsel_firm"),
        counsel_phone=row.text("counsel_phone"),
        counsel_email=row.text("counsel_email"),
        family_id=row.text("family_id"),
        dependants=row.text("dependants"),
        extra=row.extra(),
        problems=tuple(row.problems),
        cells=row.original_texts(),
        fingerprint_text=row.canonical_text(readings),
    )


@lru_cache(maxsize=4096)
def _country(text: str) -> str | None:
    return country_code(text)
