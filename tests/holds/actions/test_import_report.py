"""What could not be read goes out as a workbook, is mended there, comes back, and closes just those rows."""

import stat
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from holds.actions.import_report import UnknownListError, open_report
from holds.domain.staff import NotAllowedError
from holds.store.exposures import Exposure, FailingRow, SourceList
from holds.store.gates import Hold
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Person
from tests.holds.actions.lists import ANA, BEN, Lists, sums_up

NUMBERLESS = ("", "OKAFOR, CHIDI", "1988-03-30", "Ghana", "ADAMSMS", "Detained", "", "")
SEVERAL = ("A900000010 / A900000011", "DIAZ, EVA", "1971-08-29", "Cuba", "ADAMSMS", "Detained", "", "")
BAD_DATE = ("A900000012", "MOLINA, RAUL", "31-FEB-1980", "Cuba", "ADAMSMS", "Detained", "", "")
BAD_COUNTRY = ("A900000013", "RUIZ, SARA", "1992-02-28", "Freedonia", "ADAMSMS", "Detained", "", "")
NOBODY = ("", "", "1969-11-17", "Cuba", "ADAMSMS", "Detained", "", "")
LEFT = ("A9000", "SOTO, LUIS", "1977-10-21", "Peru", "ADAMSMS", "Detained", "", "")
ROWS = (ANA, NUMBERLESS, SEVERAL, BAD_DATE, BAD_COUNTRY, NOBODY, LEFT)


def report(lists: Lists, reference: str | None, name: str = "report.xlsx") -> tuple[Path, int]:
    assert reference is not None
    out = lists.folder / name
    opened = open_report(
        lists.office.database, acting=lists.office.operator, reference=reference.lower(), out=out
    )
    return out, opened.rows


def mend(path: Path, changes: Mapping[tuple[str, str], tuple[str, str]]) -> None:
    """Write into cells: (heading, what stands there) of a row -> (heading, what to write)."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    columns = {cell.value: place for place, cell in enumerate(sheet[1], start=1)}
    for (heading, old), (mended, new) in changes.items():
        rows = [r for r in range(2, sheet.max_row + 1) if sheet.cell(r, columns[heading]).value == old]
        assert len(rows) == 1, (heading, old)
        sheet.cell(rows[0], columns[mended]).value = new
    book.save(path)


def still_open(lists: Lists, reference: str | None) -> set[int]:
    with lists.office.database.reading() as session:
        rows = select(FailingRow.row_number).join(SourceList, SourceList.id == FailingRow.source_list_id)
        return set(
            session.scalars(rows.where(SourceList.reference == reference, FailingRow.mended_by.is_(None)))
        )


def test_round_trip_closes_the_mended_rows_and_no_other(lists: Lists) -> None:
    first = lists.people(*ROWS)
    assert (first.counts["without_number"], first.counts["rejected"], first.to_mend) == (3, 1, 6)
    assert still_open(lists, first.reference) == {3, 4, 5, 6, 7, 8}
    out, rows = report(lists, first.reference)
    assert rows == 6
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    mend(
        out,
        {
            ("Name", "OKAFOR, CHIDI"): ("A-Number", "A900-000-020"),
            ("Name", "DIAZ, EVA"): ("A-Number", "A900000010"),
            ("Name", "MOLINA, RAUL"): ("DOB", "1980-02-27"),
            ("Name", "RUIZ, SARA"): ("Citizenship", "Honduras"),
            ("DOB", "1969-11-17"): ("Name", "VEGA, MARTA"),
        },
    )
    with lists.office.database.reading() as session:
        chidi = session.scalars(select(FailingRow.person_id).where(FailingRow.row_number == 3)).one()
    people = lists.count(Person)
    back = lists.take_people(out)
    assert (back.counts["updated"], back.counts["without_number"], back.counts["duplicates"]) == (4, 1, 1)
    assert back.counts["mended"] == 5
    assert still_open(lists, first.reference) == {8}
    assert lists.count(Person) == people + 1 == lists.count(Hold) == lists.count(Exposure)
    assert lists.person("900000020") == chidi
    assert lists.facts(lists.person("900000012")).birth_dates == ("1980-02-27",)
    assert lists.facts(lists.person("900000013")).nationality == "HN"
    assert lists.person("900000010") == lists.person("900000011")
    with lists.office.database.reading() as session:
        numbered = session.scalars(select(Person.with_number).where(Person.id == chidi)).one()
    assert numbered
    left = {task.person_id for task in lists.tasks("person_without_number")}
    assert chidi not in left
    assert len(left) == 2, "Soto, whose row nobody mended, and Vega, who has a name now and still no number"
    assert sums_up(back)


def test_report_that_comes_back_as_it_was_changes_nothing(lists: Lists) -> None:
    first = lists.people(*ROWS)
    out, _ = report(lists, first.reference)
    back = lists.take_people(out)
    assert (back.counts["duplicates"], back.counts["rejected"]) == (5, 1)
    assert still_open(lists, first.reference) == {3, 4, 5, 6, 7, 8}
    assert still_open(lists, back.reference) == set()
    assert lists.count(Person) == 6


def test_two_people_of_one_name_and_birth_date_are_told_apart_by_their_rows(lists: Lists) -> None:
    twin = (*NUMBERLESS[:4], "Basile Jail", *NUMBERLESS[5:])
    first = lists.people(NUMBERLESS, twin)
    with lists.office.database.reading() as session:
        people = dict(session.execute(select(FailingRow.row_number, FailingRow.person_id)).all())
    out, _ = report(lists, first.reference)
    mend(
        out,
        {
            ("Facility", "Basile Jail"): ("A-Number", "A900000031"),
            ("Facility", "ADAMSMS"): ("A-Number", "A900000030"),
        },
    )
    lists.take_people(out)
    assert (lists.person("900000030"), lists.person("900000031")) == (people[2], people[3])
    assert still_open(lists, first.reference) == set()


def test_number_that_is_somebody_elses_closes_the_row_and_asks_a_human(lists: Lists) -> None:
    first = lists.people(ANA, (*NUMBERLESS[:1], *ANA[1:]))
    out, _ = report(lists, first.reference)
    mend(out, {("Name", ANA[1]): ("A-Number", "A900000001")})
    back = lists.take_people(out)
    assert (back.counts["updated"], lists.count(Person)) == (1, 2)
    assert still_open(lists, first.reference) == set()
    assert len(lists.tasks("identity_conflict")) == 1


def test_corrected_list_in_another_layout_closes_what_it_answers(lists: Lists) -> None:
    first = lists.people(BEN, NUMBERLESS, BAD_COUNTRY)
    corrected = lists.write(
        "corrected.csv",
        ("Alien Number", "Full Name", "Date of Birth"),
        ("A900000020", NUMBERLESS[1], NUMBERLESS[2]),
        (BAD_COUNTRY[0], BAD_COUNTRY[1], BAD_COUNTRY[2]),
    )
    lists.take_people(corrected)
    assert still_open(lists, first.reference) == {4}, "the country was not said, so it is still to mend"


def test_rows_of_a_roster_come_back_mended_too(lists: Lists) -> None:
    lists.people(ANA)
    card = ("EA900001", "", "", "Jane Doe", "", "")
    unclear = (*card, "A900000001", ANA[1], ANA[2], "EOIR-28", "", "2022-10-01", "")
    stranger = (*card, "A900000055", "NOBODY, KNOWN", "1970-05-31", "G-28", "All", "2022-10-01", "")
    first = lists.roster(unclear, stranger)
    assert first.counts["rejected"] == 2
    out, rows = report(lists, first.reference)
    assert rows == 2
    mend(out, {("Client Name", ANA[1]): ("Scope", "All")})
    database, operator = lists.office.database, lists.office.operator
    lists_path = lists.folder / "mended.xlsx"
    lists_path.write_bytes(out.read_bytes())
    back = lists.take_roster(lists_path)
    assert (back.counts["imported"], back.counts["rejected"], back.counts["mended"]) == (1, 1, 1)
    assert still_open(lists, first.reference) == {3}
    assert still_open(lists, back.reference) == set(), "the stranger's row waits in the first report, once"
    with database.reading() as session:
        mended = session.scalars(select(LedgerRow).where(LedgerRow.verb == "row.mended")).all()
    assert [row.actor_id for row in mended] == [operator.id]


def test_every_look_through_a_report_is_in_the_ledger_and_takes_the_right_to_look(lists: Lists) -> None:
    first = lists.people(*ROWS)
    report(lists, first.reference)
    with lists.office.database.reading() as session:
        looks = session.scalars(select(LedgerRow).where(LedgerRow.verb == "report.opened")).all()
    assert sorted(look.person_id is None for look in looks) == [False] * 5 + [True]
    office, out = lists.office, lists.folder / "no.xlsx"
    with pytest.raises(NotAllowedError):
        open_report(office.database, acting=office.officer, reference=str(first.reference), out=out)
    with pytest.raises(UnknownListError):
        open_report(office.database, acting=office.operator, reference="NOSUCHLIST", out=out)
    assert not out.exists()
