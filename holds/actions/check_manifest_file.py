"""A manifest from a file: `holdfast manifest check`. Bulk beyond the API's budget is for staff only."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from holds.actions.manifests import (
    Journey,
    ListedLine,
    ManifestError,
    Registered,
    demand_marks,
    register_manifest,
)
from holds.actions.questions import Question
from holds.domain.country import country_code
from holds.domain.decision import NOT_COMPARED, Answer, Decision
from holds.domain.departure import DepartureKind
from holds.domain.manifest import MOST_LINES
from holds.domain.staff import Acting, Role
from holds.intake.manifest import ManifestRow, read_manifest_file
from holds.store.engine import Database

NOBODY_BY_NAME = frozenset({Role.OPERATOR, Role.SYSTEM})
UNANSWERED = Answer(decision=Decision.BLOCKED, reasons=("error.no_answer",))


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A line of the file with its answer. `row` is that of the spreadsheet."""

    row: int
    mark: str | None
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class Part:
    """At most `MOST_LINES` rows of the file, from `first` to `last`. Where no answer came, `registered` is
    None, and these rows are blocked and watched by nobody."""

    first: int
    last: int
    registered: Registered | None


@dataclass(frozen=True, kw_only=True)
class FileAnswer:
    """Every line of the file answered, and the manifests it was registered as: several, if it is long."""

    parts: tuple[Part, ...]
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
    """Read the file, check every line and register the manifest; `ManifestError` or `IntakeError` else.

    A file too long for one manifest is registered in parts, each in a transaction of its own, and a named
    member of staff must answer for it. Once a part is registered nothing is raised any more: what gets no
    answer is blocked.
    """
    country = country_code(destination)
    if country is None:
        raise ManifestError("The destination is no country we know by that name or code.")
    file = read_manifest_file(path, overrides=overrides, today=today)
    rows = list(file.rows)
    if len(rows) > MOST_LINES and acting.role in NOBODY_BY_NAME:
        raise ManifestError(
            f"More than {MOST_LINES:,} lines are checked by a member of staff in their own name: --as LOGIN."
        )
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
    demand_marks(journey.lines)
    parts = _registered(database, acting, journey)
    answers: dict[int, Answer] = {}
    for part in parts:
        answers |= part.registered.answers if part.registered else {}
    lines = tuple(
        FileLine(row=row.row, mark=row.mark, answer=answers.get(row.row, UNANSWERED)) for row in rows
    )
    return FileAnswer(parts=parts, lines=lines, skipped=dict(file.skipped))


def _registered(database: Database, acting: Acting, journey: Journey) -> tuple[Part, ...]:
    """The journey in parts; the ledger's row of each says which of how many it is."""
    lines = journey.lines
    pieces = [lines[start : start + MOST_LINES] for start in range(0, len(lines), MOST_LINES)] or [()]
    parts: list[Part] = []
    for number, piece in enumerate(pieces, start=1):
        part = replace(journey, lines=piece, part=(number, len(pieces)) if len(pieces) > 1 else None)
        register = partial(register_manifest, database=database, acting=acting, journey=part)
        registered = None
        try:
            registered = database.run(register)
        except Exception:
            if not any(done.registered for done in parts):
                raise  # nothing is registered: whoever asks is told why, and nobody may travel
        parts.append(Part(first=piece[0].line, last=piece[-1].line, registered=registered))
    return tuple(parts)


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
