"""What stands in a line of a file and cannot be read blocks the line; what is blank was never said."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from holds.actions.check_manifest_file import FileAnswer, check_manifest_file
from holds.domain.departure import DepartureKind
from tests.holds.store.life import someone
from tests.holds.store.record import BACKENDS, Record, database_now, open_record

HEADING = "A-Number,Name,Date of Birth,Citizenship,Seat"


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def checked(record: Record, folder: Path, *lines: str, hours: int = 3) -> FileAnswer:
    path = folder / "flight.csv"
    path.write_text("\n".join((HEADING, *lines)) + "\n", encoding="utf-8")
    with record.database.transaction() as session:
        now = database_now(session)
        return check_manifest_file(
            session,
            record.database,
            acting=record.staff["field"],
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
