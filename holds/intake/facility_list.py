"""Facility directories: the agency's published workbooks as they are, and our own CSV.

The 2017 list ("Facility List - Main") has DETLOC codes and a group row above its headings; the yearly
statistics ("Facilities FY22") have none, and glue footnote digits to names. Sheet, header and columns are
chosen by what they contain, because they move from year to year. Rows the agency redacted name no place and
are skipped.
"""

import re
from collections import Counter
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from holds.intake.columns import Layout, parse_fields
from holds.intake.list_file import ListFile
from holds.intake.problem import CellProblem
from holds.intake.table import Row, Table, read_table

FacilityKind = Literal[
    "facility",
    "hold_room",
    "hotel",
    "hospital",
    "field_office",
    "staging",
    "juvenile",
    "family",
    "shelter",
    "program",
]

_FIELDS = """
name: name, facility name, facility, detention facility, detention facility name, name of facility,
  detention center, center name, facility location name, location
detloc: detloc, det loc, detention facility code, facility code, detloc code, detention location code, dloc
address: address, street, street address, facility address, address 1, address line 1,
  facility street address, physical address, facility address 1, mailing address
city: city, facility city, city name, town
county: county
state: state, facility state, st, state abbreviation, state code, state territory
zip: zip, zip code, zipcode, postal code, facility zip, zip 4, zip 5, postal
city_state: city state, city and state, location city state, city state zip
aor: aor, area of responsibility, field office, ero field office, area of responsibility aor, responsible aor,
  field office aor, ero aor
type: type detailed, facility type detailed, detailed facility type, type detail, facility type,
  contract type, agreement type, type
kind: kind
operator: facility operator, operator
owner: facility owner, owner
last_used_on: date of last use, last used
closed_on: closed, date closed, closing date, closed on
aliases: alias, other names, also known as, former names
"""
LAYOUT = Layout(
    "facility list", parse_fields(_FIELDS), (("name",), ("city", "state", "address", "city_state"))
)

_KINDS: dict[str, FacilityKind] = {
    "facility": "facility", "jail": "facility", "detention": "facility", "detention_center": "facility",
    "hold_room": "hold_room", "hold": "hold_room", "hotel": "hotel", "hospital": "hospital",
    "field_office": "field_office", "office": "field_office", "staging": "staging", "juvenile": "juvenile",
    "family": "family", "shelter": "shelter", "orr": "shelter", "program": "program", "prison": "facility",
}  # fmt: skip
# What the agency's detailed type says outright (2017 list: Type Detailed; FY2022: TAP-ICE, a release
# programme).
_TYPES: dict[str, FacilityKind] = {
    "HOLD": "hold_room", "HOSPITAL": "hospital", "JUVENILE": "juvenile", "FAMILY": "family",
    "STAGING": "staging", "ORR": "shelter", "TAP ICE": "program", "HOTEL": "hotel",
}  # fmt: skip
_NAME_RULES: tuple[tuple[FacilityKind, str], ...] = (
    ("hold_room", r"\bHOLD ?(?:ROOM|ING)?S?\b|\bHOLDROOM\b"),
    ("hotel", r"\b(?:HOTEL|MOTEL|INN|SUITES?|LODGE|ECONOLODGE|BEST WESTERN)\b"),
    ("hospital", r"\b(?:HOSPITAL|HOPSITAL|HOSP|INFIRMARY|NURSING HOME|MEDICAL|MED (?:CTR|CENTER))\b"),
    ("hospital", r"\b(?:PSYCHIATRIC|BEHAVIORAL|(?:MENTAL )?HEALTH|HEALTH ?CARE)\b"),
    ("field_office", r"\b(?:FIELD|DISTRICT|SUB|REGIONAL)[ -]?OFFICE\b|\bDD&P\b"),
)
# A federal medical prison, a county sheriff's office with a jail and a detention hospital take letters.
_HOLDING_TYPES = {"IGSA", "DIGSA", "CDF", "SPC", "BOP", "MIRP", "USMS IGA", "USMS CDF", "USMS"}
_FACILITY_WORDS = (
    "CENTER|CTR|FACILITY|FAC|JAIL|PRISON|CORRECTIONS|COMPLEX|CPLX|ANNEX|OFFICE|INSTITUTION|CAMP|DETENTION"
    "|HOSPITAL|HOTEL|INN|ROOM"
)
_GLUED_DIGITS = re.compile(r"^(.*?[A-Za-z).])\s?(\d{1,2}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)$")
_FOOTNOTE = re.compile(r"^\[(\d{1,2})\]\s*(?:\(([A-Z0-9]{3,7})\)\s*)?(.*)")
_LONGEST_NAME = 80
_CITY_STATE = re.compile(r"(.+?),\s*([A-Za-z. ]+?)(?:\s+(\d{5}(?:-\d{4})?))?")
_STATES = dict(
    pair.split("=")
    for pair in """
    ALABAMA=AL,ALASKA=AK,ARIZONA=AZ,ARKANSAS=AR,CALIFORNIA=CA,COLORADO=CO,CONNECTICUT=CT,DELAWARE=DE,FLORIDA=FL,
    DISTRICT OF COLUMBIA=DC,GEORGIA=GA,GUAM=GU,HAWAII=HI,IDAHO=ID,ILLINOIS=IL,INDIANA=IN,IOWA=IA,KANSAS=KS,
    KENTUCKY=KY,LOUISIANA=LA,MAINE=ME,MARYLAND=MD,MASSACHUSETTS=MA,MICHIGAN=MI,MINNESOTA=MN,MISSISSIPPI=MS,
    MISSOURI=MO,MONTANA=MT,NEBRASKA=NE,NEVADA=NV,NEW HAMPSHIRE=NH,NEW JERSEY=NJ,NEW MEXICO=NM,NEW YORK=NY,
    NORTH CAROLINA=NC,NORTH DAKOTA=ND,NORTHERN MARIANA ISLANDS=MP,OHIO=OH,OKLAHOMA=OK,OREGON=OR,
    PENNSYLVANIA=PA,PUERTO RICO=PR,RHODE ISLAND=RI,SOUTH CAROLINA=SC,SOUTH DAKOTA=SD,TENNESSEE=TN,TEXAS=TX,
    UTAH=UT,VERMONT=VT,VIRGIN ISLANDS=VI,VIRGINIA=VA,WASHINGTON=WA,WEST VIRGINIA=WV,WISCONSIN=WI,WYOMING=WY
    """.replace("\n    ", "")
    .strip()
    .split(",")
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, kw_only=True)
class FacilityRow:
    """One place. Texts are as written, spaces collapsed; `zip` is five digits or ZIP+4, `state` two letters.

    `kind` is what sort of place it is: only facility, staging, juvenile, family and shelter take mail for the
    people there. `type_text` is the agency's own type. `source` says which file and sheet the row came from.
    """

    row: int
    detloc: str | None
    name: str
    address: str
    city: str
    state: str
    zip: str
    aor: str
    kind: FacilityKind
    type_text: str
    operator: str | None
    last_used_on: date | None
    closed_on: date | None
    aliases: tuple[str, ...]
    source: str
    problems: tuple[CellProblem, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class _Reading:
    """What a row cannot be read without: the table's counts, its name, and its footnotes by number."""

    skipped: Counter[str]
    source: str
    footnotes: dict[str, tuple[str | None, str]]

    def read(self, row: Row) -> FacilityRow | None:
        """The place a row tells of; None for one that is redacted or has no name."""
        written = row.text("name")
        if written.casefold() == "redacted" or (row.has("name") and not written):
            self.skipped["redacted" if written else "blank"] += 1
            return None
        if self._is_prose(row, written):
            self.skipped["note"] += 1
            return None
        name, footnote_code = strip_footnote(written, self.footnotes)
        city, state, zip_code = _read_city_state(row)
        detloc = row.text("detloc").upper() or footnote_code
        if detloc and not re.fullmatch(r"[A-Z0-9]{3,7}", detloc):
            row.add_problem("detloc.malformed", "detloc")
            detloc = None
        type_text = row.text("type")
        return FacilityRow(
            row=row.number,
            detloc=detloc,
            name=name,
            address=row.text("address"),
            city=city,
            state=state,
            zip=zip_code,
            aor=row.text("aor").upper(),
            kind=infer_kind(row.text("kind"), type_text, name),
            type_text=type_text,
            operator=row.text("operator") or None,
            last_used_on=row.date("last_used_on"),
            closed_on=row.date("closed_on"),
            aliases=tuple(part.strip() for part in re.split(r"[|;]", row.text("aliases")) if part.strip()),
            source=self.source,
            problems=tuple(row.problems),
            cells=row.original_texts(),
        )

    def _is_prose(self, row: Row, written: str) -> bool:
        """A sentence below the table that stands in the first column, and nothing beside it."""
        alone = sum(cell.kind != "empty" for cell in row.cells) == 1
        return alone and (len(written) > _LONGEST_NAME or (written.endswith(".") and written.count(" ") > 4))


def read_facility_list(
    path: Path, *, overrides: Lookup[str, str] | None = None, today: date
) -> ListFile[FacilityRow]:
    """Open a facility directory. Raises IntakeError (codes file.*, columns.missing, map.*)."""
    table = read_table(
        path, LAYOUT, identifying=("name", "detloc"), today=today, overrides=overrides, every_sheet=False
    )
    reading = _Reading(table.skipped, f"{path.name}: {table.mapping.sheet}", _read_footnotes(table))
    return ListFile(table, reading.read)


def strip_footnote(name: str, footnotes: Lookup[str, tuple[str | None, str]]) -> tuple[str, str | None]:
    """A name without the footnote mark glued to it, and the DETLOC its footnote gives, if it gives one.

    Digits go when the sheet has a footnote of that number, when they follow a bracket, or when they are glued
    to a word such as CENTER; they stay in `CAMP 6` and `POD B2`.
    """
    name = name.rstrip("*†‡ ")
    match = _GLUED_DIGITS.match(name)
    if not match:
        return name, None
    stem, digits = match[1], match[2].translate(_SUPERSCRIPTS)
    glued = not name[len(stem)].isspace()
    if digits in footnotes and glued:
        code, about = footnotes[digits]
        return stem, code if about.upper().startswith(stem.upper()) else None
    superscript = not match[2].isascii()
    if superscript or (glued and re.search(rf"(?:\)|\b(?:{_FACILITY_WORDS}))$", stem, re.IGNORECASE)):
        return stem.rstrip(), None
    return name, None


def infer_kind(kind: str, type_text: str, name: str) -> FacilityKind:
    """The kind as stated, else by the agency's type, else by the name; `facility` where nothing says
    otherwise.
    """
    stated = _KINDS.get(re.sub(r"[^a-z]+", "_", kind.casefold()).strip("_"))
    if stated:
        return stated
    agency_type = re.sub(r"[^A-Z]+", " ", type_text.upper()).strip()
    if agency_type in _HOLDING_TYPES:
        return "facility"
    by_name = next((found for found, pattern in _NAME_RULES if re.search(pattern, name.upper())), None)
    # The type HOLD covers field offices too, which are named for what they are.
    if agency_type == "HOLD":
        return by_name if by_name in ("field_office", "hotel", "hospital") else "hold_room"
    return _TYPES.get(agency_type) or by_name or "facility"


def _read_city_state(row: Row) -> tuple[str, str, str]:
    """City, state in two letters and ZIP, which some years write into one cell: `NATCHEZ, MS 39120`."""
    city, state, zip_code = row.text("city"), row.text("state"), row.text("zip")
    if not (city and state) and (joined := _CITY_STATE.fullmatch(row.text("city_state"))):
        city, state, zip_code = city or joined[1], state or joined[2], zip_code or joined[3] or ""
    plain = " ".join(state.upper().replace(".", "").split())
    return city, _STATES.get(plain, plain), read_zip(zip_code)


def read_zip(text: str) -> str:
    """Five digits or ZIP+4: a spreadsheet that stored a number dropped the zeros in front. Else as
    written.
    """
    digits = text.replace("-", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        return text
    if len(digits) <= 5:
        return digits.zfill(5)
    digits = digits.zfill(9)
    return f"{digits[:5]}-{digits[5:]}"


def _read_footnotes(table: Table) -> dict[str, tuple[str | None, str]]:
    footnotes: dict[str, tuple[str | None, str]] = {}
    for row in table.sheet.rows():
        first = next((cell.text for cell in row if cell.kind != "empty"), "")
        if first.startswith("[") and (match := _FOOTNOTE.match(first)):
            footnotes[match[1]] = (match[2], match[3])
    return footnotes
