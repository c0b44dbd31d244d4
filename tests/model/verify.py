"""`make model`: every claim of the model on its own, the wider searches, and every variant. Prints all."""

import sys
import tempfile
import time
from pathlib import Path

from tests.model.claims import ALL, CLAIMS, SMALL, VARIANTS, WIDER, Variant
from tests.model.spin import Search, Writes, build, search


def told(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def claim_holds(folder: Path, writes: Writes, claims: tuple[str, ...], *defines: str) -> bool:
    """Search for each claim in one built checker; whether all hold, exhaustively."""
    checker = build(folder, writes, *defines)
    held = True
    for claim in claims:
        began = time.monotonic()
        found = search(checker, claim)
        verdict = "holds, exhaustive" if found.exhaustive else ("BROKEN" if found.errors else "TRUNCATED")
        held &= found.exhaustive
        told(f"  {claim:28} {found.states:>12,} states  {verdict}  ({time.monotonic() - began:.0f} s)")
    return held


def break_by(folder: Path, variant: Variant) -> Search:
    """The search of a variant for the claim that it breaks, without deaths: shorter, and no less wrong."""
    return search(build(folder, variant.writes, variant.name, "NOBODY_DIES", quick=True), variant.breaks)


def main() -> int:
    """0 where every claim holds in an exhaustive search and every variant is caught."""
    caught = 0
    with tempfile.TemporaryDirectory() as folder:
        told(f"2 people, {SMALL}:")
        sound = claim_holds(Path(folder), SMALL, CLAIMS)
        for wide in WIDER:
            told(f"2 people, {wide}, nobody dies:")
            sound &= claim_holds(Path(folder), wide, (ALL,), "NOBODY_DIES")
        told("Variants:")
        for variant in VARIANTS:
            found = break_by(Path(folder), variant)
            caught += found.errors > 0
            steps = f"caught after {found.depth} steps" if found.errors else "NOT CAUGHT"
            told(f"  {variant.name:24} {variant.breaks:28} {found.states:>10,} states  {steps}")
    told(
        f"{len(CLAIMS)} properties {'hold' if sound else 'DO NOT ALL HOLD'}; "
        f"{len(VARIANTS)} broken variants, {caught} caught"
    )
    return 0 if sound and caught == len(VARIANTS) else 1


if __name__ == "__main__":
    sys.exit(main())
