"""`holdfast check`: the answer, what to do now and whom to call, as the API says it."""

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from holds.cli.context import Office
from holds.domain.closing import EndingKind
from holds.domain.decision import WHAT_TO_DO, Decision
from holds.store.gates import HoldEnding
from holds.store.ledger_rows import LedgerRow
from holds.store.outside import marker_of, write_marker
from tests.holds.store.ends import bear_end
from tests.holds.store.ground import put
from tests.holds.store.life import someone
from tests.holds.store.record import BACKENDS, Record, open_record
from wsgi import METADATA, cli

DESK = "Duty desk, 1-800-555-0199"


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """With its marker outside, as `holdfast init` leaves one."""
    for made in open_record(request, tmp_path_factory):
        with made.database.reading() as session:
            marker = marker_of(session)
        assert marker is not None
        write_marker(made.home / "heads", marker)
        outside = dataclasses.replace(made.database, outside=made.home / "heads")
        yield dataclasses.replace(made, database=outside)


def typed(record: Record, *words: str, **environment: str) -> tuple[int, dict[str, Any]]:
    place = {"HOLDFAST_HOME": str(record.home), "HOLDFAST_DATABASE_URL": record.url}
    told = {**place, "HOLDFAST_ANSWER_SECONDS": "60", "HOLDFAST_DUTY_DESK": DESK, **environment}
    office = Office(METADATA)
    result = CliRunner(env=told).invoke(cli, ["check", *words], obj=office)
    office.close()
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_it_says_what_to_do_now_and_whom_to_call(record: Record, more: tuple[str, ...]) -> None:
    held = someone(record)
    status, answer = typed(record, held.number, *more)
    assert (status, answer["decision"], answer["reasons"]) == (3, "blocked", ["hold.active"])
    assert answer["what_to_do"] == WHAT_TO_DO[Decision.BLOCKED]
    assert answer["call"] == DESK
    assert "removal hold is active" in answer["meaning"][0]
    status, answer = typed(record, "A900999999")
    assert (status, answer["what_to_do"]) == (4, WHAT_TO_DO[Decision.NOT_ON_RECORD])
    assert answer["call"] == DESK


def test_how_they_leave_decides_and_the_journey_is_in_the_ledger(record: Record) -> None:
    """Whom a court's order extradites may go that way, and no other."""
    held = someone(record)
    with record.database.transaction() as session:
        put(session, HoldEnding, **bear_end(session, record, held, EndingKind.CLOSED_EXTRADITED))
    asked = (held.number, "--destination", "Cuba", "--stage", "boarding")
    status, answer = typed(record, *asked, "--kind", "extradition")
    assert (status, answer["decision"]) == (0, "no_active_hold")
    with record.database.reading() as session:
        row = session.scalars(select(LedgerRow).where(LedgerRow.person_id == held.person_id)).all()[-1]
    told = {name: row.codes[name] for name in ("departure_kind", "destination", "stage")}
    assert told == {"departure_kind": "extradition", "destination": "CU", "stage": "boarding"}
    assert typed(record, *asked, "--kind", "removal")[0] == 3
    assert typed(record, *asked)[0] == 3


def test_what_cannot_be_asked_is_blocked_with_whom_to_call(record: Record) -> None:
    status, answer = typed(record, "A900999999", "--destination", "Atlantis")
    assert (status, answer["decision"], answer["call"]) == (3, "blocked", DESK)
    status, answer = typed(record, "A900999999", HOLDFAST_ANSWER_SECONDS="soon")
    assert (status, answer["decision"]) == (3, "blocked")
    assert "duty desk" in answer["call"]
