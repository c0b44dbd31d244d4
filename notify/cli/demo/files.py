"""All input files of ``holdfast demo``: a seeded world of invented people, and its exact counts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from notify.cli.demo.cases import make_cases
from notify.cli.demo.contacts import ContactCounts, write_contacts
from notify.cli.demo.counsel import make_attorneys
from notify.cli.demo.custody import CustodyCounts, write_custody
from notify.cli.demo.defects import (
    COPIES,
    FEWEST_ROWS,
    WITHOUT_USABLE_NUMBER,
    Defect,
    count_defects,
)
from notify.cli.demo.facilities import write_facilities
from notify.cli.demo.people import AS_OF, draw_numbers, make_people
from notify.cli.demo.record_list import ListedRow, list_rows
from notify.cli.demo.roster import RosterCounts, write_roster
from notify.cli.demo.workbook import write_workbook

STRANGERS = 6
"""Clients on the roster who are not on the list."""


@dataclass(frozen=True)
class Expected:
    """What a correct import must find. Counts are of rows unless said otherwise.

    ``defects`` has every kind of wrong row; clean rows and defects add up to ``rows``.
    ``true_facilities`` has the DETLOC really meant in each row, in sheet order, empty where the row does
    not say.
    """

    rows: int
    clean: int
    defects: Mapping[Defect, int]
    usable_numbers: int
    detained: int
    released: int
    represented: int
    roster: RosterCounts
    contacts: ContactCounts
    custody: CustodyCounts
    true_facilities: tuple[str, ...]

    @property
    def duplicate_rows(self) -> int:
        return self.defects[Defect.DUPLICATE_ROW]

    @property
    def conflicting_birth_dates(self) -> int:
        return self.defects[Defect.CONFLICTING_BIRTH_DATE]

    @property
    def without_number(self) -> int:
        """Rows with a name and no single usable A-number; a cell that holds several counts here."""
        return sum(self.defects[kind] for kind in WITHOUT_USABLE_NUMBER)

    @property
    def rejected(self) -> int:
        """Rows with neither number nor name."""
        return self.defects[Defect.NO_IDENTITY]

    @property
    def with_one_number(self) -> int:
        """Rows that hold exactly one usable A-number and repeat no earlier row."""
        return self.rows - self.duplicate_rows - self.without_number - self.rejected


@dataclass(frozen=True)
class DemoFiles:
    """Where the files are, and what must be found in them."""

    record_list: Path
    facilities: Path
    counsel_roster: Path
    contacts: Path
    custody: Path
    expected: Expected


def write_demo_files(folder: Path, *, people: int = 6252, seed: int = 20221128, today: date) -> DemoFiles:
    """Write the demonstration's input files into ``folder``, replacing those of an earlier run.

    ``people`` is the number of rows in the record list. The same arguments give the same bytes. ``today``
    dates the day's custody changes and bounds the contacts. Raises ValueError for fewer than 100 rows, which
    could not hold every kind of wrong row, and for a ``today`` before the list's day.
    """
    if people < FEWEST_ROWS:
        raise ValueError(f"The demonstration list needs at least {FEWEST_ROWS} people, not {people}.")
    if today < AS_OF:
        raise ValueError(f"The demonstration list is of {AS_OF}: {today} lies before it.")
    folder.mkdir(parents=True, exist_ok=True)
    defects = count_defects(people)
    persons = people - sum(defects[kind] for kind in COPIES)
    several = defects[Defect.NUMBER_SEVERAL]

    numbers = draw_numbers(_stream(seed, "numbers"), persons + several + STRANGERS)
    attorneys = make_attorneys(_stream(seed, "counsel"))
    everyone = make_people(_stream(seed, "people"), numbers[:persons])
    strangers = make_people(_stream(seed, "strangers"), numbers[persons + several :])
    cases = make_cases(_stream(seed, "cases"), everyone, attorneys)
    rows = list_rows(_stream(seed, "list"), cases, numbers[persons : persons + several], defects)
    # The other files speak of people whose row is right, so that each can be found by what it says.
    clean = [row.case for row in rows if row.defect is None]

    files = {
        "record_list": folder / "record-list.xlsx",
        "facilities": folder / "facilities.csv",
        "counsel_roster": folder / "counsel-roster.csv",
        "contacts": folder / "contacts.csv",
        "custody": folder / "custody.csv",
    }
    write_workbook(files["record_list"], rows)
    write_facilities(files["facilities"])
    roster = write_roster(
        _stream(seed, "roster"), files["counsel_roster"], clean, attorneys, strangers, taken=set(numbers)
    )
    contacts = write_contacts(_stream(seed, "contacts"), files["contacts"], clean, today)
    custody = write_custody(_stream(seed, "custody"), files["custody"], clean, today)
    return DemoFiles(**files, expected=_expected(rows, roster, contacts, custody))


def _stream(seed: int, part: str) -> Random:
    """Return a generator of its own for each file, so that a change to one leaves the others as they were."""
    return Random(f"{seed}/{part}")  # noqa: S311 (a repeatable demonstration, no secret)


def _expected(
    rows: Sequence[ListedRow], roster: RosterCounts, contacts: ContactCounts, custody: CustodyCounts
) -> Expected:
    kinds = Counter(row.defect for row in rows)
    defects = {kind: kinds[kind] for kind in Defect}
    released = sum(row.case.stay.released_on is not None for row in rows)
    nowhere = (Defect.LOCATION_UNKNOWN, Defect.LOCATION_MISSING)
    numberless = WITHOUT_USABLE_NUMBER - {Defect.NUMBER_SEVERAL} | {Defect.NO_IDENTITY}
    numbered = {row.case.person.number for row in rows if row.defect not in numberless}
    return Expected(
        rows=len(rows),
        clean=kinds[None],
        defects=defects,
        usable_numbers=len(numbered) + defects[Defect.NUMBER_SEVERAL],
        detained=len(rows) - released,
        released=released,
        represented=sum(row.case.attorney is not None for row in rows),
        roster=roster,
        contacts=contacts,
        custody=custody,
        true_facilities=tuple("" if row.defect in nowhere else row.case.stay.facility.detloc for row in rows),
    )
