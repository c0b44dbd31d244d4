"""The process that opens files from outside: it reads one, under limits, and hands its rows on as JSON lines.

Started by `reading.py` with the file as its standard input, nothing in its environment, and no other file
open. It never learns the file's name. What it writes, one JSON value a line:

    {"wait": seconds}                               how much longer than usual this file may take
    {"sheet": name, "visible": …, "epoch_1904": …}  then what it hides and merges (a workbook alone)
    [[value, …], …]                                 rows: text, number or boolean; ["1990-03-25"] for a date,
                                                    {"e": "#N/A"} for an error, {"f": value} of a formula
    {"unread": name, "because": …}                  a sheet of the workbook that is no sheet of rows
    {"refused": [code, sentence]}  or  {"end": true}
"""

import datetime as dt
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from holds.intake import confinement
from holds.intake.compound_file import open_compound
from holds.intake.delimited_text import MOST_COLUMNS, read_delimited_rows
from holds.intake.ods_scan import scan_ods
from holds.intake.package import LARGEST_UNPACKED, MOST_SHEETS, open_package
from holds.intake.problem import IntakeError
from holds.intake.sheet_facts import SheetFacts
from holds.intake.sheet_scan import has_1904_epoch, refuse_endless_sheets, refuse_entities, scan_worksheet
from holds.intake.source import encrypted, macros, too_large, unreadable
from holds.intake.xls_scan import scan_xls, workbook_stream
from holds.intake.xlsb_scan import scan_xlsb, xlsb_sheets

BATCH = 500
MOST_CELLS = 6_000_000
OUT_OF_MEMORY = 77
_ENCRYPTED = "EncryptedPackage".encode(
    "utf-16-le"
)  # the stream of an encrypted .xlsx ([MS-OFFCRYPTO] 2.3.4.4)

FindFacts = Callable[[int, str], SheetFacts]


def main() -> None:
    """Read standard input as the kind named by the first argument; `text` streams, all else is a workbook."""
    kind, size = sys.argv[1], int(sys.argv[2])
    if kind == "text":
        allowance = confinement.text_allowance(size)
        confinement.confine(allowance, allowance)
    else:
        confinement.confine(
            confinement.workbook_allowance(0), confinement.workbook_allowance(LARGEST_UNPACKED)
        )
    try:
        if kind == "text":
            with open(0, "rb", closefd=False) as stream:
                _send_rows(read_delimited_rows(stream))
        else:
            _send_workbook(kind)
        _send({"end": True})
    except IntakeError as error:
        _send({"refused": [error.code, error.sentence]})
    except PasswordError:
        _refuse(encrypted())
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BrokenPipeError:
        os._exit(0)  # whoever asked has seen enough
    except BaseException:
        # A panic of the parser is no Exception. Whatever it was that broke, the file could not be read.
        _refuse(unreadable())
    os._exit(0)


def _send_workbook(kind: str) -> None:
    with open(0, "rb", closefd=False) as stream:
        content = stream.read()
    with ThreadPoolExecutor(max_workers=1) as beside:
        epoch_1904, check, find_facts = _prepare(kind, content)
        # The parser runs without the interpreter's lock, so that what is searched beside it costs no time.
        checked = beside.submit(check)
        with _first(checked), CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            if len(workbook.sheets_metadata) > MOST_SHEETS:
                raise too_large()
            cells = 0
            for place, listed in enumerate(workbook.sheets_metadata):
                if listed.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba):
                    raise macros()
                if listed.typ != SheetTypeEnum.WorkSheet:
                    _send({"unread": listed.name, "because": "chart"})
                    continue
                facts = beside.submit(find_facts, place, listed.name)
                with _first(facts):
                    sheet = workbook.get_sheet_by_index(place)
                found = facts.result()
                checked.result()
                height, width = _extent(sheet)
                cells += height * width
                if cells > MOST_CELLS:
                    raise too_large()
                _send_sheet(sheet, _visibility(listed), epoch_1904, found)


@contextmanager
def _first(search: "Future[Any]") -> Iterator[None]:
    """Where the parser breaks, what the search has to say comes first: it knows why."""
    try:
        yield
    except BaseException:
        search.result()
        raise


def _visibility(sheet: SheetMetadata) -> str:
    if sheet.visible == SheetVisibleEnum.Visible:
        return "visible"
    return "very_hidden" if sheet.visible == SheetVisibleEnum.VeryHidden else "hidden"


def _prepare(kind: str, content: bytes) -> tuple[bool, Callable[[], None], FindFacts]:
    """Refuse what is dangerous before a parser sees it. Whether days count from 1904; what else to check, and
    how to find facts, beside the parser.
    """
    if kind == "compound":
        if _ENCRYPTED in content:
            raise encrypted()
        epoch_1904, found = scan_xls(workbook_stream(open_compound(content)))
        return epoch_1904, _nothing, lambda place, _: found[place] if place < len(found) else SheetFacts()
    archive, package = open_package(content)
    unpacked = sum(part.file_size for part in archive.infolist())
    allowance = confinement.workbook_allowance(unpacked)
    confinement.widen(allowance)
    _send({"wait": allowance.seconds - confinement.SECONDS})
    if package == "ods":
        refuse_entities(archive)
        by_name = scan_ods(archive)
        return False, _nothing, lambda _, name: by_name.get(name, SheetFacts())
    if package == "xlsb":
        epoch_1904, parts = xlsb_sheets(archive)
        return epoch_1904, _nothing, lambda place, _: scan_xlsb(archive, parts[place])
    refuse_endless_sheets(archive)
    return (
        has_1904_epoch(archive),
        lambda: refuse_entities(archive),
        lambda _, name: scan_worksheet(archive, name),
    )


def _nothing() -> None:
    """What there is to check was checked."""


def _extent(sheet: CalamineSheet) -> tuple[int, int]:
    """Rows and columns from A1 on."""
    last_row, last_column = sheet.end or (-1, -1)
    return last_row + 1, last_column + 1


def _send_sheet(sheet: CalamineSheet, visible: str, epoch_1904: bool, facts: SheetFacts) -> None:
    height, width = _extent(sheet)
    if width > MOST_COLUMNS:
        raise too_large()
    _send(
        {
            "sheet": sheet.name,
            "visible": visible,
            "epoch_1904": epoch_1904,
            "hidden_rows": sorted(row for row in facts.hidden_rows if row < height),
            "hidden_columns": sorted(column for column in facts.hidden_columns if column < width),
            "merges": sorted(merge for merge in facts.merges if merge[0] < height),
        }
    )
    _send_rows(_rows(sheet, facts))


def _rows(sheet: CalamineSheet, facts: SheetFacts) -> Iterator[list[Any]]:
    marked: dict[int, list[tuple[int, str | None]]] = {}
    for row, column in facts.formulas:
        marked.setdefault(row, []).append((column, None))
    for (row, column), text in facts.errors.items():
        marked.setdefault(row, []).append((column, text))
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for number, values in enumerate(sheet.iter_rows() if sheet.start else ()):
        row_values: list[Any] = [*before, *values] if before else values
        for column, error in marked.get(number, ()):
            if error is not None:
                row_values += [""] * (column + 1 - len(row_values))
                row_values[column] = {"e": error}
            elif column < len(row_values):
                row_values[column] = {"f": row_values[column]}
        yield row_values


def _send_rows(rows: Iterable[list[Any]]) -> None:
    batch: list[list[Any]] = []
    try:
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                _send(batch)
                batch = []
    finally:
        # What stands before a broken place is a row like any other.
        if batch:
            _send(batch)


def _send(message: object) -> None:
    line = json.dumps(
        message, ensure_ascii=False, default=_encode, check_circular=False, separators=(",", ":")
    ).encode("utf-8", "replace")
    view = memoryview(line + b"\n")
    while view:
        view = view[os.write(1, view) :]


def _encode(value: object) -> object:
    if isinstance(value, dt.date):
        return [value.isoformat()]
    return str(value)


def _refuse(error: IntakeError) -> None:
    _send({"refused": [error.code, error.sentence]})


if __name__ == "__main__":
    main()
