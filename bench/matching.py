"""How well and how fast facilities are matched: `python -m bench.matching [LOCATIONS] [SEED]`.

Quality: the agency's FY2022 statistics against its 2017 list by the labels in tests/holds/matching, the two
alias lists there (one was looked at while the rules were made, the other was not), and each facility of the
2017 list asked for while it is missing, where every match without a person is a mistake. Speed: LOCATIONS
(100,000) noisy locations beside a bare rapidfuzz cdist of the distinct texts and the directory's names, in
seconds of the processor, so that whatever else the machine does counts for neither. The list is read from
../shared/data; without it nothing is measured, and the exit status is 1.
"""

import gc
import sys
import time
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process

from holds.matching.facility import FacilityDirectory, FacilityEntry, Location
from tests.holds.matching.agency import DATA, LIST_2017, list_entries
from tests.holds.matching.noise import noisy_locations
from tests.holds.matching.quality import ALIASES, HELD_BACK, LABELS, absent, labelled, score
from wsgi import MADE_AT_ONCE

TURNS = 3
# Rows of the matrix that are made at one time: as a whole it would be half a gigabyte.
BLOCK = 5_000
# WRatio takes minutes for all texts: it is measured on so many of them.
SAMPLE = 1_000


def main(locations: int, seed: int) -> int:
    """Print every figure with the data it was measured on. 1 where the list is missing."""
    if not (DATA / LIST_2017).exists():
        sys.stderr.write(f"Not measured: {LIST_2017} is not in {DATA}\n")
        return 1
    gc.set_threshold(MADE_AT_ONCE)  # as the command itself has it
    entries = list_entries()
    directory = FacilityDirectory(entries)
    _say(f"Facilities: {len(entries):,} of {LIST_2017}")
    _quality(directory)
    noisy = noisy_locations(directory, locations, seed)
    asked = [location for _, location in noisy]
    texts = list({location.text for location in asked})
    _say(f"Noise: {locations:,} locations, {len(texts):,} distinct texts, seed {seed}")
    matches = directory.match_many(asked)
    sure = [one.facility_id == meant for one, (meant, _) in zip(matches, noisy, strict=True) if one.certain]
    right = sum(sure)
    _say(f"  precision {right / len(sure):.5f}, recall {right / len(noisy):.4f} without a person")
    _speed(entries, asked, texts)
    return 0


def _quality(directory: FacilityDirectory) -> None:
    for path in (LABELS, ALIASES, HELD_BACK):
        rows = labelled(path)
        for given in ("city and state", "state", "nothing"):
            _say(f"  {path.name}, {given} known: {score(directory, rows, given)}")
    for given in ("city and state", "state"):
        count, wrong = absent(directory, given)
        _say(f"  asked for while missing, {given} known: {len(wrong)} of {count:,} taken for another")


def _speed(entries: Sequence[FacilityEntry], asked: Sequence[Location], texts: Sequence[str]) -> None:
    names = [entry.names[0] for entry in entries]
    ours = min(_timed_match(entries, asked) for _ in range(TURNS))
    _say(f"  matching, directory and all: {ours:.2f} s (best of {TURNS})")
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio, fuzz.WRatio):
        part = texts[:SAMPLE] if scorer is fuzz.WRatio else texts
        least = min(_timed_cdist(part, names, scorer) for _ in range(TURNS)) * len(texts) / len(part)
        told = f" (from {len(part):,} texts)" if len(part) < len(texts) else ""
        _say(f"  bare cdist, {scorer.__name__}{told}: {least:.2f} s; matching takes {ours / least:.2f}x")


def _timed_match(entries: Sequence[FacilityEntry], asked: Sequence[Location]) -> float:
    started = time.process_time()
    FacilityDirectory(entries).match_many(asked)
    return time.process_time() - started


def _timed_cdist(texts: Sequence[str], names: Sequence[str], scorer: Callable[..., float]) -> float:
    started = time.process_time()
    for start in range(0, len(texts), BLOCK):
        process.cdist(texts[start : start + BLOCK], names, scorer=scorer)
    return time.process_time() - started


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:3]]
    sys.exit(main(*(given + [100_000, 1][len(given) :])))
