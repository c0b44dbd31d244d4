"""On PostgreSQL the app's role owns nothing and switches nothing off; a false gate cannot stand in."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from holds.store import roles
from holds.store.engine import APP_ROLE, refusal_code
from holds.store.gates import Hold
from tests.holds.store.ground import put
from tests.holds.store.record import Record, new_incident, put_on_record
from wsgi import METADATA

pytestmark = pytest.mark.parametrize("record", ["postgresql"], indirect=True)


def test_the_app_works_as_a_role_without_powers(taken_back: Session) -> None:
    assert taken_back.scalar(text("SELECT current_user")) == APP_ROLE
    powers = "rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication, rolcanlogin"
    row = taken_back.execute(text(f"SELECT {powers} FROM pg_roles WHERE rolname = current_user")).one()  # noqa: S608
    assert not any(row)
    owned = "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = :r)"
    assert taken_back.scalar(text(owned), {"r": APP_ROLE}) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE hold DISABLE TRIGGER holdfast_gate_hold",
        "ALTER TABLE hold DISABLE TRIGGER ALL",
        "DROP TRIGGER holdfast_gate_clearance ON clearance",
        "ALTER TABLE clearance DROP CONSTRAINT ck_clearance_departure_kind",
        "CREATE OR REPLACE FUNCTION holdfast_gate_clearance() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NEW; END'",
        "CREATE FUNCTION public.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE TABLE public.mine (id integer)",
        "CREATE TEMPORARY TABLE gate (person_id uuid, epoch integer)",
        "CREATE RULE swallow AS ON INSERT TO hold DO INSTEAD NOTHING",
        "TRUNCATE ledger_row",
        "DELETE FROM gate",
        "UPDATE hold SET basis = 'tro'",
        "UPDATE alembic_version SET version_num = 'x'",
        "SET session_replication_role = replica",
        "SELECT rolpassword FROM pg_authid",
    ],
)
def test_the_app_can_switch_nothing_off(record: Record, taken_back: Session, statement: str) -> None:
    """Grants are made anew, as every upgrade does: a copy of a database allows temporary tables."""
    with record.owner.begin() as owner:
        roles.grant(owner, METADATA)
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        taken_back.execute(text(statement))


def test_a_temporary_table_does_not_stand_in_for_the_gate(record: Record, as_owner: Session) -> None:
    """Even where someone could make one: the trigger asks the real gate by its schema."""
    held = put_on_record(as_owner, record, new_incident(as_owner, record))
    as_owner.execute(text("CREATE TEMPORARY TABLE gate (person_id uuid PRIMARY KEY, epoch integer)"))
    as_owner.execute(text("INSERT INTO pg_temp.gate VALUES (:p, 500)"), {"p": held.person_id})
    acting = record.staff["casey"]
    row = {"person_id": held.person_id, "basis": "tro", "sealed_cites": b"sealed", "placed_by": acting.id}
    row["organisation_id"] = acting.organisation_id
    with pytest.raises(IntegrityError) as caught, as_owner.begin_nested():
        put(as_owner, Hold, **row, epoch=501)
    assert refusal_code(caught.value) == "gate.stale_epoch"
    put(as_owner, Hold, **row, epoch=2)
