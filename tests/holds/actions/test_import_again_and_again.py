"""Lists come corrected, shuffled, in part and twice: they add and amend, and nobody is ever lost by it."""

import csv
import functools
import uuid
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from holds.actions.import_run import import_record_list
from holds.actions.register_incident import register_incident
from holds.store.exposures import Exposure, Incident
from holds.store.gates import HoldEnding
from holds.store.people import Person
from tests.holds.actions.lists import LEAK, PEOPLE
from tests.holds.store.record import BACKENDS, Record, open_record

NAMES = ("PEREZ, ANA MARIA", "OKORO, BEN", "LI, CLEO", "DIAZ, EVA", "ZHOU, WEI", "SINGH, HARPREET")
Said = tuple[int, list[tuple[int, int]]]
AMENDED = {
    2: ("1990-04-25", "04/25/1990"),  # the same day in another writing
    3: ("Cuba", "", "VENEZUELA"),
    4: ("ADAMSMS", "Nowhere Jail", ""),
    5: ("Detained", "Released", ""),
}
change = st.tuples(st.sampled_from(sorted(AMENDED)), st.integers(0, 2))
row = st.tuples(st.integers(0, len(NAMES) - 1), st.lists(change, max_size=3))
lists_of_rows = st.lists(st.lists(row, max_size=9), min_size=1, max_size=5)


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def written(base: int, who: int, changes: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """A row about one of the people; identity stays, everything else may be said in another way."""
    cells = [f"A{base + who}", NAMES[who], "1990-04-25", "Cuba", "ADAMSMS", "Detained", "", ""]
    for column, which in changes:
        said = AMENDED[column]
        cells[column] = said[which % len(said)]
    return tuple(cells)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(files=lists_of_rows)
def test_any_sequence_of_lists_only_adds_and_amends(
    record: Record, tmp_path_factory: pytest.TempPathFactory, files: list[list[Said]]
) -> None:
    base = 910_000_000 + uuid.uuid4().int % 80_000_000
    folder, incident = tmp_path_factory.mktemp("lists"), f"leak {base}"
    operator = record.staff["operator"]
    with record.database.transaction() as session:
        register_incident(session, acting=operator, name=incident, occurred_at=LEAK, fields=["name"])
    named: set[int] = set()
    on_record: set[uuid.UUID] = set()
    for number, rows in enumerate(files):
        path = folder / f"{number}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([PEOPLE, *(written(base, who, changes) for who, changes in rows)])
        take = functools.partial(
            import_record_list, record.database, acting=operator, path=path, incident=incident
        )
        tried, done = take(dry_run=True), take()
        assert dict(tried.counts) == dict(done.counts), "a trial shows what will be"
        counts = done.counts
        kinds = ("imported", "updated", "duplicates", "without_number", "rejected")
        assert sum(counts[kind] for kind in kinds) == counts["rows"] == len(rows)
        named |= {who for who, _ in rows}
        before = on_record
        with record.database.reading() as session:
            exposed = select(Exposure.person_id).join(Incident, Incident.id == Exposure.incident_id)
            on_record = set(session.scalars(exposed.where(Incident.name == incident)))
            ended = session.scalar(select(func.count()).select_from(HoldEnding))
            kept = session.scalar(select(func.count()).select_from(Person).where(Person.id.in_(on_record)))
        assert before <= on_record, "nobody leaves the record"
        assert len(on_record) == len(named) == kept, "one person each, and everyone who was ever named"
        assert ended == 0
        again = take()
        assert again.repeated
        assert again.counts["duplicates"] == len(rows)
