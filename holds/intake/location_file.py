"""A list of locations to try against the directory: location, and what else is known of the place.

Nothing is imported of it, and every row is answered: one without a location too, so that answers can be laid
beside rows.
"""

from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from holds.intake.columns import Layout, parse_fields
from holds.intake.table import Row, read_table

_FIELDS = """
location: location, detention location, detention facility, facility, facility name, name, place, detloc,
  detention facility name, current location, custody location, det loc
city: city, facility city, town
state: state, st, facility state, state code
zip: zip, zip code, zipcode, postal code
aor: aor, area of responsibility, field office, ero field office
"""
LAYOUT = Layout("list of locations", parse_fields(_FIELDS), (("location",),))


@dataclass(frozen=True)
class LocationRow:
    """One location as written; `row` is its number in the file. Empty texts where the file says nothing."""

    row: int
    location: str
    city: str
    state: str
    zip: str
    aor: str


def read_locations(
    path: Path, *, overrides: Lookup[str, str] | None = None, today: date
) -> Iterator[LocationRow]:
    """Every row below the headings, in order, save lines without any cell. Raises IntakeError."""
    table = read_table(
        path, LAYOUT, identifying=("location",), today=today, overrides=overrides, every_sheet=False
    )
    for part in table.parts:
        for number, cells in enumerate(part.sheet.rows(), start=1):
            if number <= part.header_row or len(cells) <= 1 < len(table.mapping.heading):
                continue
            row = Row(number, part.arrange(number, cells), table.mapping, today, {})
            yield LocationRow(
                number, *(row.text(name) for name in ("location", "city", "state", "zip", "aor"))
            )
