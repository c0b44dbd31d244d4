"""The whole life of holds against an oracle: blocked iff a hold is active, refused iff it must be.

On both databases, with the demo's clock. HOLDFAST_LIVES sets how many lives Hypothesis makes up on each; the
default keeps it under forty seconds a database, and 100 is the long form (`make lives`), in which every act
of the list below has to have occurred by chance. One life is told beforehand, so that each occurs always.
"""

import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.flows.full_life import FullLife
from tests.flows.remembered import CHOSEN, EXTRADITED, LEFT_BY_CHOICE, RESTS_ON
from tests.flows.whole_life import WAITS
from tests.holds.store.record import BACKENDS, Record, open_record

LIVES, STEPS, LONG = int(os.environ.get("HOLDFAST_LIVES", "6")), 30, 300
MUST_HAPPEN = (
    *("release: done", "board: done"),
    *("close as entered_in_error: done", "close as closed_departed_by_choice: done"),
    *("close as closed_deceased: done", "close as stay_rejected: done", "board: refused", "depart: done"),
    *("clear for removal: done", "clear for voluntary_departure: done", "clear for removal: refused"),
    *("same_person: done", "wrong_merge: done", "dispute: done", "object: done", "release: refused"),
    *(f"close as {kind}: done" for kind in RESTS_ON),
    *("clear for extradition: done", "revoke: done", "appear: done", "report: done", "report: refused"),
)
"""What has to occur in the life that is told, and in a run of LONG lives and more."""


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def test_every_life_of_a_hold_goes_as_the_oracle_says(
    record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    tally: dict[str, int] = {}
    machine = type("Machine", (FullLife,), {"record": record, "tally": tally})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )
    with capsys.disabled():
        told = ", ".join(f"{said} {count}" for said, count in sorted(tally.items()))
        sys.stdout.write(f"\n{LIVES} lives on {record.backend}: {told}\n")
    if LIVES >= LONG:
        assert _missing(tally) == []


def test_a_life_in_which_everything_happens_goes_as_the_oracle_says(record: Record) -> None:
    tally: dict[str, int] = {}
    life: FullLife = type("Machine", (FullLife,), {"record": record, "tally": tally})()
    life.arrive(free=1)
    life.clear(0, "removal")
    life.place(0, "casey", stay=False)
    life.board(0)  # refused: voided by the hold
    life.close_the_whole_way(0, "entered_in_error")
    life.clear(0, "removal")
    life.wait(WAITS[1])
    life.board(0)  # refused: the quarter of an hour is over
    life.go(0, "removal")
    life.close_the_whole_way(0, "stay_rejected")
    life.close_the_whole_way(1, CHOSEN)
    life.clear(1, "removal")  # refused: they chose to leave, and nothing else
    life.go(1, LEFT_BY_CHOICE)
    life.merge(0, 1)
    life.clear(0, "removal")  # refused: the other of them is held
    life.serve(0, proven=True)
    life.dispute(1)
    life.split()
    life.close_the_whole_way(2, "closed_deceased")
    life.clear(2, "removal")  # refused: who died is not removed
    life.place(0, "casey", stay=False)
    life.object(0, len(life.oracle.people[0].holds) - 1)
    life.go_the_whole_way(0)  # refused: somebody objected
    tell_of_courts_and_counsel(life)
    assert _missing(tally) == []


def tell_of_courts_and_counsel(life: FullLife) -> None:
    """Of three others: one is sent abroad by a court, one was never served, one changes their mind."""
    life = type(life)()
    life.arrive(free=2)
    life.report(0)  # refused: a court had let them go
    life.dispute(0)  # and is back: the notice never came
    life.clear(0, "removal")  # refused
    life.appear(1)
    life.place(1, "casey", stay=False)
    life.close_the_whole_way(1, EXTRADITED)
    life.review(1, len(life.oracle.people[1].holds) - 1, "vacated")
    life.clear(1, "extradition")  # refused: the order was vacated
    life.close_the_whole_way(2, CHOSEN)
    life.revoke(2)
    life.clear(2, LEFT_BY_CHOICE)  # refused: taken back
    life.close_the_whole_way(2, CHOSEN)  # said twice anew
    life.report(2)
    for number, kind in enumerate(RESTS_ON):
        life.place(number, "casey", stay=False)
        life.close_the_whole_way(number, kind)
        life.clear(number, "removal")  # refused: who is protected is not removed


def _missing(tally: dict[str, int]) -> list[str]:
    return [act for act in MUST_HAPPEN if not tally.get(act)]
