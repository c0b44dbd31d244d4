"""What is asked at the gate, and the keyed indexes under which whoever is meant would be found."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from holds.actions.identities import identity
from holds.domain.a_number import is_synthetic, read_a_numbers, slips_of
from holds.domain.birth_date import day_and_month_swapped, read_birth_date
from holds.domain.departure import DepartureKind
from holds.matching.identity import Identity
from holds.store.gate_query import SLIP, Term
from holds.store.key_ring import KeyRing, RingKey
from holds.store.lookup import lone_name_terms, name_terms

MOST_WITH_SLIPS = 50
"""Slips are looked for on every line of a manifest no longer than this: they cost 89 look-ups under each key.
A longer one has them only where no birth date was compared. Everybody on it is asked about singly at staging,
for the clearance and at boarding all the same, and there with slips wherever the number is on nobody's record
(`with_slips`): one that is was not mistyped."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """Who is to be removed: an A-number as written, and what else the asker knows of them.

    `birth_date` is text as written, read by the database's day; `birth_dates` are those that a whole list
    has told already, by its own convention. `country` is an ISO 3166 alpha-2 code; `country_readable` is
    false where one was written that gave none. `departure_kind`: how they would leave; without it, what
    blocks any departure blocks. `journey`: codes for the ledger (kind, destination, stage, line).
    """

    a_number: str
    name: str | None = None
    birth_date: str | None = None
    birth_dates: tuple[dt.date, ...] = ()
    country: str | None = None
    country_readable: bool = True
    departure_kind: DepartureKind | None = None
    journey: Mapping[str, str | int] = field(default_factory=dict)


class Asked(NamedTuple):
    """A question as read (a tuple, because a manifest makes thousands). `line` is its place among those asked
    together; `identity` is who the asker says it is. `compared`: name and birth date were given, so that who
    is held by these alone would be found.
    """

    line: int
    question: Question
    numbers: tuple[str, ...]
    number_readable: bool
    born: tuple[dt.date, ...]
    compared: bool
    identity: Identity
    terms: tuple[Term, ...]

    @property
    def birth_date_readable(self) -> bool:
        """Whether what was written as a birth date gave one, where anything was."""
        return bool(self.born or not (self.question.birth_date or "").strip())

    @property
    def synthetic(self) -> bool:
        """Whether a demonstration may answer it."""
        return all(is_synthetic(number) for number in self.numbers)

    @property
    def says_who(self) -> bool:
        """Whether anything but a number was said, to compare with the record."""
        return bool(self.question.name or self.born or self.question.country)


@dataclass(frozen=True)
class IndexKeys:
    """The live keys of each index."""

    a_number: tuple[RingKey, ...]
    dated: tuple[RingKey, ...]
    name: tuple[RingKey, ...]


def index_keys_of(ring: KeyRing) -> IndexKeys:
    """Every live key: people are looked up under them all."""
    return IndexKeys(ring.live("index.a_number"), ring.live("index.name_birth_date"), ring.live("index.name"))


def read_question(
    keys: IndexKeys, line: int, question: Question, *, today: dt.date, together: int = 1
) -> Asked:
    """Read a question by the database's day, with its indexes under every live key.

    `together`: how many are asked at once. Alone it comes without the slips of its number, for which a second
    look is taken where the first found nobody; with more than `MOST_WITH_SLIPS` a line that gives name and
    birth date is not looked for under them at all.
    """
    reading = read_a_numbers(question.a_number)
    born = question.birth_dates
    if not born and question.birth_date:
        born = read_birth_date(question.birth_date, today=today).dates
    said = identity((question.name,) if question.name else (), born)
    # Whoever is held is found also where day and month changed places; whether it is they, two judge.
    days = [date.isoformat() for date in (*born, *day_and_month_swapped(born))]
    dated = name_terms(said.name_pairs, days)
    readable = len(reading.numbers) == 1 and reading.problem is None
    terms = _terms(line, "a_number", keys.a_number, reading.numbers)
    if said.name_tokens:
        terms += _terms(line, "name_birth_date", keys.dated, dated)
        terms += _terms(line, "name", keys.name, lone_name_terms(said.name_pairs, said.name_tokens))
    asked = Asked(
        line=line,
        question=question,
        numbers=reading.numbers,
        number_readable=readable,
        born=born,
        compared=bool(dated),
        identity=said,
        terms=tuple(terms),
    )
    slips = together > 1 and (not dated or together <= MOST_WITH_SLIPS)
    return with_slips(keys, asked) if slips else asked


def with_slips(keys: IndexKeys, asked: Asked) -> Asked:
    """The question with what the number would have been but for a slip; the same where no name was given.

    A slip of the pen in the number would hide whoever is meant, and a wrong birth date beside it hides them
    from the search by name and date.
    """
    if not asked.number_readable or not asked.identity.name_tokens:
        return asked
    slips = _terms(asked.line, SLIP, keys.a_number, slips_of(asked.numbers[0]))
    return asked._replace(terms=(*asked.terms, *slips))


def _terms(line: int, kind: str, keys: Iterable[RingKey], texts: Collection[str]) -> list[Term]:
    return [(line, kind, value) for key in keys for value in key.digests(texts)]
