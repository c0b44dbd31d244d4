"""Reading alone: rows of typed cells against the bare parser and against openpyxl, on the same workbook.

`python -m bench.intake_reading [ROWS]` writes a synthetic list of ROWS people (100,000) and twenty columns,
and reads it by turns in the three ways. It prints the best of five for each (openpyxl: one) and the ratios.
"""

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

from holds.intake.workbook import read_sheets

TURNS = 5
HEADINGS = (
    "A-Number", "Last Name, First Middle", "DOB", "Country of Citizenship", "Country of Birth", "Gender",
    "Detention Location", "AOR", "Current Custody Status", "Book-In Date", "Days in Custody", "Release Date",
    "Fear Screening Type", "Fear Screening Result", "Screening Date", "Case Status", "Final Order Date",
    "Attorney of Record", "Law Firm", "Family Unit ID",
)  # fmt: skip


def write_list(path: Path, people: int) -> None:
    """A record list of synthetic people, dates as dates, numbers as text."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("List")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADINGS)
    first = dt.datetime(1950, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
    for row in range(1, people + 1):
        sheet.write_row(row, 0, [f"A9{row:08d}", f"FAMILY {row % 977}, GIVEN {row % 8191}"])
        sheet.write_datetime(row, 2, first + dt.timedelta(days=row * 7 % 20000), day)
        sheet.write_row(row, 3, ["CUBA", "CUBA", "MF"[row % 2], "ADAMSMS", "NOL", "Detained"])
        sheet.write_datetime(row, 9, first + dt.timedelta(days=26000 + row % 300), day)
        sheet.write_number(row, 10, row % 200)
        sheet.write_row(
            row, 12, ["Credible Fear", "Positive", f"2022-10-{row % 28 + 1:02d}", "Positive Fear - NTA"]
        )
        sheet.write_row(row, 17, [f"DOE, JANE {row % 500}", "Doe & Doe", f"F-{row % 3000}"])
    book.close()


def plain_rows(people: int) -> Iterator[list[str]]:
    """The same list as text, row by row."""
    first = dt.date(1950, 1, 1)
    for row in range(1, people + 1):
        born, booked = (first + dt.timedelta(days=days) for days in (row * 7 % 20000, 26000 + row % 300))
        yield [
            f"A9{row:08d}", f"FAMILY {row % 977}, GIVEN {row % 8191}", born.isoformat(), "CUBA", "CUBA",
            "MF"[row % 2], "ADAMSMS", "NOL", "Detained", booked.isoformat(), str(row % 200), "",
            "Credible Fear", "Positive", f"2022-10-{row % 28 + 1:02d}", "Positive Fear - NTA", "",
            f"DOE, JANE {row % 500}", "Doe & Doe", f"F-{row % 3000}",
        ]  # fmt: skip


def bare(path: Path) -> int:
    """The parser itself, in place."""
    with CalamineWorkbook.from_path(str(path)) as book:
        return len(book.get_sheet_by_index(0).to_python(skip_empty_area=False))


def ours(path: Path) -> int:
    """Rows of typed cells, parsed in a confined process, with error values, formulas and what is hidden."""
    (sheet,) = read_sheets(path)
    return sum(1 for _ in sheet.rows())


def other(path: Path) -> int:
    """openpyxl at its quickest: read only, values only."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    count = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return count


def clock(read: Callable[[Path], int], path: Path) -> float:
    """Seconds for one reading."""
    started = time.perf_counter()
    read(path)
    return time.perf_counter() - started


def main(people: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_list(path, people)
        # By turns, so that whatever else the machine does strikes both alike.
        turns = [(clock(bare, path), clock(ours, path)) for _ in range(TURNS)]
        best_bare, best_ours = (min(turn[way] for turn in turns) for way in (0, 1))
        slow = clock(other, path)
    lines = [
        f"{people:,} people, {len(HEADINGS)} columns; best of {TURNS}",
        f"bare calamine      {best_bare:7.2f} s  {people / best_bare:9,.0f} rows/s",
        f"holds.intake       {best_ours:7.2f} s  {people / best_ours:9,.0f} rows/s",
        f"openpyxl           {slow:7.2f} s  {people / slow:9,.0f} rows/s",
        f"ratio to calamine  {best_bare / best_ours:7.2f}    (wanted: 0.80)",
        f"ratio to openpyxl  {slow / best_ours:7.2f}    (wanted: 7.00)",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
