"""Workbooks and delimited text as sheets of typed cells.

Each kind of cell stays apart: a spreadsheet stores 900000001 as the float 900000001.0 and a date as a number,
and a reader that sees only text turns the one into a wrong A-number and the other into a wrong birthday.
"""

import datetime as dt
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple, overload

from holds.intake.reading import read_messages
from holds.intake.source import demand_file

CellKind = Literal["text", "number", "date", "boolean", "error", "empty"]
CellValue = str | float | bool | dt.date | None
Visibility = Literal["visible", "hidden", "very_hidden"]

_ERROR_TEXTS = {
    "#N/A", "#N/A N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
    "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!",
}  # fmt: skip
_MOST_KNOWN = 20_000  # cells remembered while a file is read; a list says CUBA and 1990-03-25 many times


class Cell(NamedTuple):
    """One cell. `value` is typed by `kind` (None for error and empty); `text` is what a person would type.

    Whole numbers are without `.0`, dates as ISO 8601, errors as `#N/A`. `formula`: the value is the result of
    one, as the program that saved the file had worked it out.
    """

    kind: CellKind
    value: CellValue
    text: str
    formula: bool = False


EMPTY = Cell("empty", None, "")


class Cells(Sequence[Cell]):
    """A row of cells, each typed when it is asked for: most of a list's columns are never looked at."""

    __slots__ = ("_typing", "_values")

    def __init__(self, values: list[Any], typing: "_Typing") -> None:
        self._values, self._typing = values, typing

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Cell]:
        return map(self._typing.cell, self._values)

    @overload
    def __getitem__(self, index: int) -> Cell: ...
    @overload
    def __getitem__(self, index: slice) -> list[Cell]: ...
    def __getitem__(self, index: int | slice) -> Cell | list[Cell]:
        if isinstance(index, slice):
            return list(map(self._typing.cell, self._values[index]))
        return self._typing.cell(self._values[index])

    def __repr__(self) -> str:
        return f"Cells({len(self)})"  # what people wrote is in no log


@dataclass(frozen=True)
class Sheet:
    """A sheet of typed cells. Rows begin at row 1 even where the sheet's first rows are blank.

    `hidden_rows` and `hidden_columns` are zero-based; what is hidden is read like everything else. `merged`
    counts the cells that stand for several rows: each of those rows has the value. `epoch_1904`: bare numbers
    that mean days count from 1904 (None for text, which cannot say).
    """

    name: str
    visible: bool
    _read: Callable[[], Iterator[Sequence[Cell]]] = field(repr=False)
    visibility: Visibility = "visible"
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[int, ...] = ()
    merged: int = 0
    epoch_1904: bool | None = None

    def rows(self) -> Iterator[Sequence[Cell]]:
        """Every row from row 1. Text is read again by each call; a workbook stays in memory."""
        return self._read()

    def texts(self, columns: Sequence[int]) -> Iterator[tuple[str, ...]]:
        """What stands as text in some columns, row by row ("" for any other kind)."""
        for cells in self._read():
            yield tuple(
                cells[column].text if column < len(cells) and cells[column].kind == "text" else ""
                for column in columns
            )


class Unread(NamedTuple):
    """A sheet of a workbook that holds no rows at all, such as a chart."""

    name: str
    because: str


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a workbook (XLSX, XLS, XLSB, ODS), or the one of a CSV, read in a process of its own.

    Raises IntakeError where the file cannot be read; for text also while its rows are. Codes: file.missing,
    not_regular, empty, unsupported, unreadable, encrypted, macros, active_content, entities, bomb,
    unsafe_names, too_large, too_slow, crashed, quotes, long_line, too_many_columns.
    """
    return [sheet for sheet in read_file(path) if isinstance(sheet, Sheet)]


def read_file(path: Path) -> list[Sheet | Unread]:
    """The same, with the sheets that hold no rows in their places."""
    if demand_file(path) == "text":
        # A first row is asked for at once, so that what is no text is refused before anything else.
        with closing(read_messages(path)) as messages:
            next(messages, None)
        return [Sheet(path.stem, True, partial(_read_text, path))]
    with _without_collector(), closing(read_messages(path)) as messages:
        return _read_workbook(messages)


def _read_text(path: Path) -> Iterator[Sequence[Cell]]:
    typing = _Typing()
    with closing(read_messages(path)) as messages:
        for batch in messages:
            for values in batch:
                yield Cells(values, typing)


def _read_workbook(messages: Iterator[Any]) -> list[Sheet | Unread]:
    found: list[Sheet | Unread] = []
    rows: list[list[Any]] = []
    merges: list[tuple[list[list[Any]], list[list[int]]]] = []
    typing, shared = _Typing(), _Shared()
    for message in messages:
        if isinstance(message, list):
            rows += map(shared.row, message)
        elif "unread" in message:
            found.append(Unread(message["unread"], message["because"]))
        else:
            rows = []
            merges.append((rows, message["merges"]))
            found.append(
                Sheet(
                    message["sheet"],
                    message["visible"] == "visible",
                    partial(_typed, rows, typing),
                    message["visible"],
                    frozenset(message["hidden_rows"]),
                    tuple(message["hidden_columns"]),
                    len(message["merges"]),
                    message["epoch_1904"],
                )
            )
    for filled, ranges in merges:
        _fill_merges(filled, ranges)
    return found


def _typed(rows: list[list[Any]], typing: "_Typing") -> Iterator[Sequence[Cell]]:
    return (Cells(values, typing) for values in rows)


def _fill_merges(rows: list[list[Any]], ranges: list[list[int]]) -> None:
    """Give every row of a merged range the value of its first, unless there is nothing else on the row."""
    for first_row, column, last_row, _ in ranges:
        if first_row >= len(rows) or column >= len(rows[first_row]):
            continue
        value = rows[first_row][column]
        for row in rows[first_row + 1 : last_row + 1]:
            if value != "" and any(other != "" for other in row):
                row.extend([""] * (column + 1 - len(row)))
                if row[column] == "":
                    row[column] = value


class _Shared:
    """Equal values of a workbook kept once: a hundred thousand rows say CUBA a hundred thousand times."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.dates: dict[str, list[str]] = {}

    def row(self, values: list[Any]) -> list[Any]:
        texts, dates = self.texts, self.dates
        once = texts.setdefault if len(texts) < _MOST_KNOWN else texts.get
        return [
            once(value, value)
            if type(value) is str
            else dates.setdefault(value[0], value)
            if type(value) is list
            else value
            for value in values
        ]


class _Typing:
    """Typed cells from what the reading process sends. Equal texts and dates share one cell."""

    def __init__(self) -> None:
        self.texts: dict[str, Cell] = {"": EMPTY}
        self.dates: dict[str, Cell] = {}

    def cell(self, value: Any) -> Cell:
        if type(value) is str:
            known = self.texts.get(value)
            if known is None:
                known = text_cell(value)
                if len(self.texts) < _MOST_KNOWN:
                    self.texts[value] = known
            return known
        if isinstance(value, list):
            cell = self.dates.get(value[0])
            if cell is None:
                cell = self.dates[value[0]] = typed_cell(_date(value[0]))
            return cell
        if isinstance(value, dict):
            if "e" in value:
                return Cell("error", None, str(value["e"]))
            return self.cell(value["f"])._replace(formula=True)
        return typed_cell(value)


def _date(text: str) -> dt.date:
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Rows are lists by the hundred thousand, none of them garbage: looking through them takes longer than
    reading them (100,000 rows of 20 columns: 1.2 s against 0.2 s).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def text_cell(text: str) -> Cell:
    """A cell of a text file, or typed into a form."""
    if not text or text.isspace():
        return EMPTY
    if text[0] == "#" and text.strip().upper() in _ERROR_TEXTS:
        return Cell("error", None, text.strip())
    return Cell("text", text, text)


def typed_cell(value: object) -> Cell:
    """A cell from what the workbook reader hands over. Times and durations are text: no field of ours is
    one.
    """
    if isinstance(value, str):
        return text_cell(value)
    if isinstance(value, bool):
        return Cell("boolean", value, "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        number = float(value)
        return Cell(
            "number", number, str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
        )
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return Cell("date", value, value.date().isoformat() if midnight else value.isoformat(sep=" "))
    if isinstance(value, dt.date):
        return Cell("date", value, value.isoformat())
    return EMPTY if value is None else Cell("text", str(value), str(value))


def column_letter(index: int) -> str:
    """The letter a spreadsheet shows for a zero-based column: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters
