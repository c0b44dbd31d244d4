import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from holds.intake.problem import IntakeError
from holds.intake.workbook import Sheet, column_letter, read_sheets

WriteFile = Callable[..., Path]


def kinds_and_texts(sheet: Sheet) -> list[list[tuple[str, str]]]:
    return [[(cell.kind, cell.text) for cell in row] for row in sheet.rows()]


def test_each_kind_of_cell_stays_apart(write_xlsx: WriteFile) -> None:
    day = datetime(1990, 3, 25)  # noqa: DTZ001
    path = write_xlsx(A=[[900000001, "900000001", day, True, "#N/A", None, 1.5, "x"]])
    (sheet,) = read_sheets(path)
    assert kinds_and_texts(sheet) == [
        [
            ("number", "900000001"),
            ("text", "900000001"),
            ("date", "1990-03-25"),
            ("boolean", "TRUE"),
            ("error", "#N/A"),
            ("empty", ""),
            ("number", "1.5"),
            ("text", "x"),
        ]
    ]


def test_an_error_value_is_found_at_its_cell_and_named(write_xlsx: WriteFile) -> None:
    path = write_xlsx(First=[["#REF!"]], Second_sheet=[[None], ["a", None, "#DIV/0!"], ["b"]])
    sheets = {sheet.name: kinds_and_texts(sheet) for sheet in read_sheets(path)}
    assert sheets["First"][0] == [("error", "#REF!")]
    assert sheets["Second sheet"][1][2] == ("error", "#DIV/0!")


def test_error_values_of_other_writers_are_found(write_xlsx: WriteFile, tmp_path: Path) -> None:
    """Prefixed elements, single quotes and formulas, and a tag that lies across two pieces of the stream."""
    source = write_xlsx(A=[["x"] * 3] * 3)
    rewritten = tmp_path / "other.xlsx"
    cells = "<x:c s='1' r='B2' t='e'><x:f>VLOOKUP(A1,B:C,2)</x:f><x:v>#N/A</x:v></x:c>"
    start = '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><!--'
    row = "--><x:sheetData><x:row r='2'>"
    padding = "-" * ((1 << 20) - len(start) - len(row) - 20)  # the tag begins 20 bytes before the piece ends
    with ZipFile(source) as old, ZipFile(rewritten, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                content = f"{start}{padding}{row}{cells}</x:row></x:sheetData></x:worksheet>".encode()
            new.writestr(part, content)
    (sheet,) = read_sheets(rewritten)
    assert [[cell.kind for cell in row] for row in sheet.rows()][1][1] == "error"


def test_rows_are_counted_as_the_spreadsheet_shows_them(write_xlsx: WriteFile) -> None:
    (sheet,) = read_sheets(write_xlsx(A=[[], [], [None, "third row, second column"]]))
    rows = list(sheet.rows())
    assert [cell.text for cell in rows[2]] == ["", "third row, second column"]


@pytest.mark.parametrize(
    ("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_the_letters_a_spreadsheet_shows(index: int, letter: str) -> None:
    assert column_letter(index) == letter


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_is_read_in_every_usual_encoding(write_csv: WriteFile, encoding: str, delimiter: str) -> None:
    rows = [["Name", "Città"], ["MUÑOZ, JOSÉ", "two\nlines"], ["", ""], ["#N/A", 'a "quoted" word']]
    (sheet,) = read_sheets(write_csv(rows, encoding=encoding, delimiter=delimiter))
    assert [[cell.text for cell in row] for row in sheet.rows()] == rows
    assert [cell.kind for cell in list(sheet.rows())[3]] == ["error", "text"]


def test_a_title_line_with_commas_does_not_choose_the_delimiter(write_csv: WriteFile) -> None:
    path = write_csv([["A list, with a title, and commas, yes"], *[["a", "B, C", "d"]] * 3], delimiter=";")
    (sheet,) = read_sheets(path)
    assert [len(row) for row in sheet.rows()] == [1, 3, 3, 3]


def write_bytes(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b" \r\n", "file.empty"),
        (b"%PDF-1.7 ...", "file.unsupported"),
        (b"PK\x03\x04 not a real archive", "file.unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook".ljust(600), "file.unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file.encrypted"),
        (b"a,b\n\x00\x01\x02\x00\x00\x00c", "file.unreadable"),
        (b'A-Number,Name\nA900000001,"GARCIA\nA900000002,LOPEZ\n', "file.quotes"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, code: str) -> None:
    path = write_bytes(tmp_path / "list.xlsx", content)
    with pytest.raises(IntakeError) as caught:
        [list(sheet.rows()) for sheet in read_sheets(path)]
    assert caught.value.code == code
    assert re.match(r"[A-Z].*\.$", caught.value.sentence)


def test_a_workbook_with_macros_is_refused(write_xlsx: WriteFile) -> None:
    path = write_xlsx(A=[["x"]])
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"")
    with pytest.raises(IntakeError, match="macros") as caught:
        read_sheets(path)
    assert caught.value.code == "file.macros"


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as caught:
        read_sheets(tmp_path / "nowhere.csv")
    assert caught.value.code == "file.missing"
