"""`make bench-gate`: how fast the gate answers, side by side with the least that any answer costs.

Every figure is measured in one run: ours and raw in turn, after a warm-up, as medians of rounds. Exit status
1 where a bar is missed.
"""

import sys

from bench.checks import LINES, manifest, single
from bench.endpoint import endpoint
from bench.figures import Figure
from bench.ground import ground, postgresql
from bench.voiding import voiding
from wsgi import spare_the_collector

FEW = 100


def main() -> int:
    """Measure, print a line a figure, and say whether every bar was met."""
    wanted = set(sys.argv[1:]) or {"a", "b", "c", "d"}
    found: list[Figure] = []

    def note(*figures: Figure) -> None:
        for figure in figures:
            print(figure.line(), flush=True)  # noqa: T201 - its purpose
        found.extend(figures)

    spare_the_collector()  # as the server does
    with postgresql() as server:
        if wanted & {"a", "b"}:
            for place in (server, None):
                with ground(place, "checks") as record:
                    if "a" in wanted:
                        note(*single(record))
                    if "b" in wanted:
                        note(*(manifest(record, on_record=count) for count in (LINES // 10, LINES)))
                    record.database.engine.dispose()
        if "c" in wanted:
            with ground(server, "endpoint") as record:
                note(*endpoint(record))
                record.database.engine.dispose()
        if "d" in wanted:
            with ground(server, "voiding", people=FEW) as record:
                note(*voiding(record))
                record.database.engine.dispose()
    missed = [figure for figure in found if not figure.passed]
    print(f"{len(found)} figures, {len(missed)} bars missed")  # noqa: T201 - its purpose
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
