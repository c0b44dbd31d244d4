"""What a client's call costs it: a place in the minute, numbers of the day; and the alarm when it probes."""

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from typing import cast

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from holds.actions.api_clients import Client
from holds.actions.tasks import Doubt, raise_tasks
from holds.domain.client import (
    LOCK_AT,
    NEIGHBOUR_POINTS,
    NEIGHBOURS,
    OVER_BUDGET_POINTS,
    SLOW_AT,
    Meter,
    Wait,
    admit,
    spend,
    suspect,
)
from holds.store.api_clients import ApiClient, AskedNumber
from holds.store.base import holdfast_now
from holds.store.ledger import tell
from holds.store.sealing import fingerprint
from holds.store.vault import Vault

CHUNK = 400
MOST_WALKED = 3
"""How many walked blocks of one call count: a manifest slows a client, and locks none at once."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A client's meter as it stands in this transaction, by the database's time `now`."""

    meter: Meter
    now: dt.datetime


def read_meter(session: Session, client: Client) -> Counted:
    """Lock the client's row until the commit: what one client writes is written one after another."""
    row = session.connection().execute(_METER, {"client": client.acting.id}).one()
    *meter, now = row
    return Counted(meter=Meter(**dict(zip(_COUNTERS, meter, strict=True))), now=now)


def admit_call(client: Client, counted: Counted) -> Counted | Wait:
    """Count a call, or say how long to wait where the client called too often. Nothing is written yet."""
    admitted = admit(counted.meter, client.allowance, counted.now)
    return admitted if isinstance(admitted, Wait) else replace(counted, meter=admitted)


def spend_numbers(
    session: Session,
    vault: Vault,
    client: Client,
    counted: Counted,
    *,
    numbers: Collection[str],
    who: Collection[str],
) -> Counted | Wait:
    """Take what was not asked today from the day's budget, before anything is looked up.

    `who` says for whom it is asked: number, name and birth date. Near matches are found by these, so that one
    number asked with a thousand names would walk the list: the first name of a number is in its price, each
    further one costs as much as a number. Where the budget is short nothing is taken, and the attempt is
    suspect. Counting upwards is too, and asking one number with ever other names; families stand together on
    manifests, but not seven in one block of ten.
    """
    day = counted.now.date()
    wanted = {_digest(vault, client, day, number): f"{number[:-1]}." for number in set(numbers)}
    asked = {
        _digest(vault, client, day, f"who\x1f{one}"): f"who\x1f{one.split(chr(31))[0]}" for one in set(who)
    }
    known = _known(session, client, day, [*wanted, *asked])
    fresh = {digest: block for digest, block in wanted.items() if digest not in known}
    names = {digest: block for digest, block in asked.items() if digest not in known}
    cost = len(fresh) + max(0, len(names) - len(fresh))
    spent = spend(counted.meter, client.allowance, cost, counted.now)
    if isinstance(spent, Wait):
        keep_meter(session, client, note_suspicion(session, client, OVER_BUDGET_POINTS, counted))
        return spent
    counted = replace(counted, meter=spent)
    if not fresh and not names:
        return counted
    blocks = {digest: _digest(vault, client, day, block) for digest, block in (fresh | names).items()}
    rows = [
        {"client_id": client.acting.id, "day": day, "number": digest, "block": block}
        for digest, block in blocks.items()
    ]
    session.connection().execute(insert(_ASKED), rows)
    walked = _walked(session, client, day, sorted(set(blocks.values())))
    return note_suspicion(session, client, NEIGHBOUR_POINTS * min(walked, MOST_WALKED), counted)


def note_suspicion(session: Session, client: Client, points: int, counted: Counted) -> Counted:
    """Add points; the first time they slow or lock the client, staff get a task."""
    if points < 1:
        return counted
    before, after = counted.meter, suspect(counted.meter, points)
    for threshold, what in ((SLOW_AT, "client.slowed"), (LOCK_AT, "client.locked")):
        if before.suspicion < threshold <= after.suspicion:
            tell(session, client.acting, what, client.acting.id, codes={"suspicion": after.suspicion})
            doubt = Doubt(
                kind="client_probing",
                subject_id=client.acting.id,
                detail=f"{what} {counted.now.isoformat()}",
                evidence={"suspicion": after.suspicion, "numbers": after.numbers},
            )
            raise_tasks(session, client.acting, [doubt])
    if after.suspicion >= LOCK_AT:
        locked = update(ApiClient).where(ApiClient.id == client.acting.id, ApiClient.locked_at.is_(None))
        session.execute(locked.values(locked_at=counted.now))
    return replace(counted, meter=after)


def keep_meter(session: Session, client: Client, counted: Counted) -> None:
    """Write what the call has cost."""
    session.connection().execute(_KEEP, {"client": client.acting.id, **asdict(counted.meter)})


_CLIENT, _ASKED = cast(Table, ApiClient.__table__), cast(Table, AskedNumber.__table__)
_COUNTERS = ("minute", "calls", "day", "numbers", "suspicion", "last_at")
_METER = (
    select(*(_CLIENT.c[name] for name in _COUNTERS), holdfast_now())
    .where(_CLIENT.c.id == bindparam("client"))
    .with_for_update()
)
_KEEP = (
    update(_CLIENT)
    .where(_CLIENT.c.id == bindparam("client"))
    .values({name: bindparam(name) for name in _COUNTERS})
)


def _digest(vault: Vault, client: Client, day: dt.date, text: str) -> bytes:
    # Bound to client and day: two rows tell nobody that two clients, or two days, asked for the same person.
    return fingerprint(vault.ring, f"asked number\x1f{client.acting.id}\x1f{day}\x1f{text}")


def _known(session: Session, client: Client, day: dt.date, digests: list[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for start in range(0, len(digests), CHUNK):
        known = select(_ASKED.c.number).where(
            _ASKED.c.client_id == client.acting.id,
            _ASKED.c.day == day,
            _ASKED.c.number.in_(digests[start : start + CHUNK]),
        )
        found |= set(session.connection().execute(known).scalars())
    return found


def _walked(session: Session, client: Client, day: dt.date, blocks: list[bytes]) -> int:
    """Of how many of these blocks of ten more numbers were asked today than a family has."""
    walked = 0
    for start in range(0, len(blocks), CHUNK):
        asked = (
            select(_ASKED.c.block)
            .where(
                _ASKED.c.client_id == client.acting.id,
                _ASKED.c.day == day,
                _ASKED.c.block.in_(blocks[start : start + CHUNK]),
            )
            .group_by(_ASKED.c.block)
            .having(func.count() > NEIGHBOURS)
        )
        walked += len(session.connection().execute(asked).all())
    return walked
