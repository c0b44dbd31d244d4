"""A file's columns are kept under a name, its trial tells the truth, and its source is destroyed if asked."""

import logging
import tempfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select, text

from holds.actions.import_report import open_report
from holds.actions.import_run import import_record_list
from holds.actions.list_kind import ImportOutcome, Watch, Wish
from holds.actions.source_lists import file_sha256
from holds.intake.problem import IntakeError
from holds.store.exposures import SavedMapping, SourceList
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Person
from tests.holds.actions.lists import ANA, BEN, PEOPLE, Lists

ODD = ("Nr", "Who", "When", "From")
NUMBERLESS = ("", "OKAFOR, CHIDI", "1988-03-30", "Ghana")


def take(lists: Lists, path: Path, **said: object) -> ImportOutcome:
    office = lists.office
    wish = Wish(**said)  # type: ignore[arg-type]
    return import_record_list(office.database, acting=office.operator, path=path, incident="leak", wish=wish)


CHOSEN = {"a_number": "Nr", "name": "Who", "birth_date": "When"}


def test_columns_are_kept_under_a_name_and_found_again(lists: Lists) -> None:
    first = lists.write("monday.csv", ODD, ANA[:4])
    take(lists, first, overrides=CHOSEN, map_name="ero-daily")
    with lists.office.database.reading() as session:
        saved = session.scalars(select(SavedMapping)).one()
        told = session.scalars(select(LedgerRow).where(LedgerRow.verb == "mapping.saved")).one()
    assert saved.fields == {"a_number": "Nr", "name": "Who", "birth_date": "When"}
    assert told.codes["fields"] == ["a_number", "birth_date", "name"]
    moved = lists.write("tuesday.csv", ("When", "From", "Nr", "Who"), ("1985-12-30", "Ghana", BEN[0], BEN[1]))
    assert take(lists, moved, map_name="ero-daily").counts["imported"] == 1
    assert lists.facts(lists.person("900000002")).birth_dates == ("1985-12-30",)
    other = lists.write("other.csv", ("No.", "Person", "Day"), ("A900000009", "ROE, JO", "1990-01-31"))
    with pytest.raises(IntakeError, match="no column “Nr”"):
        take(lists, other, map_name="ero-daily")
    assert take(lists, moved, map_name="ero-daily").repeated, "the same file again changes nothing"


def test_a_mapping_nobody_confirmed_is_not_kept(lists: Lists) -> None:
    path = lists.write("monday.csv", ODD, ANA[:4])

    def refuse(_file: object) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        take(lists, path, overrides=CHOSEN, map_name="ero-daily", watch=Watch(on_file=refuse))
    take(lists, path, overrides=CHOSEN, map_name="ero-daily", dry_run=True)
    assert (lists.count(SavedMapping), lists.count(SourceList), lists.count(Person)) == (0, 0, 0)


def test_a_trial_shows_the_figures_and_the_errors_of_the_real_run(lists: Lists) -> None:
    bad = ("A900000013", "RUIZ, SARA", "31-FEB-1992", "Freedonia")
    path = lists.write(
        "people.csv", PEOPLE[:4], ANA[:4], NUMBERLESS, bad, ANA[:4], ("", "", "1969-11-17", "")
    )
    tried, done = take(lists, path, dry_run=True), take(lists, path)
    assert dict(tried.counts) == dict(done.counts)
    assert (tried.errors, tried.source) == (done.errors, ("people.csv", "people"))
    places = {(sheet, one.row, one.letter, one.column, one.code) for sheet, one in done.errors}
    assert {
        ("people", 3, "A", "A-Number", "a_number.missing"),
        ("people", 4, "C", "DOB", "date.malformed"),
    } <= places
    assert "Freedonia" not in repr(done.errors)
    again, trial = take(lists, path), take(lists, path, dry_run=True)
    assert dict(again.counts) == dict(trial.counts)


def test_the_report_names_every_error_at_its_place_and_leaves_nothing_in_clear_behind(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = take(lists, lists.write("people.csv", PEOPLE[:4], ANA[:4], NUMBERLESS))
    out = lists.folder / "reports" / "report.xlsx"
    out.parent.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", "/nonexistent")  # whatever needs a temporary file fails
    opened = open_report(
        lists.office.database, acting=lists.office.operator, reference=str(done.reference), out=out
    )
    assert [path.name for path in out.parent.iterdir()] == ["report.xlsx"]
    assert opened.again.endswith(f"import people {out} --incident {opened.again.rpartition(' ')[2]}")
    book = load_workbook(out)
    assert [cell.value for cell in book["Errors"][2]] == [
        "people.csv", "people", "3", "A", "A-Number", "a_number.missing", "There is no A-number here.",
    ]  # fmt: skip
    row = dict(zip((c.value for c in book.worksheets[0][1]), book.worksheets[0][2], strict=True))
    assert row["Error codes"].value == "a_number.missing"
    assert row["A-Number"].comment is not None


def test_columns_told_by_their_cells_come_back_with_the_command(lists: Lists) -> None:
    rows = [(f"A9000001{n:02}", f"DOE, JANE {'X' * n}", f"19{60 + 2 * n}-01-31", "Ys") for n in range(5)]
    done = take(lists, lists.write("odd.csv", ("Nr", "Who", "When", "Citizenship"), *rows))
    out = lists.folder / "report.xlsx"
    opened = open_report(
        lists.office.database, acting=lists.office.operator, reference=str(done.reference), out=out
    )
    assert opened.again.endswith("--map a_number=Nr --map birth_date=When --map name=Who")


def test_a_row_mended_in_part_leaves_the_rest_open_once(lists: Lists) -> None:
    bad = ("A900000013", "RUIZ, SARA", "31-FEB-1992", "Freedonia")
    done = take(lists, lists.write("people.csv", PEOPLE[:4], bad))
    office, out = lists.office, lists.folder / "report.xlsx"
    open_report(office.database, acting=office.operator, reference=str(done.reference), out=out)
    book = load_workbook(out)
    book.worksheets[0]["C2"].value = "1992-02-28"
    book.save(out)
    back = take(lists, out)
    with office.database.reading() as session:
        rows = session.execute(text("SELECT problems, mended_by FROM failing_row ORDER BY row_number")).all()
    left = [str(problems) for problems, mended_by in rows if mended_by is None]
    assert len(left) == 1
    assert "country.unknown" in left[0]
    assert "date" not in left[0]
    assert back.counts["mended"] == 1


def test_the_source_is_shredded_after_success_alone(
    lists: Lists, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(tempfile, "tempdir", "/nonexistent")  # whatever needs a temporary file fails
    path = lists.write("people.csv", PEOPLE, ANA)
    twin = lists.folder / "twin.csv"
    twin.hardlink_to(path)
    with pytest.raises(IntakeError, match="another name"):
        take(lists, path, shred=True)
    assert lists.count(Person) == 0
    twin.unlink()
    take(lists, path, shred=True, dry_run=True)
    sha256 = file_sha256(path)
    with path.open("rb") as kept:
        assert take(lists, path, shred=True).shredded
        assert kept.read() == b"", "what the name stood for is gone, not only the name"
    assert not path.exists()
    with lists.office.database.reading() as session:
        told = session.scalars(select(LedgerRow).where(LedgerRow.verb == "source.shredded")).one()
        assert session.scalars(select(SourceList.sha256)).one() == sha256
    assert told.codes["sha256"] == sha256.hex()
    assert not any(secret in caplog.text for secret in ("PEREZ", "900-000-001", "900000001", "1990-04-25"))


def test_a_file_that_changed_meanwhile_is_not_shredded(lists: Lists) -> None:
    path = lists.write("people.csv", PEOPLE, ANA)

    def touched(_done: int) -> None:
        path.write_text("something else", encoding="utf-8")

    with pytest.raises(IntakeError, match="was changed"):
        take(lists, path, shred=True, watch=Watch(on_progress=touched))
    assert path.read_text(encoding="utf-8") == "something else"


def test_errors_of_several_sheets_are_told_at_their_own_places(lists: Lists) -> None:
    book, path = Workbook(), lists.folder / "two.xlsx"
    for sheet, rows in ((book.worksheets[0], [ANA[:4], BEN[:4]]), (book.create_sheet("Later"), [NUMBERLESS])):
        for row in (PEOPLE[:4], *rows):
            sheet.append(row)
    book.save(path)
    done = take(lists, path)
    assert done.counts["rows"] == 3
    assert [(sheet, one.row, one.code) for sheet, one in done.errors] == [("Later", 2, "a_number.missing")]
    out = lists.folder / "report.xlsx"
    open_report(lists.office.database, acting=lists.office.operator, reference=str(done.reference), out=out)
    listed = [cell.value for cell in load_workbook(out)["Errors"][2]]
    assert listed[:4] == ["two.xlsx", "Later", "2", "A"]
