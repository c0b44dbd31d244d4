"""How soon a clearance is void after a hold: from the hold's commit to the answer that nobody boards."""

import random
import time
import uuid

from sqlalchemy import text

from bench.figures import Figure, percentile
from bench.ground import Ground
from holds.actions.clear_removal import BlockedError, record_boarding
from holds.store import triggers
from holds.store.engine import make_engine
from wsgi import METADATA

OUTSTANDING = 100_000
ONE_BY_ONE = 300
OF_ALL = 1_000
BAR = 1_000.0
_PEOPLE = (
    "CREATE TEMPORARY TABLE cleared AS SELECT n, gen_random_uuid() AS person, gen_random_uuid() AS hold, "
    "gen_random_uuid() AS closing, gen_random_uuid() AS clearance FROM generate_series(1, :count) n",
    "INSERT INTO gate (person_id, epoch) SELECT person, 3 FROM cleared",
    "INSERT INTO hold (id, reference, person_id, epoch, basis, organisation_id, placed_by, placed_at) "
    "SELECT hold, 'H' || n, person, 1, 'tro', :organisation, :caseworker, now() FROM cleared",
    "INSERT INTO person (id, organisation_id, reference, first_hold_id, with_number, sealed_facts, "
    "created_at) SELECT person, :organisation, 'P' || n, hold, true, '', now() FROM cleared",
    "INSERT INTO person_index (kind, value, person_id, index_key_id) "
    "SELECT 'a_number', sha256(person::text::bytea), person, 'bench' FROM cleared",
    "INSERT INTO closing (id, hold_id, person_id, kind, sealed_reasons, proposed_by, outside, proposed_at) "
    "SELECT closing, hold, person, 'entered_in_error', '', :caseworker, true, now() FROM cleared",
    "INSERT INTO hold_ending (hold_id, person_id, epoch, kind, closing_id, proposed_by, ended_by, outside, "
    "ended_at) SELECT hold, person, 2, 'entered_in_error', closing, :caseworker, :supervisor, true, now() "
    "FROM cleared",
    "INSERT INTO clearance (id, reference, person_id, epoch, departure_kind, destination, issued_to, "
    "issued_at, expires_at) SELECT clearance, 'C' || n, person, 3, 'removal', 'CU', :officer, now(), "
    "now() + interval '15 minutes' FROM cleared",
)
_WOULD_BOARD = (
    "SELECT count(*) FROM clearance c JOIN gate g ON g.person_id = c.person_id WHERE c.epoch = g.epoch "
    "AND c.expires_at > now() AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.person_id = c.person_id "
    "AND NOT EXISTS (SELECT 1 FROM hold_ending e WHERE e.hold_id = h.id))"
)
_HOLD = (
    "INSERT INTO hold (id, reference, person_id, epoch, basis, organisation_id, placed_by, placed_at) "
    "SELECT gen_random_uuid(), gen_random_uuid()::text, c.person_id, g.epoch + 1, 'tro', :organisation, "
    ":caseworker, holdfast_now() FROM clearance c JOIN gate g ON g.person_id = c.person_id "
    "{whom} ORDER BY c.person_id"
)


def voiding(ground: Ground) -> list[Figure]:
    """With all of them outstanding: holds on one person each, then one order that covers everybody."""
    cleared = _clear(ground)
    chosen = random.Random(1).sample(sorted(cleared), ONE_BY_ONE + OF_ALL)  # noqa: S311 - which, not what
    before = _would_board(ground)
    if before != OUTSTANDING:
        raise RuntimeError(f"{before} clearances are outstanding")
    single, staff = [], _staff(ground)
    for person_id in chosen[:ONE_BY_ONE]:
        with ground.database.transaction() as session:
            one = _HOLD.format(whom="WHERE c.person_id = :person")
            session.execute(text(one), {**staff, "person": person_id})
        single.append(_until_refused(ground, cleared[person_id]))
    with ground.database.transaction() as session:
        session.execute(text(_HOLD.format(whom="")), staff)
    committed = time.perf_counter()
    left = _would_board(ground)
    counted = (time.perf_counter() - committed) * 1e3
    together = [_until_refused(ground, cleared[person_id]) for person_id in chosen[ONE_BY_ONE:]]
    detail = f"median {percentile(single, 0.5):.1f} ms of {len(single)} holds, one by one"
    every = f"median {percentile(together, 0.5):.1f} ms of {len(together)} asked after one order for all"
    name = f"d  void after a hold, {OUTSTANDING:,} outstanding, p99"
    return [
        Figure(name, percentile(single, 0.99), "ms", detail, BAR),
        Figure(f"{name}, batch", percentile(together, 0.99), "ms", every, BAR),
        Figure("d  clearances that would still board", float(left), "", f"counted in {counted:.0f} ms", 0.0),
    ]


def _staff(ground: Ground) -> dict[str, uuid.UUID]:
    return {"organisation": ground.officer.organisation_id, "caseworker": ground.caseworker.id}


def _clear(ground: Ground) -> dict[uuid.UUID, uuid.UUID]:
    """People whose hold has ended, each with a clearance; put there with the triggers lifted."""
    owner = make_engine(ground.url, as_owner=True)
    values: dict[str, object] = {
        **_staff(ground),
        "supervisor": ground.supervisor.id,
        "officer": ground.officer.id,
    }
    values["count"] = OUTSTANDING
    with owner.begin() as connection:
        triggers.uninstall(connection)
        for statement in _PEOPLE:
            connection.execute(text(statement), {n: v for n, v in values.items() if f":{n}" in statement})
        rows = connection.execute(text("SELECT person, clearance FROM cleared")).all()
        triggers.install(connection, METADATA)
    with owner.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
    owner.dispose()
    return {row.person: row.clearance for row in rows}


def _until_refused(ground: Ground, clearance_id: uuid.UUID) -> float:
    """What the officer sees: milliseconds from now, right after the commit, to the answer."""
    begun = time.perf_counter()
    try:
        with ground.database.transaction() as session:
            record_boarding(session, ground.database, acting=ground.officer, clearance_id=clearance_id)
    except BlockedError:
        return (time.perf_counter() - begun) * 1e3
    raise RuntimeError("somebody boarded on a void clearance")


def _would_board(ground: Ground) -> int:
    with ground.database.reading() as session:
        return int(session.execute(text(_WOULD_BOARD)).scalar_one())
