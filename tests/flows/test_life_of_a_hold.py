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

from tests.flows.oracle import CHOSEN, LEFT_BY_CHOICE
from tests.flows.whole_life import WAITS, WholeLife
from tests.holds.store.record import BACKENDS, Record, open_record

LIVES, STEPS, LONG = int(os.environ.get("HOLDFAST_LIVES", "6")), 30, 100
MUST_HAPPEN = (
    *("release: done", "board: done"),
    *("close as entered_in_error: done", "close as closed_departed_by_choice: done"),
    *("close as closed_deceased: done", "close as stay_rejected: done", "board: refused", "depart: done"),
    *("clear for removal: done", "clear for voluntary_departure: done", "clear for removal: refused"),
    *("same_person: done", "wrong_merge: done", "dispute: done", "object: done", "release: refused"),
)
"""What has to occur in the life that is told, and in a run of LONG lives and more."""


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def test_every_life_of_a_hold_goes_as_the_oracle_says(
    record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    tally: dict[str, int] = {}
    machine = type("Machine", (WholeLife,), {"record": record, "tally": tally})
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
    life: WholeLife = type("Machine", (WholeLife,), {"record": record, "tally": tally})()
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
    assert _missing(tally) == []


def _missing(tally: dict[str, int]) -> list[str]:
    return [act for act in MUST_HAPPEN if not tally.get(act)]
