"""The counsel roster: appearances as firms report them, one row for each attorney and client."""

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from notify.cli.demo.cases import Case
from notify.cli.demo.counsel import Attorney
from notify.cli.demo.people import AS_OF, Person

HEADINGS = (
    "EOIR ID",
    "Bar Jurisdiction",
    "Bar Number",
    "Attorney",
    "Firm",
    "E-mail",
    "Phone",
    "Client A-Number",
    "Client Name",
    "Client DOB",
    "Form",
    "Scope",
    "Filed",
    "Withdrawn",
)

ALL, CUSTODY_ONLY, ALL_BUT_CUSTODY = "All proceedings", "Custody and bond only", "All but custody and bond"


@dataclass(frozen=True)
class RosterCounts:
    """What the roster holds; every count but ``rows`` is of rows made special in one known way."""

    rows: int
    clients: int
    wrong_number: int
    withdrawn: int
    custody_only: int
    off_list: int


@dataclass(frozen=True)
class Appearance:
    """One row of the roster."""

    attorney: Attorney
    client: Person
    number: int
    form: str
    scope: str
    filed: date
    withdrawn: date | None = None

    def cells(self) -> tuple[str, ...]:
        attorney = self.attorney
        return (
            attorney.eoir_id,
            attorney.bar_jurisdiction,
            attorney.bar_number,
            attorney.spoken(),
            attorney.firm,
            attorney.email,
            attorney.phone,
            f"A{self.number}",
            self.client.name.listed(),
            self.client.born.isoformat(),
            self.form,
            self.scope,
            self.filed.isoformat(),
            self.withdrawn.isoformat() if self.withdrawn else "",
        )


def write_roster(
    rng: Random,
    path: Path,
    cases: Sequence[Case],
    attorneys: list[Attorney],
    strangers: Sequence[Person],
    *,
    taken: Collection[int],
) -> RosterCounts:
    """Write the roster for the represented among ``cases``.

    ``strangers`` are clients the list does not have; ``taken`` has every number a misread one must not hit.
    """
    represented = [case for case in cases if case.attorney and rng.random() < 0.92]
    appearances = list(_appearances(rng, represented, attorneys))
    wrong = (
        set(rng.sample(range(len(appearances)), max(1, len(appearances) // 120))) if appearances else set()
    )
    rows = [
        _misread(rng, appearance, taken) if position in wrong else appearance
        for position, appearance in enumerate(appearances)
    ]
    for stranger in strangers:
        filed = AS_OF - timedelta(days=rng.randrange(1, 400))
        rows.append(Appearance(rng.choice(attorneys), stranger, stranger.number, "EOIR-28", ALL, filed))
    rng.shuffle(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows(row.cells() for row in rows)
    return RosterCounts(
        rows=len(rows),
        clients=len(represented),
        wrong_number=len(wrong),
        withdrawn=sum(row.withdrawn is not None for row in rows),
        custody_only=sum(row.scope == CUSTODY_ONLY for row in rows),
        off_list=len(strangers),
    )


def _appearances(rng: Random, represented: Sequence[Case], attorneys: list[Attorney]) -> Iterator[Appearance]:
    for position, case in enumerate(represented):
        if case.attorney is None:
            continue
        first = _appearance(rng, case, case.attorney)
        # At least one of each, however short the list.
        if position == 0 or rng.random() < 0.012:
            first = _with(first, scope=CUSTODY_ONLY, form="EOIR-28")
        elif position == 1 or rng.random() < 0.012:
            # Now represented by another: the successor's appearance follows.
            ended = first.filed + timedelta(days=rng.randrange(1, 40))
            first = _with(first, withdrawn=min(ended, AS_OF))
            if rng.random() < 0.6:
                yield _appearance(rng, case, _another(rng, attorneys, case.attorney))
        yield first
        if rng.random() < 0.04:
            yield _appearance(rng, case, _another(rng, attorneys, case.attorney))


def _appearance(rng: Random, case: Case, attorney: Attorney) -> Appearance:
    form = rng.choices(("EOIR-28", "G-28", "EOIR-27"), (58, 38, 4))[0]
    scope = ALL_BUT_CUSTODY if form == "EOIR-28" and rng.random() < 0.04 else ALL
    span = (AS_OF - case.stay.booked_in).days
    filed = case.stay.booked_in + timedelta(days=rng.randrange(1, max(2, span)))
    return Appearance(attorney, case.person, case.person.number, form, scope, filed)


def _with(
    row: Appearance, *, scope: str | None = None, form: str | None = None, withdrawn: date | None = None
) -> Appearance:
    return Appearance(
        row.attorney, row.client, row.number, form or row.form, scope or row.scope, row.filed, withdrawn
    )


def _another(rng: Random, attorneys: list[Attorney], attorney: Attorney) -> Attorney:
    return rng.choice([other for other in attorneys if other is not attorney])


def _misread(rng: Random, row: Appearance, taken: Collection[int]) -> Appearance:
    """Change one digit after the first, so that the number is nobody's on the list and stays synthetic."""
    while True:
        digits = list(str(row.number))
        digits[rng.randrange(1, 9)] = str(rng.randrange(10))
        number = int("".join(digits))
        if number not in taken:
            return Appearance(row.attorney, row.client, number, row.form, row.scope, row.filed, row.withdrawn)
