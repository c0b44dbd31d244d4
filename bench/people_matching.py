"""How well, and how fast, people are matched: every figure with its data set.

`python -m bench.people_matching [febrl] [roster]`: FEBRL 4 against Splink in one run; then rosters of 20,000
rows against 100,000 people of the leak's countries, of three seeds. It ends with status 1 where a bar is
missed.
"""

import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence

from bench.febrl import described, tables
from bench.roster_rows import Row, record_and_roster
from bench.splink_baseline import scored_pairs
from holds.matching.people import CONFIDENT, PeopleIndex

PEOPLE, ROWS, SEEDS = 100_000, 20_000, (21, 22, 23)
PRECISION, RECALL, SHARE_OF_SPLINK = 0.995, 0.93, 0.25
ROSTER_RECALL, SECONDS, MEGABYTES = 0.95, 60.0, 2048
AUTOMATIC = ("exact", "confident")

Scored = Sequence[tuple[float, int, int]]
"""Score, number of the original, number of the copy; likeliest first."""


def main(wanted: Sequence[str]) -> int:
    """Print the figures; 1 where a bar is missed."""
    passed = True
    if not wanted or "febrl" in wanted:
        passed &= _febrl()
    if not wanted or "roster" in wanted:
        passed &= _rosters()
    return 0 if passed else 1


def _febrl() -> bool:
    originals, copies = tables()
    began = time.perf_counter()
    record, asked = described(originals), described(copies)
    index = PeopleIndex(record)
    found = {number: index.match(said) for number, said in asked.items()}
    seconds = time.perf_counter() - began
    pairs = sorted(
        ((one.bits, one.id, number) for number, some in found.items() for one in some), reverse=True
    )
    by_score = [pair for pair in pairs if pair[0] >= CONFIDENT]
    right = sum(one == other for _, one, other in by_score)
    alone = [(some[0].id, n) for n, some in found.items() if some and some[0].judgement in AUTOMATIC]
    alone_right = sum(one == other for one, other in alone)
    theirs, their_seconds = scored_pairs(originals, copies)
    ours_at, theirs_at = _recall_at(pairs, len(asked)), _recall_at(theirs, len(asked))
    _say(f"FEBRL 4, {len(asked):,} pairs, against Splink in the same run")
    _say(f"  at the threshold      precision {right / len(by_score):.4f}  recall {right / len(asked):.4f}")
    _say(
        f"  without a human       precision {alone_right / len(alone):.4f}  "
        f"recall {alone_right / len(asked):.4f}; all others asked"
    )
    _say(f"  recall at precision {PRECISION}: {ours_at:.4f}, Splink {theirs_at:.4f}")
    _say(f"  seconds {seconds:.2f}, Splink {their_seconds:.2f}: {seconds / their_seconds:.2f} of it")
    good = right / len(by_score) >= PRECISION and right / len(asked) >= RECALL
    return good and ours_at >= theirs_at and seconds <= SHARE_OF_SPLINK * their_seconds


def _recall_at(pairs: Scored, whole: int) -> float:
    """The highest recall of a threshold at which so many of the pairs are right."""
    right, best = 0, 0
    for count, (_, one, other) in enumerate(pairs, 1):
        right += one == other
        if right / count >= PRECISION:
            best = right
    return best / whole


def _rosters() -> bool:
    passed = True
    for seed in SEEDS:
        passed &= _roster(seed)
    return passed


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _roster(seed: int) -> bool:
    record, rows = record_and_roster(seed, PEOPLE, ROWS)
    began, started = time.perf_counter(), time.process_time()
    index = PeopleIndex(record)
    outcomes = Counter(_outcome(index, row) for row in rows)
    seconds, worked = time.perf_counter() - began, time.process_time() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    clients = sum(row.meant is not None for row in rows)
    shown = outcomes["right"] + outcomes["shown"]
    _say(f"Roster {seed}: {ROWS:,} rows, {clients:,} of them about somebody on a record of {PEOPLE:,}")
    _say(f"  linked without a human {outcomes['right']:,} right, {outcomes['wrong']} wrong")
    _say(f"  left to a human {outcomes['shown']:,}; lost {outcomes['lost']}; recall {shown / clients:.4f}")
    _say(f"  strangers: {outcomes['nobody']:,} told so, {outcomes['asked']} asked about")
    _say(
        f"  seconds {seconds:.1f} ({worked:.1f} of the processor), "
        f"megabytes of the whole process so far {megabytes:,}"
    )
    good = outcomes["wrong"] == 0 and shown / clients >= ROSTER_RECALL
    return good and worked <= SECONDS and megabytes <= MEGABYTES


def _outcome(index: PeopleIndex[int], row: Row) -> str:
    found = index.match(row.said)
    if found and found[0].judgement in AUTOMATIC:
        return "right" if found[0].id == row.meant else "wrong"
    if row.meant is None:
        return "asked" if found else "nobody"
    return "shown" if any(one.id == row.meant for one in found) else "lost"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
