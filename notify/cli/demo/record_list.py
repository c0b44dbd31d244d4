"""The rows of the leaked list: the cases as the agency writes them, with a real list's noise and defects."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from notify.cli.demo.cases import Case
from notify.cli.demo.defects import (
    BIRTH_DATE,
    LOCATION,
    NAME,
    NUMBER,
    Defect,
    Row,
    is_ambiguous,
    spoil,
)
from notify.cli.demo.noise import (
    FIRST_UNAMBIGUOUS_DAY,
    day_first,
    month_first,
    spell_birth_date,
    spell_facility,
    spell_number,
)

HEADINGS = (
    NUMBER,
    NAME,
    BIRTH_DATE,
    "Country of Citizenship",
    "Country of Birth",
    "Gender",
    LOCATION,
    "AOR",
    "Current Custody Status",
    "Book-In Date",
    "Days in Custody",
    "Release Date",
    "Fear Screening Type",
    "Fear Screening Result",
    "Screening Date",
    "Case Status",
    "Final Order Date",
    "Attorney of Record",
    "Law Firm",
    "Family Unit ID",
)


@dataclass(frozen=True)
class ListedRow:
    """One row of the list, the case it tells of, and what was made wrong with it (None: nothing)."""

    cells: Row
    case: Case
    defect: Defect | None


def list_rows(
    rng: Random, cases: Sequence[Case], spares: Sequence[int], defects: dict[Defect, int]
) -> list[ListedRow]:
    """Return the rows in list order: one a case, and the second rows of duplicates and conflicts among them.

    ``spares`` are synthetic numbers no case has, one for each cell that holds several.
    """
    wrong = _choose_wrong(rng, cases, defects)
    slashes = _show_both_slash_orders(cases, wrong)
    spare = iter(spares)
    rows: list[ListedRow] = []
    for position, case in enumerate(cases):
        cells = _cells(rng, case, slashes.get(position))
        kind = wrong.get(position)
        if kind is not None:
            other = next(spare) if kind is Defect.NUMBER_SEVERAL else 0
            cells = spoil(rng, kind, cells, number=case.person.number, born=case.person.born, spare=other)
        rows.append(ListedRow(cells, case, kind))
    return list(_with_copies(rng, rows, defects))


def _choose_wrong(rng: Random, cases: Sequence[Case], defects: dict[Defect, int]) -> dict[int, Defect]:
    positions = rng.sample(range(len(cases)), len(cases))
    wrong: dict[int, Defect] = {}
    # The ambiguous ones first: not every birth date can be.
    ambiguous = [position for position in positions if is_ambiguous(cases[position].person.born)]
    for position in ambiguous[: defects[Defect.BIRTH_DATE_AMBIGUOUS]]:
        wrong[position] = Defect.BIRTH_DATE_AMBIGUOUS
    free = (position for position in positions if position not in wrong)
    for kind, count in defects.items():
        if kind in (Defect.BIRTH_DATE_AMBIGUOUS, Defect.DUPLICATE_ROW, Defect.CONFLICTING_BIRTH_DATE):
            continue
        for _ in range(count):
            wrong[next(free)] = kind
    return wrong


def _show_both_slash_orders(cases: Sequence[Case], wrong: dict[int, Defect]) -> dict[int, str]:
    """Return two birth dates written with slashes, one in each order: even a short list has both."""
    plain = (
        position
        for position, case in enumerate(cases)
        if position not in wrong and case.person.born.day >= FIRST_UNAMBIGUOUS_DAY
    )
    american, european = next(plain), next(plain)
    return {
        american: month_first(cases[american].person.born),
        european: day_first(cases[european].person.born),
    }


def _with_copies(rng: Random, rows: list[ListedRow], defects: dict[Defect, int]) -> Iterator[ListedRow]:
    """Put second rows of duplicates and conflicts somewhere after the rows they repeat."""
    duplicates, conflicts = defects[Defect.DUPLICATE_ROW], defects[Defect.CONFLICTING_BIRTH_DATE]
    clean = [position for position, row in enumerate(rows) if row.defect is None]
    originals = rng.sample(clean, duplicates + conflicts)
    after: dict[int, list[ListedRow]] = {}
    for turn, original in enumerate(originals):
        copy = _duplicate(rows[original]) if turn < duplicates else _conflict(rng, rows[original])
        after.setdefault(rng.randrange(original, len(rows)), []).append(copy)
    for position, row in enumerate(rows):
        yield row
        yield from after.get(position, ())


def _duplicate(row: ListedRow) -> ListedRow:
    return ListedRow(dict(row.cells), row.case, Defect.DUPLICATE_ROW)


def _conflict(rng: Random, row: ListedRow) -> ListedRow:
    """The same number and name with another birth date: a slip of the pen, or a second person."""
    other = row.case.person.born + timedelta(days=rng.choice((-3653, -31, -10, -1, 1, 9, 30, 366)))
    cells: Row = {**row.cells, NUMBER: f"A{row.case.person.number}", BIRTH_DATE: other}
    return ListedRow(cells, row.case, Defect.CONFLICTING_BIRTH_DATE)


def _cells(rng: Random, case: Case, slash_date: str | None) -> Row:
    person, stay, screening = case.person, case.stay, case.screening
    born: str | date = slash_date or spell_birth_date(rng, person.born)
    full_word = rng.random() < 0.1
    return {
        NUMBER: spell_number(rng, person.number),
        NAME: person.name.listed(),
        BIRTH_DATE: born,
        "Country of Citizenship": person.citizenship.agency_name,
        "Country of Birth": person.birth_country.agency_name,
        "Gender": {"M": "MALE", "F": "FEMALE"}[person.sex] if full_word else person.sex,
        LOCATION: spell_facility(rng, stay.facility),
        "AOR": stay.facility.aor,
        "Current Custody Status": stay.status,
        "Book-In Date": stay.booked_in,
        "Days in Custody": stay.days,
        "Release Date": stay.released_on,
        "Fear Screening Type": screening.kind,
        "Fear Screening Result": screening.result,
        "Screening Date": screening.held_on,
        "Case Status": screening.posture,
        "Final Order Date": screening.final_order_on,
        "Attorney of Record": case.attorney.listed() if case.attorney else None,
        "Law Firm": case.attorney.firm.upper() if case.attorney else None,
        "Family Unit ID": person.family_unit or None,
    }
