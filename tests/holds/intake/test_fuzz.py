"""Any cells in any rows: nothing breaks, nobody is lost, and no A-number is read that does not stand there.

Short in every run; `make fuzz-cells` goes on until HOLDFAST_FUZZ_CELLS cells were read (ten million: some
two hours).
"""

import datetime as dt
import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from holds.intake import sheet_choice
from holds.intake.problem import IntakeError
from holds.intake.record_list import read_record_list
from holds.intake.workbook import Cell, Sheet, text_cell, typed_cell
from tests.holds.intake.corpus import PLAIN
from tests.holds.intake.old_formats import write_xls, write_xlsb
from tests.holds.intake.open_formats import write_ods, write_xlsx

CELLS = int(os.environ.get("HOLDFAST_FUZZ_CELLS", "10000"))
COLUMNS, ROWS = 6, 12
EXAMPLES = max(20, CELLS // 20)  # an example has some twenty cells
TODAY = dt.date(2022, 11, 28)
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

HEADINGS = st.sampled_from(
    ["A-Number", "A#", "Name", "Last Name", "First Name", "DOB", "Date of Birth", "COC", "Facility", "Status",
     "Release Date", "Language", "Remark", "", "Total", "Seat", "Alias A-Numbers", "Family ID"]
)  # fmt: skip
WRITTEN = st.sampled_from(
    ["A900000001", "A 900-000-002", "٩٠٠٠٠٠٠٠٣", "９００００００４", "9.00001E+08", "900000005/900000006",
     "Total", "Grand total:", "Note: x", "* RUIZ", "#N/A", "=1+1", "03/04/1990", "31.12.1999", "1990-02-30",
     "LOPEZ, ANA", "李", "\u202eabc", "\x00", "  ", "\ufeffA900000007", "a" * 3000, "1e400", "-0",
     "𝟗𝟎𝟎𝟎𝟎𝟎𝟎𝟎𝟖"]
)  # fmt: skip
CELL = st.one_of(
    st.just(text_cell("")),
    WRITTEN.map(text_cell),
    st.text(max_size=30).map(text_cell),
    st.floats().map(typed_cell),
    st.integers(-(10**18), 10**18).map(typed_cell),
    st.booleans().map(typed_cell),
    st.dates().map(typed_cell),
    st.datetimes().map(typed_cell),
    st.timedeltas().map(typed_cell),
    st.sampled_from(["#N/A", "#REF!"]).map(lambda text: Cell("error", None, text)),
    st.floats(allow_nan=False).map(lambda value: typed_cell(value)._replace(formula=True)),
)
ROW = st.lists(CELL, max_size=COLUMNS)
HEADER = st.lists(HEADINGS.map(text_cell), min_size=2, max_size=COLUMNS)
PLANTED = "900000042"


def digits(text: str) -> str:
    """Every decimal digit of any script, in ASCII."""
    return "".join(str(unicodedata.decimal(c)) for c in text if unicodedata.decimal(c, None) is not None)


def read_cells(
    rows: Sequence[Sequence[Cell]],
) -> tuple[int, int, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Rows below the headings, rows passed over, and of each row read its A-numbers and cells."""
    sheet = Sheet("fuzz", True, lambda: iter(rows))
    with patch.object(sheet_choice, "read_file", return_value=[sheet]):
        listed = read_record_list(Path("fuzz"), today=TODAY)
    read = []
    for row in listed.rows:
        assert all(problem.sentence for problem in row.problems)
        read.append((row.a_numbers, row.cells))
    return len(rows) - listed.mapping.header_row, sum(listed.skipped.values()), read


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=QUIET)
@given(title=st.lists(ROW, max_size=3), header=HEADER, rows=st.lists(ROW, max_size=ROWS))
def test_any_cells_are_read_or_refused(
    title: list[list[Cell]], header: list[Cell], rows: list[list[Cell]]
) -> None:
    try:
        below, skipped, read = read_cells([*title, header, *rows])
    except IntakeError as error:
        event(error.code)
        return
    assert below == skipped + len(read)
    for numbers, cells in read:
        there = digits(" ".join(cells))
        assert all(number.lstrip("0") in there for number in numbers)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=QUIET)
@given(rows=st.lists(ROW, max_size=ROWS), rest=st.lists(CELL, max_size=2), at=st.integers(0, ROWS))
def test_a_person_among_anything_is_never_lost(rows: list[list[Cell]], rest: list[Cell], at: int) -> None:
    """Whatever stands above, below and beside: the row with a number is read, with that number."""
    header = [text_cell(text) for text in ("A-Number", "Name", "DOB")]
    person = [text_cell(f"A{PLANTED}"), text_cell("GARCIA, ANA"), text_cell("1990-03-25"), *rest]
    _, _, read = read_cells([header, *rows[:at], person, *rows[at:]])
    assert any(PLANTED in numbers for numbers, _ in read)


@settings(max_examples=max(8, min(EXAMPLES // 50, 5000)), deadline=None, suppress_health_check=QUIET)
@given(
    writer=st.sampled_from([write_xlsx, write_xls, write_xlsb, write_ods]),
    places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12),
    cut=st.floats(0, 1),
)
def test_any_damage_to_a_file_is_an_answer(
    tmp_path_factory: object, writer: object, places: list[tuple[float, int]], cut: float
) -> None:
    assert callable(writer)
    assert hasattr(tmp_path_factory, "mktemp")
    path = writer(tmp_path_factory.mktemp("fuzz") / "list", [PLAIN])
    content = bytearray(path.read_bytes())
    for place, byte in places:
        content[int(place * (len(content) - 1))] = byte
    path.write_bytes(content[: max(8, int(len(content) * (1.5 - cut)))])
    try:
        outcome = len(list(read_record_list(path, today=TODAY).rows))
    except IntakeError as error:
        event(error.code)
        return
    assert outcome <= len(PLAIN.rows) + 1
