"""Whatever order custody changes arrive in, the line ends where the latest day says."""

import datetime as dt
import itertools
import uuid

from hypothesis import given
from hypothesis import strategies as st

from holds.domain.custody_line import Change, Insertion, Stretch, insertion

DAY = dt.date(2023, 1, 1)
PLACES = [uuid.UUID(int=n) for n in (1, 2, 3)]


def detained(day: int, place: uuid.UUID | None, *, moved: bool = True, unit: str | None = None) -> Change:
    return Change(
        status="detained", moved=moved, place=place, housing_unit=unit, day=DAY + dt.timedelta(days=day)
    )


def released(day: int) -> Change:
    return Change(
        status="released", moved=False, place=None, housing_unit=None, day=DAY + dt.timedelta(days=day)
    )


def apply(line: list[Stretch], change: Change) -> Insertion | None:
    found = insertion(line, change)
    if found is not None:
        place = found.closes.place if found.stays and found.closes else change.place
        line.append(
            Stretch(
                id=uuid.uuid4(),
                status=change.status,
                place=place,
                housing_unit=found.housing_unit,
                since=change.day,
            )
        )
    return found


def now(line: list[Stretch]) -> Stretch:
    return max(line, key=lambda stretch: stretch.since or dt.date.min)


changes = st.lists(
    st.builds(detained, st.integers(0, 400), st.sampled_from(PLACES), unit=st.sampled_from([None, "A1"]))
    | st.builds(released, st.integers(0, 400)),
    min_size=1,
    max_size=6,
    unique_by=lambda change: change.day,
)


@given(changes)
def test_latest_day_decides_where_somebody_is_in_whatever_order_it_came(
    changes: list[Change],
) -> None:
    latest = max(changes, key=lambda change: change.day)
    for order in itertools.islice(itertools.permutations(changes), 24):
        line: list[Stretch] = []
        for change in order:
            apply(line, change)
        assert (now(line).status, now(line).place) == (latest.status, latest.place)


@given(changes)
def test_the_same_changes_again_change_nothing(changes: list[Change]) -> None:
    line: list[Stretch] = []
    for change in changes:
        apply(line, change)
    assert [insertion(line, change) for change in changes] == [None] * len(changes)


def test_late_change_goes_into_the_past() -> None:
    line: list[Stretch] = []
    apply(line, detained(0, PLACES[0]))
    apply(line, detained(10, PLACES[1]))
    late = apply(line, detained(5, PLACES[2]))
    assert late is not None
    assert late.closes is line[0]
    assert late.until == DAY + dt.timedelta(days=10)


def test_housing_unit_alone_keeps_the_place_and_a_transfer_to_nowhere_loses_it() -> None:
    line: list[Stretch] = []
    apply(line, detained(0, PLACES[0]))
    unit = apply(line, detained(1, None, moved=False, unit="B2"))
    assert unit is not None
    assert unit.stays
    gone = apply(line, detained(2, None, moved=True))
    assert gone is not None
    assert (gone.stays, now(line).place, now(line).housing_unit) == (False, None, None)


def test_same_place_without_a_unit_says_nothing_new() -> None:
    line: list[Stretch] = []
    apply(line, detained(0, PLACES[0], unit="A1"))
    assert insertion(line, detained(4, PLACES[0], moved=False)) is None
    assert insertion(line, detained(4, PLACES[0], moved=False, unit="A2")) is not None
