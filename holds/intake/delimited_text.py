"""Delimited text: encoding, delimiter and rows of a CSV as people export it, row by row."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NoReturn

from holds.intake.problem import IntakeError

_DELIMITERS = (",", ";", "\t", "|")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_ROWS = 200
_PIECE = 1 << 20


def read_delimited_rows(path: Path) -> Iterator[list[str]]:
    """The records of a text file, one at a time; a quoted line break stays in its row, as in a spreadsheet.

    Raises IntakeError `file.unreadable` for what is no text, and `file.quotes` where a quotation mark is left
    open: read on, it would swallow the rows after it.
    """
    encoding = detect_encoding(path)
    delimiter = _detect_delimiter(path, encoding)
    yield from _records(path, encoding, delimiter)


def detect_encoding(path: Path) -> str:
    """UTF-8 and UTF-16 with or without a byte order mark, else Windows-1252. Raises IntakeError for binary
    files.
    """
    with path.open("rb") as stream:
        start = stream.read(4096)
        for mark, encoding in _BYTE_ORDER_MARKS:
            if start.startswith(mark):
                return encoding
        if b"\0" in start:
            return _utf16_without_mark(start)
        return "utf-8" if _is_utf8(path) else "cp1252"


def _utf16_without_mark(start: bytes) -> str:
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < len(start) // 8 or min(even, odd) > 0:
        _refuse_binary()
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        try:
            while piece := stream.read(_PIECE):
                if b"\0" in piece:
                    _refuse_binary()
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _detect_delimiter(path: Path, encoding: str) -> str:
    """The delimiter that cuts most rows into the same number of fields; title lines above the table do not
    count.
    """
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        try:
            widths = Counter(
                len(row) for row in islice(_records(path, encoding, delimiter), _SAMPLE_ROWS) if len(row) > 1
            )
        except IntakeError as error:
            if error.code != "file.quotes":
                raise
            continue  # with another delimiter the quotation marks may well be in their places
        score = max(((width - 1) * count for width, count in widths.items()), default=0)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _records(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        try:
            yield from reader
        except csv.Error as error:
            raise IntakeError(
                "file.quotes",
                f"A quotation mark near line {reader.line_num} is not closed or stands in a value, where "
                f'it is written twice (""); or a value is longer than {csv.field_size_limit():,} characters.',
            ) from error
        except UnicodeError as error:
            raise IntakeError(
                "file.unreadable", "The text is neither UTF-8, UTF-16 nor Windows-1252. Save it as CSV UTF-8."
            ) from error


def _refuse_binary() -> NoReturn:
    raise IntakeError("file.unreadable", "This is neither a workbook (.xlsx) nor text (.csv).")
