"""A manifest from a file: `holdfast manifest check`. Bulk beyond the API's budget is for staff only."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from holds.actions.manifests import Journey, ListedLine, ManifestError, Registered, register_manifest
from holds.actions.questions import Question
from holds.domain.country import country_code
from holds.domain.decision import NOT_COMPARED, Answer, Decision
from holds.domain.departure import DepartureKind
from holds.domain.staff import Acting
from holds.intake.manifest import ManifestRow, read_manifest_file
from holds.store.engine import Database


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A line of the file with its answer. `row` is that of the spreadsheet."""

    row: int
    mark: str | None
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class FileAnswer:
    """The manifest as registered, every line of the file answered."""

    registered: Registered
    lines: tuple[FileLine, ...]
    skipped: Mapping[str, int]

    @property
    def blocked(self) -> int:
        return sum(line.answer.decision is Decision.BLOCKED for line in self.lines)

    @property
    def not_compared(self) -> int:
        """Lines that are not blocked, and may not board until name and birth date were compared."""
        return sum(NOT_COMPARED in line.answer.reasons for line in self.lines)


def check_manifest_file(
    session: Session,
    database: Database,
    *,
    acting: Acting,
    path: Path,
    label: str,
    departure_kind: DepartureKind,
    destination: str,
    leaves_at: dt.datetime,
    contacts: tuple[str, ...],
    today: dt.date,
    overrides: Mapping[str, str] | None = None,
) -> FileAnswer:
    """Read the file, check every line and register the manifest; `ManifestError` or `IntakeError` else."""
    country = country_code(destination)
    if country is None:
        raise ManifestError("The destination is no country we know by that name or code.")
    file = read_manifest_file(path, overrides=overrides, today=today)
    rows = list(file.rows)
    trip = {"departure_kind": departure_kind.value, "destination": country, "stage": "manifest"}
    journey = Journey(
        label=label,
        departure_kind=departure_kind,
        destination=country,
        leaves_at=leaves_at,
        contacts=contacts,
        lines=tuple(
            ListedLine(
                line=row.row,
                mark=row.mark,
                question=_question(row, departure_kind, {**trip, "line": row.row}),
            )
            for row in rows
        ),
    )
    registered = register_manifest(session, database, acting=acting, journey=journey)
    lines = tuple(FileLine(row=row.row, mark=row.mark, answer=registered.answers[row.row]) for row in rows)
    return FileAnswer(registered=registered, lines=lines, skipped=dict(file.skipped))


def _question(row: ManifestRow, departure_kind: DepartureKind, journey: dict[str, str | int]) -> Question:
    # What is written and cannot be read blocks the line; what is blank was never said.
    country = country_code(row.country) if row.country else None
    return Question(
        a_number=row.number_text,
        name=row.name,
        birth_date=row.unread_birth_date or None,
        birth_dates=row.birth_dates,
        country=country,
        country_readable=country is not None or not row.country,
        departure_kind=departure_kind,
        journey=journey,
    )
