"""The gate's triggers as somebody might simplify them, put in place of the shipped ones by the owner.

What a weakened house forgets, its writers forget too (`Plan.follows`), and it has room to go wrong: on
PostgreSQL each weakened trigger sleeps between its look and the commit, a window that is always there, only
seldom as wide.
"""

from collections.abc import Callable
from dataclasses import replace

from holds.store import triggers
from holds.store.boarding_guards import ACTIVE_HOLD
from holds.store.merge_guards import FOLLOW
from holds.store.triggers import Trigger
from tests.holds.store.record import Record
from wsgi import METADATA

GATED = ("hold", "clearance", "removal", "hold_ending")
SLOW = "PERFORM pg_sleep(0.02);"


def dropped(trigger: Trigger, _dialect: str) -> Trigger | None:
    """No trigger at all before holds, clearances and boardings."""
    return None if trigger.name in {f"holdfast_gate_{table}" for table in GATED} else trigger


def check_without_bump(trigger: Trigger, dialect: str) -> Trigger | None:
    """Looks for active holds, as a plain check trigger would, and forgets the gate."""
    table = trigger.table
    if trigger.name != f"holdfast_gate_{table}" or table not in GATED:
        return trigger
    check = ACTIVE_HOLD.replace("{s}", "" if dialect == "sqlite" else "public.")
    if table not in {"clearance", "removal"}:
        return None
    if table == "removal":
        check = check.replace("NEW.departure_kind", "'removal'")
    if dialect == "sqlite":
        return replace(trigger, body=f"SELECT RAISE(ABORT, 'holdfast: hold.active') WHERE {check};")
    refuse = f"IF {check} THEN RAISE EXCEPTION 'holdfast: hold.active'; END IF; {SLOW}"
    return replace(trigger, body=f"\nBEGIN\n{refuse}\nRETURN NEW;\nEND\n")


def epoch_not_compared(trigger: Trigger, dialect: str) -> Trigger | None:
    """Bumps the gate and trusts the writer: neither the epoch nor the holds are looked at."""
    if trigger.name not in {f"holdfast_gate_{table}" for table in GATED}:
        return trigger
    bump = next(s for s in trigger.body.splitlines() if s.startswith("UPDATE"))
    return replace(trigger, body=bump if dialect == "sqlite" else f"\nBEGIN\n{bump}\nRETURN NEW;\nEND\n")


def wrong_clock(trigger: Trigger, dialect: str) -> Trigger | None:
    """Reads a clearance's end by the time at which the transaction began; on SQLite, by a slow clock."""
    if trigger.name != "holdfast_gate_removal":
        return trigger
    if dialect == "sqlite":
        right, wrong = "(SELECT now FROM holdfast_clock)", "strftime('%Y-%m-%d %H:%M:%f', 'now', '-1 second')"
    else:
        right, wrong = "public.holdfast_now()", "now()"
    end = "c.expires_at <= "
    return replace(trigger, body=trigger.body.replace(end + right, end + wrong))


def merge_not_followed(trigger: Trigger, dialect: str) -> Trigger | None:
    """A bump stays at the gate that it came to, and a look sees one record alone."""
    follow = FOLLOW.replace("{s}", "" if dialect == "sqlite" else "public.")
    own = "epoch <> (SELECT g.epoch FROM {s}gate g WHERE g.person_id = NEW.person_id)"
    if trigger.name == "holdfast_epoch":
        return replace(trigger, body=trigger.body.replace(follow, ""))
    if trigger.name in {"holdfast_gate_clearance", "holdfast_gate_removal", "holdfast_gate_hold"}:
        return _own_gate(trigger, own, dialect)
    return trigger


def _own_gate(trigger: Trigger, own: str, dialect: str) -> Trigger:
    schema = "" if dialect == "sqlite" else "public."
    own = own.replace("{s}", schema)
    bump = f"UPDATE {schema}gate SET epoch = epoch + 1 WHERE person_id = NEW.person_id;"  # noqa: S608 - our own
    if dialect == "sqlite":
        refuse = f"SELECT RAISE(ABORT, 'holdfast: gate.stale_epoch') WHERE NEW.{own};"
        return replace(trigger, body=f"{bump}\n{refuse}")
    refuse = f"IF NEW.{own} THEN RAISE EXCEPTION 'holdfast: gate.stale_epoch'; END IF;"
    return replace(trigger, body=f"\nBEGIN\n{bump}\n{refuse}\nRETURN NEW;\nEND\n")


Weakening = Callable[[Trigger, str], Trigger | None]
WEAKENINGS: dict[str, Weakening] = {
    "trigger dropped": dropped,
    "check without bump": check_without_bump,
    "epoch not compared": epoch_not_compared,
    "expiry by the wrong clock": wrong_clock,
    "merge not followed": merge_not_followed,
}


def weaken(record: Record, weakening: str) -> None:
    """Put the weakened triggers in place of the shipped ones."""
    dialect = record.owner.dialect.name
    weak = (WEAKENINGS[weakening](trigger, dialect) for trigger in triggers.triggers(METADATA, dialect))
    with record.owner.begin() as owner:
        triggers.uninstall(owner)
        triggers.create(owner, [trigger for trigger in weak if trigger is not None])


def restore(record: Record) -> None:
    """The triggers as they were shipped."""
    with record.owner.begin() as owner:
        triggers.uninstall(owner)
        triggers.install(owner, METADATA)
