"""To whom a hold goes, and when the next rung is climbed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.transmission import (
    LADDER,
    Addressee,
    AddresseeKind,
    Limits,
    Rung,
    Whereabouts,
    addressees,
    office_name,
    rungs_reached,
)

NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
NOL, ADAMS = Addressee(AddresseeKind.FIELD_OFFICE, "NOL"), Addressee(AddresseeKind.FACILITY, "ADAMSMS")


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Whereabouts(detained=True, facility="ADAMSMS", aor="NOL", last_aor="MIA"), (NOL, ADAMS)),
        (Whereabouts(detained=True, facility="adamsms ", aor=" nol"), (NOL, ADAMS)),
        (Whereabouts(detained=True, facility="ADAMSMS"), (ADAMS,)),
        (Whereabouts(detained=True, last_aor="NOL"), (NOL,)),
        (Whereabouts(detained=False, facility="ADAMSMS", last_aor="NOL"), (NOL,)),
        (Whereabouts(detained=False), ()),
        (Whereabouts(detained=True, facility=" ", aor=""), ()),
    ],
)
def test_the_field_office_and_the_facility_that_have_the_person(
    where: Whereabouts, expected: tuple[Addressee, ...]
) -> None:
    assert addressees(where) == expected


def test_detained_people_cannot_wait() -> None:
    assert Limits().of(detained=True) == dt.timedelta(minutes=60)
    assert Limits().of(detained=False) == dt.timedelta(hours=24)


@pytest.mark.parametrize(
    ("minutes", "count"), [(-1, 0), (0, 1), (14, 1), (15, 2), (29, 2), (30, 3), (59, 3), (60, 4), (9999, 4)]
)
def test_each_rung_at_its_minute(minutes: int, count: int) -> None:
    assert rungs_reached(NOON, NOON + dt.timedelta(minutes=minutes)) == tuple(Rung)[:count]


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_rung_once_reached_stays_reached(earlier: int, later: int) -> None:
    first, second = (NOON + dt.timedelta(seconds=s) for s in sorted((earlier, later)))
    reached = rungs_reached(NOON, first)
    assert rungs_reached(NOON, second)[: len(reached)] == reached


def test_everybody_is_called_at_last() -> None:
    assert [rung for rung, _ in LADDER] == list(Rung)
    assert [after for _, after in LADDER] == sorted(after for _, after in LADDER)


@given(st.text())
def test_offices_are_compared_however_they_are_written(text: str) -> None:
    name = office_name(text)
    assert name is None or office_name(f"  {name} ") == name
