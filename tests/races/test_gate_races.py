"""Guarantees 1, 5 and 7 under fire, in short: `make races` runs as many as the CI and the long run ask for.

And the same races over weakened triggers, where the checker must find what the triggers prevent.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.holds.store.record import BACKENDS, Record, open_record
from tests.races.crew import Crew
from tests.races.run import LEVELS, crews_at, report
from tests.races.scenes import BULK, BULK_ON_SQLITE, Chance
from tests.races.track import Plan, race
from tests.races.weakenings import WEAKENINGS, restore, weaken

RACES, WEAKENED_RACES = 120, 40
BARE, MERGED_BEFORE = Chance(0.02, ("bare",)), Chance(0.02, ("bare",), late=4)
SCENES = {
    "expiry by the wrong clock": ("hold against expiry",),
    "merge not followed": ("hold against merge",),
}
CLEARING = ("hold against clear", "hold against consume")


@dataclass(frozen=True)
class Track:
    """A record, and the crew that races over it."""

    record: Record
    crews: list[Crew]


@pytest.fixture(scope="module", params=BACKENDS)
def track(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Track]:
    for record in open_record(request, tmp_path_factory, demo=False):
        with crews_at(record, 1) as crews:
            yield Track(record, crews)


def _tracks() -> list[object]:
    postgresql = [pytest.param("postgresql", level, id=f"postgresql {level}".lower()) for level in LEVELS]
    return [*postgresql, pytest.param("sqlite", "its own", id="sqlite")]


@pytest.mark.parametrize(("track", "isolation"), _tracks(), indirect=["track"], scope="module")
def test_nobody_is_cleared_or_boarded_over_a_hold(
    track: Track, isolation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = BULK_ON_SQLITE if track.record.sqlite else BULK
    result = race(track.record, track.crews, RACES, Plan(isolation, chance=chance, in_actions=20))
    with capsys.disabled():
        report(f"\n{track.record.backend}, {isolation}", result)
    assert result.faults == {}
    assert result.failures == {}
    assert result.met >= RACES
    told = sum(count for outcome, count in result.outcomes.items() if "boarded" in outcome)
    assert told > 0
    assert any("refused" in outcome for outcome in result.outcomes)


@pytest.mark.parametrize("weakening", WEAKENINGS)
@pytest.mark.parametrize("track", BACKENDS, indirect=True, scope="module")
def test_the_checker_finds_what_a_weakened_gate_lets_through(
    track: Track, weakening: str, capsys: pytest.CaptureFixture[str]
) -> None:
    scenes = SCENES.get(weakening, CLEARING)
    follows = weakening != "merge not followed"
    chance = BARE if follows else MERGED_BEFORE
    plan = Plan("READ COMMITTED", scenes, chance, in_actions=0, follows=follows)
    weaken(track.record, weakening)
    try:
        result = race(track.record, track.crews, WEAKENED_RACES, plan)
    finally:
        restore(track.record)
    kinds = sorted({fault for faults in result.faults.values() for fault in faults})
    with capsys.disabled():
        sys.stdout.write(f"\n{weakening} ({track.record.backend}): {result.met} races, ")
        sys.stdout.write(f"{len(result.faults)} violations: {'; '.join(kinds)}\n")
    assert result.faults, "the races did not find it"
