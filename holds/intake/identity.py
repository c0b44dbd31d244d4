"""Who a row is about: A-numbers, name and birth dates, the same in every kind of list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from holds.domain.a_number import MALFORMED, MISSING, ANumberReading, read_a_numbers
from holds.domain.birth_date import read_date
from holds.domain.person_name import PersonName, name_tokens, person_name_from_parts, read_person_name
from holds.intake.columns import Field
from holds.intake.table import Row
from holds.intake.workbook import Cell

IDENTIFYING = ("a_number", "other_a_numbers", "name", "last_name", "first_name", "middle_name", "birth_date")
REQUIRED = (("a_number",), ("name", "last_name", "first_name"))

_A_NUMBER = (
    "a number", "alien number", "a no", "a file", "a file number", "afile", "afile number",
    "alien file number", "alien registration number", "alien reg number", "alien no", "anumber",
    "anum", "a num", "uscis number",
    "alien id", "numero a", "a",
)  # fmt: skip
_NAME = (
    "name", "full name", "last name first middle", "last name first name", "last name first name middle name",
    "last first middle", "last first", "alien name", "noncitizen name", "detainee name", "subject name",
    "respondent name", "respondent", "detainee", "noncitizen", "person", "person name", "complete name",
)  # fmt: skip
_LAST = ("last name", "surname", "family name", "lname", "last", "name last", "family names", "apellidos")
_FIRST = ("first name", "given name", "fname", "first", "name first", "given names", "forename", "nombres")
_MIDDLE = ("middle name", "middle", "mname", "name middle", "middle initial", "mi", "second name")
_BIRTH = (
    "dob", "date of birth", "birth date", "birthdate", "birthday", "born", "d o b", "date birth", "bdate",
    "fecha de nacimiento",
)  # fmt: skip


@dataclass(frozen=True)
class Identity:
    """Whom a row names. `a_numbers` are nine digits each; several birth dates when the date is ambiguous."""

    a_numbers: tuple[str, ...]
    name: PersonName | None
    birth_dates: tuple[date, ...]

    @property
    def exists(self) -> bool:
        """Whether the row names anybody: by a number or by a name."""
        return bool(self.a_numbers or self.name)

    def readings(self) -> dict[str, object]:
        """The read values for `Row.canonical_text`, so that `A900-000-001` and 900000001 are the same
        content.
        """
        parts = (self.name.family, self.name.given) if self.name else ()
        return {
            "a_number": list(self.a_numbers),
            "birth_date": [day.isoformat() for day in self.birth_dates],
            "name": [list(name_tokens(" ".join(words))) for words in parts],
        }


def identity_fields(*roles: str) -> tuple[Field, ...]:
    """The fields of an identity; `roles` are words its headings may begin with (`client`, `respondent`)."""

    def field(
        name: str, synonyms: tuple[str, ...], looks_like: Callable[[Cell], bool] | None = None
    ) -> Field:
        with_roles = (f"{role} {synonym}" for role in roles for synonym in synonyms)
        return Field(name, (*with_roles, *(roles if name == "name" else ()), *synonyms), looks_like)

    return (
        field("a_number", _A_NUMBER, _looks_like_a_number),
        Field(
            "other_a_numbers",
            ("other a number", "other a numbers", "alias a number", "alias a numbers", "aliases a number",
             "secondary a number", "second a number", "additional a numbers",
             "old a number", "previous a number"),
        ),
        field("name", _NAME, _looks_like_name),
        field("last_name", _LAST, _looks_like_name),
        field("first_name", _FIRST, _looks_like_name),
        field("middle_name", _MIDDLE),
        field("birth_date", _BIRTH, _looks_like_date),
    )  # fmt: skip


def read_identity(row: Row) -> Identity:
    """Read the identity of a row and note what is wrong with it, `row.no_identity` included."""
    numbers = _read_numbers(row)
    name = _read_name(row)
    reading = row.date_reading("birth_date", latest=row.today)
    # A column the file does not have is the file's matter, not a fault of every row.
    if row.has("birth_date") and reading.problem == "date.missing" and row.cell("birth_date").kind != "error":
        row.add_problem("date.missing", "birth_date")
    identity = Identity(numbers, name, reading.dates)
    name_columns = [part for part in ("name", "last_name", "first_name") if row.has(part)]
    if not name and name_columns and not any(row.cell(part).kind == "error" for part in name_columns):
        row.add_problem("name.missing", name_columns[0])
    if not identity.exists:
        row.add_problem("row.no_identity")
    return identity


def _read_numbers(row: Row) -> tuple[str, ...]:
    main = _read_number_cell(row.cell("a_number"))
    if row.cell("a_number").kind == "error":
        row.add_problem("cell.error", "a_number")
    elif main.problem:
        row.add_problem(main.problem, "a_number")
    others: tuple[str, ...] = ()
    cell = row.cell("other_a_numbers")
    if cell.kind != "empty":
        reading = _read_number_cell(cell)
        others = reading.numbers
        if cell.kind == "error":
            row.add_problem("cell.error", "other_a_numbers")
        elif not others and reading.problem != MISSING:
            row.add_problem(reading.problem or MALFORMED, "other_a_numbers")
    return tuple(dict.fromkeys((*main.numbers, *others)))


def _read_number_cell(cell: Cell) -> ANumberReading:
    if cell.kind in ("empty", "error"):
        return ANumberReading((), MISSING)
    # A cell of dates or truth values holds no number, whatever its text looks like.
    return (
        read_a_numbers(cell.value) if isinstance(cell.value, str | float) else ANumberReading((), MALFORMED)
    )


def _read_name(row: Row) -> PersonName | None:
    whole = read_person_name(row.text("name")) if row.has("name") else None
    if whole or not (row.has("last_name") or row.has("first_name")):
        return whole
    return person_name_from_parts(row.text("last_name"), row.text("first_name"), row.text("middle_name"))


def _looks_like_a_number(cell: Cell) -> bool:
    return bool(_read_number_cell(cell).numbers)


def _looks_like_name(cell: Cell) -> bool:
    return (
        cell.kind == "text"
        and any(c.isalpha() for c in cell.text)
        and not any(c.isdigit() for c in cell.text)
    )


def _looks_like_date(cell: Cell) -> bool:
    if cell.kind not in ("text", "date", "number") or not isinstance(cell.value, str | float | date):
        return False
    return bool(read_date(cell.value, today=date(2099, 12, 31)).dates)
