"""The gate's triggers as somebody might simplify them, put in place of the shipped ones by the owner."""

from holds.store import triggers
from holds.store.guards import ACTIVE_HOLD
from tests.holds.store.record import Record
from wsgi import METADATA

GUARDED = ("hold", "clearance", "removal")
CHECKED = ("clearance", "removal")
SLOW = "PERFORM pg_sleep(0.05);"
"""Between check and commit: a window that is always there, only seldom as wide."""


def weaken(record: Record, weakening: str) -> None:
    """`check without bump` looks for active holds and forgets the gate; `bump without check` trusts."""
    check = ACTIVE_HOLD.replace("{s}", "")
    bump = "UPDATE gate SET epoch = epoch + 1 WHERE person_id = NEW.person_id;"
    with record.owner.begin() as owner:
        for table in GUARDED:
            checks = table in CHECKED
            if weakening == "bump without check":
                body = bump
            elif record.sqlite:
                body = (
                    f"SELECT RAISE(ABORT, 'holdfast: hold.active') WHERE {check};" if checks else "SELECT 1;"
                )
            else:
                refuse = f"IF {check} THEN RAISE EXCEPTION 'holdfast: hold.active'; END IF; {SLOW}"
                body = refuse if checks else ""
            if record.sqlite:
                owner.exec_driver_sql(f"DROP TRIGGER holdfast_gate_{table}")
                owner.exec_driver_sql(
                    f"CREATE TRIGGER holdfast_gate_{table} BEFORE INSERT ON {table} BEGIN {body} END"
                )
            else:
                owner.exec_driver_sql(
                    f"CREATE OR REPLACE FUNCTION holdfast_gate_{table}() RETURNS trigger LANGUAGE plpgsql "
                    f"AS $fn$BEGIN {body} RETURN NEW; END$fn$"
                )


def restore(record: Record) -> None:
    """The triggers as they were shipped."""
    with record.owner.begin() as owner:
        triggers.uninstall(owner)
        triggers.install(owner, METADATA)
