"""What the agency's list says of each person besides the name: custody, fear screening, posture, counsel."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from notify.cli.demo.counsel import Attorney
from notify.cli.demo.facilities import Facility, draw_facility, draw_family_facility
from notify.cli.demo.people import AS_OF, Person

POSITIVE_WITH_NTA = "POSITIVE FEAR - NTA ISSUED"
NEGATIVE = "NEGATIVE FEAR"
FINAL_ORDER = "FINAL ORDER OF REMOVAL"
REINSTATED = "REINSTATED FINAL ORDER"
WITHHOLDING_ONLY = "WITHHOLDING ONLY PROCEEDINGS"
NO_COURT_CASE = "NO COURT CASE"
CITIZENSHIP_CLAIM = "CLAIM TO U.S. CITIZENSHIP"

RELEASES = (
    "RELEASED - PAROLE",
    "RELEASED - ORDER OF RECOGNIZANCE",
    "RELEASED - BOND",
    "RELEASED - ALTERNATIVES TO DETENTION",
)
RELEASE_WEIGHTS = (46, 27, 15, 12)


@dataclass(frozen=True)
class Stay:
    """One stay in custody up to the list's day; ``released_on`` is None for someone still detained."""

    facility: Facility
    status: str
    booked_in: date
    released_on: date | None

    @property
    def last_day(self) -> date:
        return self.released_on or AS_OF

    @property
    def days(self) -> int:
        return (self.last_day - self.booked_in).days


@dataclass(frozen=True)
class Screening:
    """A credible- or reasonable-fear screening, and the posture that follows from it."""

    kind: str
    result: str
    held_on: date | None
    posture: str
    final_order_on: date | None


@dataclass(frozen=True)
class Case:
    """One person as the list tells of them."""

    person: Person
    stay: Stay
    screening: Screening
    attorney: Attorney | None


def make_cases(rng: Random, people: Iterable[Person], attorneys: list[Attorney]) -> list[Case]:
    """Give each person a stay, a screening and, for about a third, counsel; families share everything."""
    return list(_cases(rng, people, attorneys))


def _cases(rng: Random, people: Iterable[Person], attorneys: list[Attorney]) -> Iterator[Case]:
    # A few offices carry most of the cases, as in life.
    weights = [1 / (rank + 6) for rank in range(len(attorneys))]
    previous: Case | None = None
    for person in people:
        if previous and person.family_unit and previous.person.family_unit == person.family_unit:
            previous = Case(person, previous.stay, previous.screening, previous.attorney)
        else:
            stay = _stay(rng, in_family=bool(person.family_unit))
            attorney = rng.choices(attorneys, weights)[0] if rng.random() < 0.333 else None
            previous = Case(person, stay, _screening(rng, person, stay), attorney)
        yield previous


def _stay(rng: Random, *, in_family: bool) -> Stay:
    length = timedelta(days=2 + min(640, int(rng.expovariate(1 / 56))))
    facility = draw_family_facility(rng) if in_family else draw_facility(rng)
    if rng.random() >= (0.85 if in_family else 0.116):
        return Stay(facility, "DETAINED", AS_OF - length, None)
    released_on = AS_OF - timedelta(days=min(60, int(rng.expovariate(1 / 11))))
    return Stay(facility, rng.choices(RELEASES, RELEASE_WEIGHTS)[0], released_on - length, released_on)


def _screening(rng: Random, person: Person, stay: Stay) -> Screening:
    held_on: date | None = stay.booked_in + timedelta(days=rng.randrange(3, 25))
    result = rng.choices(("POSITIVE", "NEGATIVE", "PENDING"), (66, 21, 13))[0]
    if stay.released_on and result == "NEGATIVE":
        result = "POSITIVE"
    if held_on is None or held_on > stay.last_day or result == "PENDING":
        held_on, result = None, "PENDING"
    # A child has no old order to reinstate, so a family is in credible-fear screening.
    kind = "REASONABLE FEAR" if not person.family_unit and rng.random() < 0.15 else "CREDIBLE FEAR"
    if rng.random() < 0.0015:
        return Screening(kind, result, held_on, CITIZENSHIP_CLAIM, None)
    if kind == "REASONABLE FEAR":
        posture = WITHHOLDING_ONLY if result == "POSITIVE" else REINSTATED
        return Screening(kind, result, held_on, posture, _earlier_order(rng, person, stay))
    if held_on is None:
        return Screening(kind, result, None, NO_COURT_CASE, None)
    ordered_on = held_on + timedelta(days=rng.randrange(25, 120))
    if ordered_on <= stay.last_day and rng.random() < 0.3:
        return Screening(kind, result, held_on, FINAL_ORDER, ordered_on)
    return Screening(kind, result, held_on, POSITIVE_WITH_NTA if result == "POSITIVE" else NEGATIVE, None)


def _earlier_order(rng: Random, person: Person, stay: Stay) -> date:
    """Return the date of the old order that is reinstated: before this stay, after the person was born."""
    alive = (stay.booked_in - person.born).days
    return stay.booked_in - timedelta(days=rng.randrange(30, max(31, min(5_500, alive - 60))))
