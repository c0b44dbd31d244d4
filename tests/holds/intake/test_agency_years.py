from datetime import date
from pathlib import Path

import pytest

from holds.intake.facility_list import read_facility_list
from tests.holds.intake.agency_years import PLACES, YEARS, Year
from tests.holds.intake.old_formats import write_xls
from tests.holds.intake.open_formats import write_xlsx


@pytest.mark.parametrize("year", YEARS, ids=lambda year: year.name)
def test_a_years_workbook_is_read_wherever_it_put_its_table(tmp_path: Path, today: date, year: Year) -> None:
    listed = read_facility_list(write_xlsx(tmp_path / "list.xlsx", year.sheets), today=today)
    rows = list(listed.rows)
    assert (listed.sheet, listed.mapping.header_row) == (year.expected, year.header_row)
    assert [row.name for row in rows] == [place[0] for place in PLACES]
    assert [(row.address, row.city, row.state, row.aor, row.type_text) for row in rows] == [
        (place[1], place[2], place[3], place[5], place[6]) for place in PLACES
    ]
    assert [row.zip[:5] for row in rows] == [f"{place[4]:05d}" for place in PLACES]
    assert [row.kind for row in rows] == ["facility", "staging", "family", "facility", "facility", "facility"]
    assert listed.skipped["note"] == year.notes
    assert not any(row.problems for row in rows)


def test_a_years_code_column_is_found(tmp_path: Path, today: date) -> None:
    (renamed,) = [year for year in YEARS if year.name == "renamed"]
    listed = read_facility_list(write_xls(tmp_path / "list.xls", renamed.sheets), today=today)
    assert [row.detloc for row in listed.rows] == [f"CODE{n}XX" for n in range(len(PLACES))]


def test_a_place_without_a_state_is_a_place(tmp_path: Path, today: date) -> None:
    """FY2026 left one state out."""
    (year,) = [year for year in YEARS if year.name == "FY26"]
    rows = [list(row) for row in year.sheets[-1].rows]
    rows[-1][3] = None
    changed = [type(year.sheets[-1])("Facilities FY26", rows)]
    read = list(read_facility_list(write_xlsx(tmp_path / "list.xlsx", changed), today=today).rows)
    assert (read[-1].name, read[-1].state) == (PLACES[-1][0], "")
