"""Migrations up and down with data: what a step does not touch keeps its rows, and the triggers come back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from holds.actions.check_removal import answer_check
from holds.actions.questions import Question
from holds.domain.closing import EndingKind
from holds.domain.decision import Decision
from holds.store import fingerprints, migrate
from holds.store.engine import Database, refusal_code
from holds.store.gates import Hold, HoldEnding
from holds.store.openness import closed_reasons
from holds.store.representation import AppearanceJudgement
from tests.holds.store.ends import bear_end
from tests.holds.store.ground import put
from tests.holds.store.merging import put_merge
from tests.holds.store.record import BACKENDS, Held, Record, new_incident, open_record, put_on_record
from tests.holds.store.story import tell_story
from tests.migrations.databases import Columns, Rows, columns_of, empty_database, owner_of, rows_of
from wsgi import METADATA

NEXT = '''
"""The next migration: rebuilds a table that others refer to, and adds one."""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "0999", "{head}", None, None
def upgrade():
    with op.batch_alter_table("hold") as table:
        table.add_column(sa.Column("remark", sa.String(), nullable=True))
    with op.batch_alter_table("person", recreate="auto") as table:
        table.alter_column("reference", type_=sa.String(40), existing_nullable=False)
    {then}
def downgrade():
    with op.batch_alter_table("hold") as table:
        table.drop_column("remark")
'''


def revisions() -> list[str]:
    """All revisions, oldest first."""
    return [s.revision for s in ScriptDirectory.from_config(migrate.configuration()).walk_revisions()][::-1]


@pytest.fixture(params=BACKENDS)
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Record, Held]]:
    """A record at the head with rows in every append-only table, and the person of its story."""
    for record in open_record(request, tmp_path_factory):
        with record.database.transaction() as session:
            held = tell_story(session, record)
        yield record, held


@pytest.fixture(params=BACKENDS)
def plainly_told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Record, Held]]:
    """The same without rows that only the newest schema can hold."""
    for record in open_record(request, tmp_path_factory):
        with record.database.transaction() as session:
            held = tell_story(session, record, plain=True)
        yield record, held


def _decision(record: Record, number: str) -> tuple[Decision, tuple[str, ...]]:
    question = Question(a_number=number)
    answer = answer_check(record.database, acting=record.staff["field"], question=question)
    return answer.decision, answer.reasons


def _rows(engine: Engine, only: Columns | None = None) -> Rows:
    with engine.connect() as connection:
        return rows_of(connection, METADATA, only)


def _fit_for_work(record: Record, held: Held) -> None:
    """Open, triggers to the letter, still append-only, and the app's role may write."""
    with record.owner.connect() as connection:
        assert fingerprints.changed(connection, METADATA) == ()
    with Session(record.database.engine) as session:
        assert closed_reasons(session, record.vault.ring, METADATA) == ()
        acting = record.staff["casey"]
        row = {"person_id": held.person_id, "basis": "tro", "sealed_cites": b"sealed", "placed_by": acting.id}
        row["organisation_id"] = acting.organisation_id
        with pytest.raises(IntegrityError) as caught, session.begin_nested():
            put(session, Hold, **row, epoch=1)
        assert refusal_code(caught.value) == "gate.stale_epoch"
        session.rollback()


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_empty_database_goes_up_down_and_up_again(
    request: pytest.FixtureRequest, tmp_path: Path, backend: str
) -> None:
    with empty_database(request, backend, tmp_path) as url, owner_of(url) as owner:
        for _ in range(2):
            for revision in revisions():
                migrate.upgrade(owner, METADATA, revision)
                with owner.connect() as connection:
                    assert migrate.current(connection) == revision
            with owner.connect() as connection:
                assert fingerprints.changed(connection, METADATA) == ()
            migrate.downgrade(owner, METADATA, "base")
            assert inspect(owner).get_table_names() == ["alembic_version"]
            with owner.connect() as connection:
                assert fingerprints.installed(connection) == {}


def test_at_every_boundary_rows_survive_the_way_down_and_up(plainly_told: tuple[Record, Held]) -> None:
    """From the head down to each older revision and up again: tables that were there throughout keep all."""
    record, held = plainly_told
    assert _decision(record, held.number)[0] is Decision.NO_ACTIVE_HOLD
    for revision in reversed(revisions()[:-1]):
        before = _rows(record.owner)
        migrate.downgrade(record.owner, METADATA, revision)
        with record.owner.connect() as connection:
            columns = columns_of(connection)
        below = _rows(record.owner)
        assert any(below.values())
        assert _decision(record, held.number)[0] is Decision.BLOCKED
        migrate.upgrade(record.owner, METADATA)
        assert _rows(record.owner, columns) == below
        whole = [t for t in below if columns[t] >= set(METADATA.tables[t].columns.keys())]
        assert whole
        assert {table: below[table] for table in whole} == {table: before[table] for table in whole}
        assert {t for t, rows in _rows(record.owner).items() if rows} == {t for t in below if below[t]}
        with record.owner.connect() as connection:
            assert fingerprints.changed(connection, METADATA) == ()


def test_a_way_down_that_would_lose_an_end_of_a_hold_is_refused(told: tuple[Record, Held]) -> None:
    """A hold that was closed has no place in the first schema: refused, with every row kept."""
    record, held = told
    with record.database.transaction() as session:
        closed = put_on_record(session, record, new_incident(session, record))
        put(session, HoldEnding, **bear_end(session, record, closed, EndingKind.CLOSED_EXTRADITED))
    for revision in ("0006", "0005", "base"):
        before = _rows(record.owner)
        with pytest.raises(DBAPIError):
            migrate.downgrade(record.owner, METADATA, revision)
        assert _rows(record.owner) == before
    assert _decision(record, held.number)[0] is Decision.NO_ACTIVE_HOLD
    _fit_for_work(record, held)


def test_a_way_down_never_takes_merged_records_apart(told: tuple[Record, Held]) -> None:
    record, held = told
    with record.database.transaction() as session:
        incident = new_incident(session, record)
        one, other = (put_on_record(session, record, incident) for _ in range(2))
        put_merge(session, record, one, other)
    before = _rows(record.owner)
    with pytest.raises(RuntimeError, match="merged"):
        migrate.downgrade(record.owner, METADATA, "0007")
    assert _rows(record.owner) == before
    _fit_for_work(record, held)


@pytest.mark.parametrize("verdict", ["negative", "unsure"])
def test_a_way_down_never_forgets_that_counsel_was_refused(told: tuple[Record, Held], verdict: str) -> None:
    """The story's appearance was accepted, and a later judgement counts more."""
    record, held = told
    with record.database.transaction() as session:
        appearance_id = session.scalars(select(AppearanceJudgement.appearance_id)).first()
        row = {"verdict": verdict, "sealed_reason": b"sealed", "judged_by": record.staff["casey"].id}
        put(session, AppearanceJudgement, appearance_id=appearance_id, **row)
    before = _rows(record.owner)
    with pytest.raises(RuntimeError, match="judged to be for somebody else"):
        migrate.downgrade(record.owner, METADATA, "0017")
    assert _rows(record.owner) == before
    _fit_for_work(record, held)


def test_one_step_down_and_up_leaves_a_record_that_works(told: tuple[Record, Held]) -> None:
    record, held = told
    before, frozen = _decision(record, held.number), _rows(record.owner)["overwritten_facts"]
    assert frozen
    migrate.downgrade(record.owner, METADATA, revisions()[-2])
    blocked, reasons = _decision(record, held.number)
    assert blocked is Decision.BLOCKED
    assert "database.migrations_not_current" in reasons
    assert _decision(record, "A900999999")[0] is Decision.BLOCKED
    migrate.upgrade(record.owner, METADATA)
    assert _decision(record, held.number) == before
    assert _rows(record.owner)["overwritten_facts"] == frozen
    _fit_for_work(record, held)


def _shipped_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0999_next.py").write_text(NEXT.format(head=migrate.head(), then=then))
    monkeypatch.setattr(migrate, "FOLDER", folder)


def test_a_later_migration_may_rebuild_a_table_that_others_refer_to(
    told: tuple[Record, Held], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batch mode drops and remakes the table on SQLite: no row is lost, and every trigger is back."""
    record, held = told
    before = _rows(record.owner)
    _shipped_with(tmp_path, monkeypatch, "pass")
    migrate.upgrade(record.owner, METADATA)
    assert _rows(record.owner) == before
    _fit_for_work(record, held)
    migrate.downgrade(record.owner, METADATA, "-1")
    assert _rows(record.owner) == before
    if record.sqlite:
        with record.owner.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_migration_that_fails_half_way_changes_nothing(
    told: tuple[Record, Held], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, held = told
    answer, before = _decision(record, held.number), _rows(record.owner)
    with monkeypatch.context() as patch:
        _shipped_with(tmp_path, patch, 'op.execute("INSERT INTO nowhere VALUES (1)")')
        with pytest.raises(DBAPIError):
            migrate.upgrade(record.owner, METADATA)
    assert _rows(record.owner) == before
    assert "remark" not in {column["name"] for column in inspect(record.owner).get_columns("hold")}
    assert _decision(record, held.number) == answer
    _fit_for_work(record, held)


def test_an_older_program_on_a_newer_database_blocks(
    told: tuple[Record, Held], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, held = told
    with monkeypatch.context() as patch:
        _shipped_with(tmp_path, patch, "pass")
        migrate.upgrade(record.owner, METADATA)
    assert _decision(record, held.number) == (Decision.BLOCKED, ("database.migrations_not_current",))
    database: Database = record.database
    with database.reading() as session:
        assert session.scalars(select(Hold.id)).first() is not None
