"""Whether two statements of who somebody is agree: name and birth date, each agrees, conflicts or is unknown.

An import asks it of a row and the record that bears the row's number (a conflicting birth date holds both
and queues them); the removal check asks it of a record and the person at the gate. It decides nothing: both
keep the hold whatever the answer, and only the wording and the queue differ.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

Accord = Literal["agrees", "conflicts", "unknown"]

# Words so common in names that sharing them says nothing.
_PARTICLES = frozenset({
    "al", "bin", "binti", "da", "das", "de", "del", "della", "der", "di", "do", "dos", "du", "e", "el", "ibn",
    "la", "las", "le", "los", "san", "santa", "van", "von", "y",
})  # fmt: skip


class Identity(NamedTuple):
    """Who a record, a row or a question says somebody is.

    `name_tokens` and `name_pairs` as `holds.domain.person_name` gives them (`name_pairs`, or `all_pairs`
    where the order of the name is unknown); `birth_dates` holds every reading of an ambiguous date.
    """

    name_tokens: tuple[str, ...] = ()
    name_pairs: frozenset[str] = frozenset()
    birth_dates: frozenset[date] = frozenset()


class Agreement(NamedTuple):
    """How two identities agree, one word for the name and one for the birth date."""

    name: Accord
    birth_date: Accord

    @property
    def agreed(self) -> tuple[str, ...]:
        return tuple(word for word, accord in self._words() if accord == "agrees")

    @property
    def disagreed(self) -> tuple[str, ...]:
        return tuple(word for word, accord in self._words() if accord == "conflicts")

    def _words(self) -> tuple[tuple[str, Accord], tuple[str, Accord]]:
        return ("name", self.name), ("birth_date", self.birth_date)


def agreement(record: Identity, asked: Identity) -> Agreement:
    """Compare two identities; the order of the two makes no difference."""
    return Agreement(
        name=_names(record, asked), birth_date=_birth_dates(record.birth_dates, asked.birth_dates)
    )


def _birth_dates(record: frozenset[date], asked: frozenset[date]) -> Accord:
    if not record or not asked:
        return "unknown"
    return "agrees" if record & asked else "conflicts"


def _names(record: Identity, asked: Identity) -> Accord:
    """Agrees on a shared family-and-given pair, or when one name is the other with words left out or respelt.

    Conflicts only when both are given and share nothing; one word in common settles neither.
    """
    if not record.name_tokens or not asked.name_tokens:
        return "unknown"
    if any(_telling(pair) for pair in record.name_pairs & asked.name_pairs):
        return "agrees"
    shorter, longer = sorted((_weighty(record.name_tokens), _weighty(asked.name_tokens)), key=len)
    paired = _paired(shorter, longer)
    if paired == len(shorter):
        return "agrees"
    return "unknown" if paired else "conflicts"


def _telling(pair: str) -> bool:
    return not _PARTICLES.intersection(pair.split("|"))


def _weighty(tokens: Sequence[str]) -> tuple[str, ...]:
    """The tokens that say something; all of them where nothing else is given."""
    return tuple(token for token in tokens if token not in _PARTICLES) or tuple(tokens)


def _paired(shorter: Sequence[str], longer: Sequence[str]) -> int:
    """How many tokens of the shorter name find a token of their own in the longer one."""
    taken: dict[int, int] = {}

    def place(index: int, tried: set[int]) -> bool:
        for seat, token in enumerate(longer):
            if seat in tried or not respelt(shorter[index], token):
                continue
            tried.add(seat)
            if seat not in taken or place(taken[seat], tried):
                taken[seat] = index
                return True
        return False

    return sum(place(index, set()) for index in range(len(shorter)))


def respelt(one: str, other: str) -> bool:
    """Whether two words are one, or one letter apart as transliterations are (`yusuf`, `yusef`).

    Words of up to three letters must be equal: one letter makes them another name (`ana`, `ada`).
    """
    if one == other:
        return True
    return min(len(one), len(other)) > 3 and OSA.distance(one, other, score_cutoff=1) <= 1
