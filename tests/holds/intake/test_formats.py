"""The same list in every format, read alike: kinds of cells, what is hidden, what is merged."""

from collections.abc import Callable
from pathlib import Path

import pytest

from holds.intake.problem import IntakeError
from holds.intake.workbook import Sheet, read_sheets
from tests.holds.intake.old_formats import Mark, SheetSpec, compound, write_xls, write_xlsb
from tests.holds.intake.open_formats import write_ods, write_xlsx

Write = Callable[..., Path]

ROWS: list[list[object]] = [
    ["A-Number", "Name", "Number", "Place", "Result", "Failed"],
    ["A900000001", "MUÑOZ, JOSÉ", 900000001, "ADAMSMS", Mark(2.0, formula=True), Mark("#REF!", formula=True)],
    ["A900000002", "日本, 太郎", True, None, 1.5, "x"],
    ["A900000003", "ΩΜΕΓΑ, A", 0.5, "STWRTGA", 3, "y"],
]
LIST = SheetSpec("List", ROWS, hidden_rows=[2], hidden_columns=[1], merges=[(1, 2, 3, 3)])
FORMATS: dict[str, Write] = {"xlsx": write_xlsx, "xls": write_xls, "xlsb": write_xlsb, "ods": write_ods}


@pytest.fixture(params=FORMATS)
def write(request: pytest.FixtureRequest, tmp_path: Path) -> Write:
    writer = FORMATS[request.param]
    return lambda *sheets, **given: writer(tmp_path / f"list.{request.param}", sheets, **given)


def kinds(sheet: Sheet) -> list[list[tuple[str, str]]]:
    return [[(cell.kind, cell.text) for cell in row] for row in sheet.rows()]


def test_every_format_gives_the_same_cells(write: Write) -> None:
    (sheet,) = read_sheets(write(LIST))
    assert kinds(sheet)[1:] == [
        [("text", "A900000001"), ("text", "MUÑOZ, JOSÉ"), ("number", "900000001"), ("text", "ADAMSMS"),
         ("number", "2"), ("error", "#REF!")],
        # Merged with the row above: what stands there is this row's as well.
        [("text", "A900000002"), ("text", "日本, 太郎"), ("boolean", "TRUE"), ("text", "ADAMSMS"),
         ("number", "1.5"), ("text", "x")],
        [("text", "A900000003"), ("text", "ΩΜΕΓΑ, A"), ("number", "0.5"), ("text", "STWRTGA"),
         ("number", "3"), ("text", "y")],
    ]  # fmt: skip


def test_what_is_hidden_or_merged_is_read_and_known(write: Write) -> None:
    (sheet,) = read_sheets(write(LIST))
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.merged) == (frozenset({2}), (1,), 1)


def test_the_result_of_a_formula_is_told_from_a_typed_value(write: Write) -> None:
    (sheet,) = read_sheets(write(LIST))
    assert [[cell.formula for cell in row] for row in sheet.rows()][1:3] == [
        [False] * 4 + [True, False],
        [False] * 6,
    ]


def test_hidden_sheets_are_read_like_any_other(write: Write) -> None:
    old = SheetSpec("Old", [["x"]], hidden=1)
    sheets = read_sheets(write(LIST, old))
    assert [(sheet.name, sheet.visible) for sheet in sheets] == [("List", True), ("Old", False)]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb"])
def test_very_hidden_sheets_are_known_as_such(tmp_path: Path, kind: str) -> None:
    deep = SheetSpec("Deep", [["x"]], hidden=2)
    sheets = read_sheets(FORMATS[kind](tmp_path / "list", [LIST, deep]))
    assert [sheet.visibility for sheet in sheets] == ["visible", "very_hidden"]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb"])
@pytest.mark.parametrize("epoch_1904", [False, True])
def test_a_workbook_says_from_when_its_days_count(tmp_path: Path, kind: str, epoch_1904: bool) -> None:
    (sheet,) = read_sheets(FORMATS[kind](tmp_path / "list", [LIST], epoch_1904=epoch_1904))
    assert sheet.epoch_1904 is epoch_1904


def test_the_name_of_the_file_says_nothing(write: Write) -> None:
    path = write(LIST)
    for name in ("list.csv", "list.xlsx", "list.txt", "list"):
        renamed = path.with_name(name)
        path.rename(renamed)
        (sheet,) = read_sheets(renamed)
        assert kinds(sheet)[1][0] == ("text", "A900000001")
        path = renamed


def test_error_values_typed_as_such_are_found_in_old_formats(tmp_path: Path) -> None:
    sheet = SheetSpec("S", [["a", Mark("#N/A"), Mark("#DIV/0!")]])
    for writer in (write_xls, write_xlsb):
        (read,) = read_sheets(writer(tmp_path / "list", [sheet]))
        assert kinds(read) == [[("text", "a"), ("error", "#N/A"), ("error", "#DIV/0!")]]


@pytest.mark.parametrize(
    ("streams", "code"),
    [
        ({"EncryptedPackage": b"x" * 9000, "EncryptionInfo": b"y"}, "file.encrypted"),
        ({"Workbook": b"\x09\x08\x00\x00\x2f\x00\x06\x00\x00\x00\x01\x00\x01\x00"}, "file.encrypted"),
        ({"Workbook": b"", "_VBA_PROJECT_CUR": b""}, "file.macros"),
        ({"WordDocument": b"text"}, "file.unreadable"),
    ],
)
def test_old_office_files_say_what_keeps_them_out(
    tmp_path: Path, streams: dict[str, bytes], code: str
) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(compound(streams))
    with pytest.raises(IntakeError) as caught:
        read_sheets(path)
    assert caught.value.code == code


def test_a_sheets_content_is_in_no_message_about_it(write: Write) -> None:
    (sheet,) = read_sheets(write(LIST))
    assert "MUÑOZ" not in repr(sheet)
    assert "MUÑOZ" not in repr(list(sheet.rows()))
