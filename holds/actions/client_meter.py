"""What a client's call costs it: a place in the minute, numbers of the day; and the alarm when it probes."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import func, insert, select, update
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


def admit_call(session: Session, client: Client) -> Wait | None:
    """Count a call; how long to wait where the client called too often.

    Locks the client's row until the commit: what one client writes is written one after another.
    """
    meter, now = _read(session, client)
    admitted = admit(meter, client.allowance, now)
    if isinstance(admitted, Wait):
        return admitted
    _write(session, client, admitted)
    return None


def spend_numbers(
    session: Session, vault: Vault, client: Client, numbers: Collection[str], who: Collection[str] = ()
) -> Wait | None:
    """Take what was not asked today from the day's budget, before anything is looked up.

    `who` says for whom it is asked: number, name and birth date. Near matches are found by these, so that one
    number asked with a thousand names would walk the list: the first name of a number is in its price, each
    further one costs as much as a number. Where the budget is short nothing is taken, and the attempt is
    suspect. Counting upwards is too, and asking one number with ever other names; families stand together on
    manifests, but not seven in one block of ten.
    """
    meter, now = _read(session, client)
    wanted = {_digest(vault, client, now.date(), number): f"{number[:-1]}." for number in set(numbers)}
    asked = {
        _digest(vault, client, now.date(), f"who\x1f{one}"): f"who\x1f{one.split(chr(31))[0]}"
        for one in set(who)
    }
    known = _known(session, client, now.date(), [*wanted, *asked])
    fresh = {digest: block for digest, block in wanted.items() if digest not in known}
    names = {digest: block for digest, block in asked.items() if digest not in known}
    cost = len(fresh) + max(0, len(names) - len(fresh))
    spent = spend(meter, client.allowance, cost, now)
    if isinstance(spent, Wait):
        note_suspicion(session, client, OVER_BUDGET_POINTS)
        return spent
    if fresh or names:
        rows = [
            {
                "client_id": client.acting.id,
                "day": now.date(),
                "number": digest,
                "block": _digest(vault, client, now.date(), block),
            }
            for digest, block in (fresh | names).items()
        ]
        session.execute(insert(AskedNumber), rows)
        _write(session, client, spent)
        walked = _walked(session, client, now.date()) & {row["block"] for row in rows}
        note_suspicion(session, client, NEIGHBOUR_POINTS * min(len(walked), MOST_WALKED))
    return None


def note_suspicion(session: Session, client: Client, points: int) -> None:
    """Add points; the first time they slow or lock the client, staff get a task."""
    if points < 1:
        return
    before, now = _read(session, client)
    after = suspect(before, points)
    _write(session, client, after)
    for threshold, what in ((SLOW_AT, "client.slowed"), (LOCK_AT, "client.locked")):
        if before.suspicion < threshold <= after.suspicion:
            tell(session, client.acting, what, client.acting.id, codes={"suspicion": after.suspicion})
            doubt = Doubt(
                kind="client_probing",
                subject_id=client.acting.id,
                detail=f"{what} {now.isoformat()}",
                evidence={"suspicion": after.suspicion, "numbers": after.numbers},
            )
            raise_tasks(session, client.acting, [doubt])
    if after.suspicion >= LOCK_AT:
        locked = update(ApiClient).where(ApiClient.id == client.acting.id, ApiClient.locked_at.is_(None))
        session.execute(locked.values(locked_at=now))


def _read(session: Session, client: Client) -> tuple[Meter, dt.datetime]:
    row = session.execute(
        select(
            ApiClient.minute,
            ApiClient.calls,
            ApiClient.day,
            ApiClient.numbers,
            ApiClient.suspicion,
            ApiClient.last_at,
        )
        .where(ApiClient.id == client.acting.id)
        .with_for_update()
    ).one()
    return Meter(**row._mapping), session.scalars(select(holdfast_now())).one()


def _write(session: Session, client: Client, meter: Meter) -> None:
    session.execute(
        update(ApiClient)
        .where(ApiClient.id == client.acting.id)
        .values(
            minute=meter.minute,
            calls=meter.calls,
            day=meter.day,
            numbers=meter.numbers,
            suspicion=meter.suspicion,
            last_at=meter.last_at,
        )
    )


def _digest(vault: Vault, client: Client, day: dt.date, text: str) -> bytes:
    # Bound to client and day: two rows tell nobody that two clients, or two days, asked for the same person.
    return fingerprint(vault.ring, f"asked number\x1f{client.acting.id}\x1f{day}\x1f{text}")


def _known(session: Session, client: Client, day: dt.date, digests: list[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for start in range(0, len(digests), CHUNK):
        found |= set(
            session.scalars(
                select(AskedNumber.number).where(
                    AskedNumber.client_id == client.acting.id,
                    AskedNumber.day == day,
                    AskedNumber.number.in_(digests[start : start + CHUNK]),
                )
            )
        )
    return found


def _walked(session: Session, client: Client, day: dt.date) -> set[object]:
    """Blocks of ten of which more numbers were asked today than a family has."""
    return set(
        session.scalars(
            select(AskedNumber.block)
            .where(AskedNumber.client_id == client.acting.id, AskedNumber.day == day)
            .group_by(AskedNumber.block)
            .having(func.count() > NEIGHBOURS)
        )
    )
