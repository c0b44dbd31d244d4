"""What an import tells of itself: what a batch leaves behind, and the counts of a file that came before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from holds.actions.failing_rows import ListRow, mend
from holds.actions.list_kind import COUNTED
from holds.actions.source_lists import Done, Failure, OpenList, save_failing_rows
from holds.domain.staff import Acting
from holds.intake.problem import CellProblem


@dataclass(frozen=True)
class Begun:
    """A list ready to be filled (`opened`; None where the file is in and gives nothing new).

    Of a file that came before: its reference and counts, its rows that had named nobody (`unknown`), and all
    of its rows that were not taken in.
    """

    opened: OpenList | None
    reference: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    unknown: frozenset[int] = frozenset()
    untaken: frozenset[int] = frozenset()

    @property
    def earlier(self) -> Mapping[str, int] | None:
        """The counts the list had, where it was finished before."""
        return self.counts if self.reference else None


def settle(session: Session, acting: Acting, opened: OpenList, rows: Sequence[ListRow], done: Done) -> None:
    """Keep what a batch leaves to mend, close what it mends, and count both."""
    save_failing_rows(session, done.failing)
    mended = list(done.mended)
    if opened.retried is not None:
        still = {failing["row_number"] for failing in done.failing}
        mended += [Failure(opened.id, row.row, None) for row in rows if row.row not in still]
    mend(session, acting=acting, opened=opened, mended=mended)
    if mended:
        done.counts["mended"] += len(set(mended))
    for problem in problems_of(done):
        done.counts[f"problem.{problem.code}"] += 1


def problems_of(done: Done) -> list[CellProblem]:
    """Everything wrong with the rows that are kept to be mended, each at its place."""
    return [
        CellProblem(failing["row_number"], problem["column"], problem["letter"], problem["code"])
        for failing in done.failing
        for problem in failing["problems"]
    ]


def kept_counts(before: Mapping[str, int], retried: Mapping[str, int]) -> dict[str, int]:
    """The counts of a list as they stand after rows that it had rejected were tried again."""
    gained = {name: before[name] + retried[name] for name in ("imported", "updated", "without_number")}
    taken = sum(retried[name] for name in COUNTED[1:] if name != "rejected")
    return (
        dict(before)
        | gained
        | {
            "duplicates": before["duplicates"] + retried["duplicates"],
            "rejected": before["rejected"] - taken,
            "not_on_record": retried.get("not_on_record", 0),
        }
    )


def told_counts(begun: Begun, final: Mapping[str, int], total: int) -> dict[str, int]:
    """The counts of this run; of a file that came before, its other rows are duplicates."""
    if begun.earlier is None:
        return dict(final)
    if begun.opened is None:
        rejected = min(len(begun.untaken), begun.counts["rejected"])
        return dict.fromkeys(COUNTED, 0) | {
            "rows": total,
            "duplicates": total - rejected,
            "rejected": rejected,
        }
    return dict(final) | {
        "rows": total,
        "rejected": final["rejected"] + len(begun.untaken - begun.unknown),
        "duplicates": final["duplicates"] + total - len(begun.untaken),
    }
