"""Guarantee 6: whatever answers as a replica is closed, on PostgreSQL, where there are any."""

from sqlalchemy.orm import Session

from holds.store.openness import closed_reasons
from tests.holds.store.record import Record
from wsgi import METADATA


def test_a_replica_answers_nothing(record: Record, as_owner: Session) -> None:
    """A server in recovery is played by a function that stands before the server's own on the path."""
    ring = record.vault.ring
    assert closed_reasons(as_owner, ring, METADATA) == ()
    if record.sqlite:
        return
    connection = as_owner.connection()
    connection.exec_driver_sql("CREATE SCHEMA standby")
    connection.exec_driver_sql(
        "CREATE FUNCTION standby.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT true'"
    )
    connection.exec_driver_sql("SET LOCAL search_path = standby, pg_catalog, public")
    assert "database.replica" in closed_reasons(as_owner, ring, METADATA)
