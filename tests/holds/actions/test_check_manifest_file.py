"""What stands in a line of a file and cannot be read blocks the line; what is blank was never said."""

import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from holds.actions.check_manifest_file import FileAnswer, check_manifest_file
from holds.actions.manifests import ManifestError, register_manifest
from holds.actions.watch_manifests import watch_manifests
from holds.domain.decision import Decision
from holds.domain.departure import DepartureKind
from holds.store.ledger_rows import LedgerRow
from holds.store.manifests import ManifestAlarm
from tests.holds.store.life import someone
from tests.holds.store.record import BACKENDS, Record, database_now, open_record

HEADING = "A-Number,Name,Date of Birth,Citizenship,Seat"


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def checked(record: Record, folder: Path, *lines: str, hours: int = 3, who: str = "field") -> FileAnswer:
    path = folder / "flight.csv"
    path.write_text("\n".join((HEADING, *lines)) + "\n", encoding="utf-8")
    with record.database.reading() as session:
        now = database_now(session)
    return check_manifest_file(
        record.database,
        acting=record.staff[who],
        path=path,
        label="RP 1234",
        departure_kind=DepartureKind.REMOVAL,
        destination="Cuba",
        leaves_at=now + dt.timedelta(hours=hours),
        contacts=("ops@field.example",),
        today=now.date(),
    )


@pytest.mark.parametrize(
    ("born", "country", "reasons"),
    [
        ("04/033/1985", "Cuba", ("birth_date.unreadable",)),
        ("unknown", "Cuba", ("birth_date.unreadable",)),
        ("3 Apri1 1985", "", ("birth_date.unreadable",)),
        ("#REF!", "", ("birth_date.unreadable",)),
        ("1985-04-03", "Atlantis", ("country.unreadable",)),
        ("?", "Atlantis", ("birth_date.unreadable", "country.unreadable")),
        ("", "", ("identity.not_compared",)),
        ("1985-04-03", "", ()),
    ],
)
def test_what_cannot_be_read_blocks_its_line(
    record: Record, tmp_path: Path, born: str, country: str, reasons: tuple[str, ...]
) -> None:
    someone(record, names=("YILMA, SABA",), birth_dates=("1985-04-03",), a_numbers=("943000001",))
    answer = checked(record, tmp_path, f'A942000001,"NOBODY, NED",{born},{country},1A').lines[0].answer
    assert answer.reasons == reasons
    assert (answer.decision.value == "blocked") is any(code.endswith("unreadable") for code in reasons)


MANY = 4_100


def many(number: str) -> list[str]:
    """A day of journeys: strangers; in its third part somebody who is held, and an unreadable number."""
    lines = [f'A{950_000_000 + n},"ROE, PASSENGER",1990-02-03,,{n % 90}A' for n in range(MANY - 2)]
    return [*lines, f'{number},"DOE, JANE",,,1B', "no number at all,,,,2B"]


def told(record: Record) -> list[dict[str, Any]]:
    with record.database.reading() as session:
        verb = LedgerRow.verb == "manifest.checked"
        return list(session.scalars(select(LedgerRow.codes).where(verb).order_by(LedgerRow.id)))


def test_a_long_file_is_answered_whole_in_parts_that_are_watched(record: Record, tmp_path: Path) -> None:
    held = someone(record)
    found = checked(record, tmp_path, *many(held.number))
    assert [line.row for line in found.lines] == list(range(2, MANY + 2))
    assert [(part.first, part.last) for part in found.parts] == [(2, 2001), (2002, 4001), (4002, 4101)]
    assert [line.answer.reasons for line in found.lines if line.answer.decision is Decision.BLOCKED] == [
        ("hold.active",),
        ("a_number.unreadable",),
    ]
    rows = told(record)[-3:]
    assert [(row["lines"], row["part"]) for row in rows] == [(2000, [1, 3]), (2000, [2, 3]), (100, [3, 3])]
    someone(record, a_numbers=("950002500",), names=("ROE, PASSENGER",))
    with record.database.transaction() as session:
        watch_manifests(session, record.database, acting=record.staff["system"])
        parts = {part.registered.id for part in found.parts if part.registered}
        red = session.execute(
            select(ManifestAlarm.manifest_id, ManifestAlarm.line).where(ManifestAlarm.manifest_id.in_(parts))
        ).all()
    second = found.parts[1].registered
    assert second is not None
    assert red == [(second.id, 2502)]


def test_a_long_file_needs_somebody_by_name(record: Record, tmp_path: Path) -> None:
    before = len(told(record))
    with pytest.raises(ManifestError, match="in their own name: --as LOGIN"):
        checked(record, tmp_path, *many("A900999999"), who="operator")
    assert len(told(record)) == before


def test_a_part_that_gets_no_answer_is_blocked_and_said(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first part stands and is watched; of the others nobody may travel."""
    calls = itertools.count(1)

    def failing(*given: Any, **named: Any) -> Any:
        if next(calls) == 2:
            raise OSError("the network is gone")
        return register_manifest(*given, **named)

    monkeypatch.setattr("holds.actions.check_manifest_file.register_manifest", failing)
    found = checked(record, tmp_path, *many("A900999999"))
    assert [part.registered is None for part in found.parts] == [False, True, False]
    unanswered = [line.row for line in found.lines if line.answer.reasons == ("error.no_answer",)]
    assert unanswered == list(range(2002, 4002))
    assert all(line.answer.decision is Decision.BLOCKED for line in found.lines[2000:4000])


def test_a_mark_that_could_name_somebody_refuses_the_file_before_anything_is_registered(
    record: Record, tmp_path: Path
) -> None:
    lines = many("A900999999")
    lines[-1] = 'A900888888,"ROE, A",,,PEREZ ANA'
    before = len(told(record))
    with pytest.raises(ManifestError, match="Line 4101: A mark is a seat"):
        checked(record, tmp_path, *lines)
    assert len(told(record)) == before
