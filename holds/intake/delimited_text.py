"""Delimited text: encoding, delimiter and rows of a CSV as people export it, row by row."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, NoReturn

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
_LONGEST_LINE = 1 << 22  # characters; the widest honest row has sixteen thousand columns
MOST_COLUMNS = 16_384


def read_delimited_rows(stream: BinaryIO) -> Iterator[list[str]]:
    """The records of a text file, one at a time; a quoted line break stays in its row, as in a spreadsheet.

    `stream` can be sought. Raises IntakeError `file.unreadable` for what is no text, `file.long_line`,
    `file.too_many_columns`, and `file.quotes` where a quotation mark is left open: read on, it would swallow
    the rows after it.
    """
    encoding = detect_encoding(stream)
    delimiter = _detect_delimiter(stream, encoding)
    yield from _records(stream, encoding, delimiter)


def detect_encoding(stream: BinaryIO) -> str:
    """UTF-8 and UTF-16 with or without a byte order mark, else Windows-1252. Raises IntakeError for binary
    files.
    """
    stream.seek(0)
    start = stream.read(4096)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return encoding
    if b"\0" in start:
        return _utf16_without_mark(start)
    return "utf-8" if _is_utf8(stream) else "cp1252"


def _utf16_without_mark(start: bytes) -> str:
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < len(start) // 8 or min(even, odd) > 0:
        _refuse_binary()
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_utf8(stream: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    stream.seek(0)
    fits = True
    while piece := stream.read(_PIECE):
        if b"\0" in piece:
            _refuse_binary()
        if fits:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                fits = False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return fits


def _detect_delimiter(stream: BinaryIO, encoding: str) -> str:
    """The delimiter that cuts most rows into the same number of fields; title lines above the table do not
    count.
    """
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        try:
            widths = Counter(
                len(row)
                for row in islice(_records(stream, encoding, delimiter), _SAMPLE_ROWS)
                if len(row) > 1
            )
        except IntakeError as error:
            if error.code != "file.quotes":
                raise
            continue  # with another delimiter the quotation marks may well be in their places
        score = max(((width - 1) * count for width, count in widths.items()), default=0)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _records(stream: BinaryIO, encoding: str, delimiter: str) -> Iterator[list[str]]:
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if len(row) > MOST_COLUMNS:
                raise IntakeError(
                    "file.too_many_columns",
                    f"Row {reader.line_num} has more than {MOST_COLUMNS:,} columns. This is no list.",
                )
            yield row
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
    finally:
        text.detach()


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines, none of them longer than memory allows: a file need not have a single line break."""
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise IntakeError(
                "file.long_line", "A line of the file is longer than any row of a list. This is no list."
            )
        yield line


def _refuse_binary() -> NoReturn:
    raise IntakeError(
        "file.unreadable", "This is neither a workbook (.xlsx, .xls, .xlsb, .ods) nor text (.csv)."
    )
