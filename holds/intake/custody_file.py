"""A day's custody changes: who was detained, moved, released or removed, and where they are now."""

import datetime as dt
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from pathlib import Path

from holds.domain.person_name import PersonName
from holds.domain.posture import Posture
from holds.intake.columns import Layout, parse_fields
from holds.intake.custody_terms import CustodyEvent, read_custody_event, read_posture
from holds.intake.identity import IDENTIFYING, REQUIRED, identity_fields, read_identity
from holds.intake.list_file import ListFile
from holds.intake.problem import CellProblem
from holds.intake.table import Row, read_table

_FIELDS = """
event: event, custody event, change, action, custody change, status change, custody status, status
location: facility, facility name, detention facility, new facility, to facility, detention location, location
detloc: detloc, det loc, facility code, detloc code, location code
location_city: city, facility city
location_state: state, facility state, st
housing_unit: housing unit, housing, unit, pod, dorm, housing assignment, bed
event_date: date, event date, effective date, as of, date of change, from date, book in date, change date
released_on: release date, released on, date released, released
posture: posture, case status, case posture
"""
LAYOUT = Layout(
    "custody file",
    (*identity_fields(), *parse_fields(_FIELDS)),
    (*REQUIRED, ("event", "location", "released_on")),
)


@dataclass(frozen=True, kw_only=True)
class CustodyRow:
    """One change. `from_date` is the day it took effect; `from_time` its local time where the cell gives one.

    `event` is None where the file does not say or is not understood; a release date alone says released.
    """

    row: int
    a_numbers: tuple[str, ...]
    name: PersonName | None
    birth_dates: tuple[dt.date, ...]
    location_text: str
    detloc: str | None
    location_city: str
    location_state: str
    housing_unit: str
    event: CustodyEvent | None
    from_date: dt.date | None
    from_time: dt.time | None
    released_on: dt.date | None
    posture: Posture | None
    posture_text: str
    problems: tuple[CellProblem, ...]
    cells: tuple[str, ...]

    @property
    def rejection(self) -> str | None:
        """`row.no_identity` for a row that names nobody."""
        return None if self.a_numbers or self.name else "row.no_identity"


def read_custody_file(
    path: Path, *, overrides: Lookup[str, str] | None = None, today: dt.date
) -> ListFile[CustodyRow]:
    """Open a custody file, XLSX or CSV. Raises IntakeError (codes file.*, columns.missing, map.*)."""
    return ListFile(
        read_table(path, LAYOUT, identifying=IDENTIFYING, today=today, overrides=overrides), _read_change
    )


def _read_change(row: Row) -> CustodyRow:
    identity = read_identity(row)
    event_text, posture_text = row.text("event"), row.text("posture")
    event, posture = read_custody_event(event_text), read_posture(posture_text)
    released_on = row.date("released_on")
    if event_text and event is None:
        row.add_problem("event.unknown", "event")
    if posture_text and posture is None:
        row.add_problem("posture.unknown", "posture")
    if not event_text and released_on:
        event = "released"
    from_date = row.date("event_date")
    if row.has("event_date") and row.cell("event_date").kind == "empty" and released_on is None:
        row.add_problem("date.missing", "event_date")
    detloc = row.text("detloc").upper() or None
    return CustodyRow(
        row=row.number,
        a_numbers=identity.a_numbers,
        name=identity.name,
        birth_dates=identity.birth_dates,
        location_text=row.text("location") or detloc or "",
        detloc=detloc,
        location_city=row.text("location_city"),
        location_state=row.text("location_state"),
        housing_unit=row.text("housing_unit"),
        event=event,
        from_date=from_date or released_on,
        from_time=_time_of(row),
        released_on=released_on or (from_date if event == "released" else None),
        posture=posture,
        posture_text=posture_text,
        problems=tuple(row.problems),
        cells=row.original_texts(),
    )


def _time_of(row: Row) -> dt.time | None:
    value = row.cell("event_date").value
    if isinstance(value, str) and ":" in value:
        try:
            value = dt.datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    # A spreadsheet's bare date comes as midnight, which is no stated time.
    return value.time() if isinstance(value, dt.datetime) and value.time() != dt.time() else None
