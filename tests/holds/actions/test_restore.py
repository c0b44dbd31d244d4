"""A database that was put back blocks everybody until two supervisors have reconciled it (guarantee 6)."""

import dataclasses
import json
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from holds.actions.clear_removal import BlockedError, issue_clearance
from holds.actions.place_hold import place_hold
from holds.actions.publish_outside import NotPublishedError, publish_outside
from holds.actions.reconcile_database import (
    ReconciliationRefusedError,
    propose_reconciliation,
)
from holds.actions.seal_ledger import seal_ledger
from holds.domain.decision import Decision
from holds.domain.departure import DepartureKind
from holds.domain.hold import Basis
from holds.domain.staff import NotAllowedError
from holds.queries.case_file import holds_of
from holds.store.engine import Database, make_engine, refusal_code
from holds.store.openings import DatabaseOpening, Reconciliation
from holds.store.outside import MARKER, ROWS, marker_of, read_rows, write_marker
from tests.holds.actions.put_back import (
    FREE,
    ask,
    back_up,
    bases,
    compare,
    folder,
    reopen,
    seal_and_publish,
    stay,
    with_outside,
)
from tests.holds.store.life import released, someone
from tests.holds.store.record import BACKENDS, Record, asked_of, open_record


@pytest.fixture(params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record with its marker outside, as `holdfast init` leaves it."""
    for made in open_record(request, tmp_path_factory):
        outside = made.home / "heads"
        with made.database.reading() as session:
            marker = marker_of(session)
        assert marker is not None
        write_marker(outside, marker)
        yield with_outside(made, outside)


def test_the_database_as_it_was_left_is_open(record: Record) -> None:
    stay(record, someone(record))
    seal_and_publish(record)
    assert ask(record).decision is Decision.NOT_ON_RECORD
    again = Database(make_engine(record.url), record.vault, record.database.metadata, outside=folder(record))
    with closing(again.engine.raw_connection()):
        assert ask(dataclasses.replace(record, database=again)).decision is Decision.NOT_ON_RECORD
    again.engine.dispose()
    with record.database.transaction() as session, pytest.raises(ReconciliationRefusedError):
        propose_reconciliation(session, acting=record.staff["sunny"], folder=folder(record))


def test_a_lost_stay_blocks_everybody_until_two_supervisors_put_it_back(record: Record) -> None:
    held, other = released(record), released(record)
    assert ask(record, held.number).decision is Decision.NO_ACTIVE_HOLD
    put_back = back_up(record)
    stay(record, held)
    assert ask(record, held.number).decision is Decision.BLOCKED
    record = put_back()
    assert bases(record, held) == ()  # the stay is gone from the database: nothing else would hold them
    for number in (held.number, other.number, FREE):
        for _ in range(20):
            answer = ask(record, number)
            assert answer.decision is Decision.BLOCKED
            assert "database.restored" in answer.reasons
    with record.database.transaction() as session, pytest.raises(BlockedError, match=r"database\.restored"):
        issue_clearance(
            session,
            record.database,
            acting=record.staff["field"],
            person_id=other.person_id,
            question=asked_of(other),
            departure_kind=DepartureKind.REMOVAL,
            destination="CU",
        )
    found = compare(record)
    assert [verb for _, verb, _ in found.lost_holds] == ["hold.placed"]
    assert ask(record).decision is Decision.BLOCKED
    assert reopen(record).lost_holds == found.lost_holds
    assert ask(record).decision is Decision.NOT_ON_RECORD
    assert ask(record, other.number).decision is Decision.NO_ACTIVE_HOLD
    assert ask(record, held.number).decision is Decision.BLOCKED
    assert bases(record, held) == ("lost_hold",)
    with record.database.reading() as session:
        (hold,) = [
            hold
            for hold in holds_of(session, record.vault, held.person_id, shown=True)
            if hold.basis == "lost_hold"
        ]
    assert str(found.lost_holds[0][2]) in hold.grounds


@pytest.mark.parametrize("sealed", [True, False])
def test_what_is_done_after_the_restore_does_not_open_it(record: Record, sealed: bool) -> None:
    """New rows must not take the place of the lost one at the end of what is outside."""
    held = released(record)
    put_back = back_up(record)
    stay(record, held)
    if sealed:
        seal_and_publish(record)
    record = put_back()
    for _ in range(5):
        stay(record, someone(record))
    with record.database.transaction() as session:
        seal_ledger(session, record.vault)
    with record.database.reading() as session, pytest.raises(NotPublishedError):
        publish_outside(session, folder=folder(record))
    assert "database.restored" in ask(record).reasons


def test_a_copy_of_nothing_but_sealed_looks_is_told_too(record: Record) -> None:
    put_back = back_up(record)
    ask(record)
    seal_and_publish(record)
    assert "database.restored" in ask(put_back()).reasons


def test_a_copy_from_before_a_reconciliation_is_closed_for_good(record: Record) -> None:
    held = released(record)
    put_back = back_up(record)
    stay(record, held)
    record = put_back()
    compare(record)
    reopen(record)
    assert "database.restored" in ask(put_back()).reasons


def test_people_who_are_lost_must_be_imported_again_first(record: Record) -> None:
    put_back = back_up(record)
    held = someone(record)
    record = put_back()
    found = compare(record)
    assert found.people == (held.person_id,)
    with pytest.raises(ReconciliationRefusedError, match="not on record any more"):
        reopen(record)
    assert ask(record, held.number).decision is Decision.BLOCKED
    reopen(record, people_are_back=True)
    assert ask(record).decision is Decision.NOT_ON_RECORD


def test_it_takes_two_supervisors_who_saw_the_same(record: Record) -> None:
    held = released(record)
    put_back = back_up(record)
    stay(record, held)
    record = put_back()
    with pytest.raises(NotAllowedError):
        compare(record, "casey")
    with pytest.raises(ReconciliationRefusedError, match="first supervisor"):
        reopen(record)
    compare(record)
    with pytest.raises(ReconciliationRefusedError, match="second supervisor"):
        reopen(record, "sunny")
    rows = folder(record) / ROWS
    kept = rows.read_text()
    rows.write_text("\n".join(kept.splitlines()[:-1]) + "\n")
    with pytest.raises(ReconciliationRefusedError, match="not what the first"):
        reopen(record)
    rows.write_text(kept)
    reopen(record)
    assert ask(record).decision is Decision.NOT_ON_RECORD


@pytest.mark.parametrize("second", ["sunny", "casey", "operator"])
def test_the_database_refuses_an_opening_by_one_or_by_others(record: Record, second: str) -> None:
    """Past every action."""
    put_back = back_up(record)
    stay(record, someone(record))
    record = put_back()
    compare(record)
    with record.database.transaction() as session:
        first = session.scalars(select(Reconciliation)).one()
        opening = {"number": 2, "reconciliation_id": first.id, "proposed_by": first.proposed_by}
        opening["opened_by"] = record.staff[second].id
        with pytest.raises(IntegrityError) as caught, session.begin_nested():
            session.execute(insert(DatabaseOpening), [opening])
        assert refusal_code(caught.value) in {"opening.two_supervisors", None}
    assert "database.restored" in ask(record).reasons


@pytest.mark.parametrize("marker", [None, "", "{}", "not json"])
def test_without_a_sound_marker_everybody_is_blocked(record: Record, marker: str | None) -> None:
    path = folder(record) / MARKER
    path.unlink()
    if marker is not None:
        path.write_text(marker)
    assert "database.marker_missing" in ask(record).reasons


def test_a_marker_of_another_place_blocks(record: Record) -> None:
    """On PostgreSQL the cluster, the timeline, the database and its tables are part of it."""
    path = folder(record) / MARKER
    said = json.loads(path.read_text())
    if not record.sqlite:
        cluster, timeline, database, table = said["place"].split("/")
        assert (len(timeline), int(cluster) > 0, int(database) > 0, int(table) > 0) == (8, True, True, True)
    for changed in ({"place": "elsewhere"}, {"instance_id": "x"}, {"database_id": "x"}, {"size": 9}):
        path.write_text(json.dumps(said | changed))
        assert "database.restored" in ask(record).reasons
    path.write_text(json.dumps(said))
    assert ask(record).decision is Decision.NOT_ON_RECORD


def test_rows_leave_at_once_name_nobody_and_only_when_committed(record: Record) -> None:
    held = someone(record, names=("PEREZ, ANA MARIA",))
    stay(record, held)
    with record.database.transaction() as session:
        acting = record.staff["casey"]
        place_hold(
            session, record.vault, acting=acting, person_id=held.person_id, basis=Basis.HABEAS, cites="secret"
        )
        session.rollback()
    rows, damaged = read_rows(folder(record))
    assert damaged == 0
    placed = [row for row in rows if row.verb == "hold.placed" and row.person_id == held.person_id]
    assert [row.codes["basis"] for row in placed] == ["tro"]
    text = (folder(record) / ROWS).read_text()
    for word in ("PEREZ", held.number, "1:26-cv-9", "secret"):
        assert word not in text


def test_a_torn_line_neither_opens_nor_loses_anything(record: Record) -> None:
    held = released(record)
    put_back = back_up(record)
    stay(record, held)
    with (folder(record) / ROWS).open("a") as file:
        file.write('{"id": "0190')
    record = put_back()
    assert "database.restored" in ask(record).reasons
    assert [verb for _, verb, _ in compare(record).lost_holds] == ["hold.placed"]


def test_after_a_torn_line_rows_go_on_leaving(record: Record) -> None:
    with (folder(record) / ROWS).open("a") as file:
        file.write('{"id": "0190')
    held = someone(record)
    stay(record, held)
    assert ask(record).decision is Decision.NOT_ON_RECORD
    assert [row.verb for row in read_rows(folder(record))[0]][-1] == "hold.placed"


def test_what_an_edge_could_not_send_leaves_after_the_seal(record: Record) -> None:
    outside, held = folder(record), someone(record)
    before = read_rows(outside)[0]
    stay(dataclasses.replace(record, database=dataclasses.replace(record.database, outside=None)), held)
    assert len(read_rows(outside)[0]) == len(before)
    seal_and_publish(record)
    assert [row.verb for row in read_rows(outside)[0]].count("hold.placed") == 1
