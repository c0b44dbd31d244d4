"""What a client's call costs it: a place in the minute, numbers of the day; and the alarm when it probes."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, func, insert, literal, select, union_all, update
from sqlalchemy.orm import Session

from holds.actions.api_clients import Client
from holds.actions.tasks import NewTask, raise_tasks
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
from holds.store.driver import ask, bytea_array, send, to_driver
from holds.store.ledger import tell
from holds.store.sealing import fingerprint
from holds.store.vault import Vault

CHUNK = 400
DIGEST = 32
"""How long a keyed digest is."""
MOST_WALKED = 3
"""How many walked blocks of one call count: a manifest slows a client, and locks none at once."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A client's meter as it stands in this transaction, by the database's time `now`; `asked`: digests of
    what it had not asked today, each with that of its block."""

    meter: Meter
    now: dt.datetime
    asked: tuple[tuple[bytes, bytes], ...] = ()


def read_meter(session: Session, client: Client) -> Counted:
    """Lock the client's row until the commit: what one client writes is written one after another."""
    connection, asked = session.connection(), {"client": client.acting.id}
    if connection.dialect.name == "postgresql":
        ((*meter, now),) = ask(connection, _METER_TO_DRIVER, asked)
    else:
        *meter, now = connection.execute(_METER, asked).one()
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
    if not numbers and not who:
        return counted
    day = counted.now.date()
    wanted = {_digest(vault, client, day, number): f"{number[:-1]}." for number in set(numbers)}
    named = {
        _digest(vault, client, day, f"who\x1f{one}"): f"who\x1f{one.split(chr(31))[0]}" for one in set(who)
    }
    blocks = {digest: _digest(vault, client, day, block) for digest, block in (wanted | named).items()}
    known, asked_of = _seen(session, client, day, blocks)
    fresh = {digest: block for digest, block in blocks.items() if digest not in known}
    cost = max(len(fresh.keys() & wanted.keys()), len(fresh.keys() & named.keys()))
    spent = spend(counted.meter, client.allowance, cost, counted.now)
    if isinstance(spent, Wait):
        keep_meter(session, client, note_suspicion(session, client, OVER_BUDGET_POINTS, counted))
        return spent
    now_asked = Counter(fresh.values())
    walked = sum(asked_of[block] + more > NEIGHBOURS for block, more in now_asked.items())
    counted = replace(counted, meter=spent, asked=tuple(fresh.items()))
    return note_suspicion(session, client, NEIGHBOUR_POINTS * min(walked, MOST_WALKED), counted)


def spend_shown(
    session: Session, vault: Vault, client: Client, counted: Counted, numbers: Collection[str]
) -> Counted | Wait:
    """Take what an answer shows unasked from the day's budget: each number once, however often it is shown.

    The client did not choose them: they are no sign of counting upwards, and a list too long is no attempt.
    """
    day = counted.now.date()
    shown = {_digest(vault, client, day, number): f"shown\x1f{number}" for number in set(numbers)}
    if not shown:
        return counted
    blocks = {digest: _digest(vault, client, day, block) for digest, block in shown.items()}
    known, _ = _seen(session, client, day, blocks)
    fresh = tuple((digest, block) for digest, block in blocks.items() if digest not in known)
    spent = spend(counted.meter, client.allowance, len(fresh), counted.now)
    return spent if isinstance(spent, Wait) else replace(counted, meter=spent, asked=(*counted.asked, *fresh))


def note_suspicion(session: Session, client: Client, points: int, counted: Counted) -> Counted:
    """Add points; the first time they slow or lock the client, staff get a task."""
    if points < 1:
        return counted
    before, after = counted.meter, suspect(counted.meter, points)
    for threshold, what in ((SLOW_AT, "client.slowed"), (LOCK_AT, "client.locked")):
        if before.suspicion < threshold <= after.suspicion:
            tell(session, client.acting, what, client.acting.id, codes={"suspicion": after.suspicion})
            doubt = NewTask(
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
    """Write what the call has cost, and what was asked."""
    connection, meter = session.connection(), counted.meter
    used = {"client": client.acting.id, **{name: getattr(meter, name) for name in _COUNTERS}}
    if connection.dialect.name == "postgresql":
        numbers, blocks = (bytea_array([pair[place] for pair in counted.asked], DIGEST) for place in (0, 1))
        send(connection, _KEEP_ASKED, {**used, "asked": numbers, "blocks": blocks})
        return
    connection.execute(_KEEP, used)
    if counted.asked:
        names = ("client_id", "day", "number", "block")
        rows = ((client.acting.id, counted.now.date(), *pair) for pair in counted.asked)
        connection.execute(insert(_ASKED), [dict(zip(names, row, strict=True)) for row in rows])


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
_METER_TO_DRIVER = to_driver(_METER)
_OF_TODAY = (_ASKED.c.client_id == bindparam("client"), _ASKED.c.day == bindparam("day"))
_SEEN = union_all(
    select(literal(0), _ASKED.c.number).where(
        *_OF_TODAY, _ASKED.c.number.in_(bindparam("digests", expanding=True))
    ),
    select(func.count(), _ASKED.c.block)
    .where(*_OF_TODAY, _ASKED.c.block.in_(bindparam("blocks", expanding=True)))
    .group_by(_ASKED.c.block),
)
"""What was asked before: each digest with nought, each block with how many of it."""
_SEEN_TO_DRIVER = (
    "SELECT 0, d.one FROM unnest(%(digests)s::bytea[]) d(one), LATERAL (SELECT number FROM asked_number "
    "WHERE client_id = %(client)s AND day = %(day)s AND number >= d.one ORDER BY number LIMIT 1) next "
    "WHERE next.number = d.one UNION ALL "
    "SELECT c.many, b.one FROM unnest(%(blocks)s::bytea[]) b(one), LATERAL (SELECT count(*) AS many FROM ("
    "SELECT 1 FROM asked_number WHERE client_id = %(client)s AND day = %(day)s "
    "AND block BETWEEN b.one AND b.one ORDER BY block OFFSET 0) each) c WHERE c.many > 0"
)
"""PostgreSQL: the same of however many, each looked up by itself. It is the order that makes a planner which
does not know yet how much a client asked take the right index: else it walks through all of the day's, at
every call."""
_KEEP_ASKED = (
    "WITH asked AS (INSERT INTO asked_number (client_id, day, number, block) "  # noqa: S608 - from this module alone
    "SELECT %(client)s, %(day)s, a.number, a.block "
    "FROM unnest(%(asked)s::bytea[], %(blocks)s::bytea[]) AS a(number, block)) "
    f"UPDATE api_client SET {', '.join(f'{name} = %({name})s' for name in _COUNTERS)} WHERE id = %(client)s"
)
"""PostgreSQL: both in one statement."""


def _digest(vault: Vault, client: Client, day: dt.date, text: str) -> bytes:
    # Bound to client and day: two rows tell nobody that two clients, or two days, asked for the same person.
    return fingerprint(vault.ring, f"asked number\x1f{client.acting.id}\x1f{day}\x1f{text}")


def _seen(
    session: Session, client: Client, day: dt.date, blocks: Mapping[bytes, bytes]
) -> tuple[set[bytes], Counter[bytes]]:
    """Which of these digests the client asked today, and how many it asked of each of their blocks."""
    known, asked_of = set(), Counter[bytes]()
    for count, value in _rows(session.connection(), client, day, blocks):
        if count:
            asked_of[value] = count
        else:
            known.add(value)
    return known, asked_of


def _rows(
    connection: Connection, client: Client, day: dt.date, blocks: Mapping[bytes, bytes]
) -> Iterator[Sequence[Any]]:
    digests, whole, whose = list(blocks), list(set(blocks.values())), {"client": client.acting.id, "day": day}
    if connection.dialect.name == "postgresql":
        asked = {"digests": bytea_array(digests, DIGEST), "blocks": bytea_array(whole, DIGEST)}
        yield from ask(connection, _SEEN_TO_DRIVER, {**whose, **asked})
        return
    for start in range(0, len(digests), CHUNK):
        some = {"digests": digests[start : start + CHUNK], "blocks": whole[start : start + CHUNK]}
        yield from connection.execute(_SEEN, {**whose, **some})
