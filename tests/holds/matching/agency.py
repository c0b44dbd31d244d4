"""The agency's two workbooks, where they are at hand: the list of 2017 as a directory."""

from datetime import date
from pathlib import Path

from holds.intake.facility_list import FacilityRow, read_facility_list
from holds.matching.facility import FacilityEntry

DATA = Path(__file__).parents[4] / "shared" / "data"
LIST_2017 = "ice-facility-list-2017-11-06.xlsx"
FY2022 = "ice-detention-statistics-fy2022.xlsx"
TODAY = date(2022, 12, 1)


def read_workbook(name: str) -> list[FacilityRow]:
    """The rows of one of the workbooks. FileNotFoundError where it is not at hand."""
    if not (DATA / name).exists():
        raise FileNotFoundError(f"the agency's workbook {name} is not in {DATA}")
    return list(read_facility_list(DATA / name, today=TODAY).rows)


def list_entries() -> list[FacilityEntry]:
    """The list of 2017 as entries whose id is their code."""
    return [
        FacilityEntry(
            id=row.detloc or f"row-{row.row}",
            detloc=row.detloc,
            names=(row.name, *row.aliases),
            city=row.city,
            state=row.state,
            zip=row.zip,
            aor=row.aor,
            kind=row.kind,
            mailing=True,
            address=row.address,
        )
        for row in read_workbook(LIST_2017)
    ]
