"""Zones of places: what quiet hours and deadlines are counted in."""

from zoneinfo import ZoneInfo

import pytest

from holds.domain.place_zone import _BY_STATE, _DIVIDED, place_zone


@pytest.mark.parametrize(
    ("state", "zip_code", "zone"),
    [
        ("MS", "39120", "America/Chicago"),
        ("TX", "78061", "America/Chicago"),
        ("TX", "79925", "America/Denver"),
        ("AZ", None, "America/Phoenix"),
        ("fl", "33194", "America/New_York"),
        ("FL", "32405", None),
        ("TX", None, None),
        ("ZZ", "00000", None),
        (None, None, None),
    ],
)
def test_zone_of_a_place(state: str | None, zip_code: str | None, zone: str | None) -> None:
    assert place_zone(state, zip_code) == zone


def test_every_zone_is_one_that_exists() -> None:
    for zone in [*_BY_STATE, *(z for usual, _, other, _ in _DIVIDED.values() for z in (usual, other))]:
        assert ZoneInfo(zone).key == zone
