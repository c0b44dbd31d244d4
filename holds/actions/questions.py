"""What is asked at the gate, and the keyed indexes under which whoever is meant would be found."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from holds.actions.identities import identity
from holds.domain.a_number import is_synthetic, read_a_numbers, slips_of
from holds.domain.birth_date import day_and_month_swapped, read_birth_date
from holds.domain.departure import DepartureKind
from holds.matching.identity import Identity
from holds.store.gate_query import SLIP, Terms
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
    terms: tuple[Terms, ...]

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


def read_question(keys: IndexKeys, question: Question, *, today: dt.date) -> Asked:
    """Read one question by the database's day, with its indexes under every live key.

    It comes without the slips of its number, for which a second look is taken where the first found nobody.
    """
    (asked,) = read_questions(keys, (question,), today=today)
    return asked


def read_questions(keys: IndexKeys, questions: Sequence[Question], *, today: dt.date) -> list[Asked]:
    """The same of all that are asked together, in their order.

    Of several, a line has the slips of its number too; among more than `MOST_WITH_SLIPS`, only where it did
    not give name and birth date.
    """
    read = [_read(question, today) for question in questions]
    # All of a kind at once, because a manifest takes ten thousand of them.
    numbers = _indexes(keys.a_number, [one[0] for one in read])
    dated = _indexes(keys.dated, [one[4] for one in read])
    names = _indexes(keys.name, [one[5] for one in read])
    asked = []
    lines = zip(range(len(read)), questions, read, numbers, dated, names, strict=True)
    for line, question, (number, readable, born, said, *_), first, second, third in lines:
        terms = (line, "a_number", first), (line, "name_birth_date", second), (line, "name", third)
        # Given by place, for the same reason.
        asked.append(Asked(line, question, number, readable, born, bool(second), said, terms))
    if len(asked) == 1:
        return asked
    few = len(asked) <= MOST_WITH_SLIPS
    return [with_slips(keys, one) if few or not one.compared else one for one in asked]


def with_slips(keys: IndexKeys, asked: Asked) -> Asked:
    """The question with what the number would have been but for a slip; the same where no name was given.

    A slip of the pen in the number would hide whoever is meant, and a wrong birth date beside it hides them
    from the search by name and date.
    """
    if not asked.number_readable or not asked.identity.name_tokens:
        return asked
    (slips,) = _indexes(keys.a_number, [slips_of(asked.numbers[0])])
    return asked._replace(terms=(*asked.terms, (asked.line, SLIP, slips)))


def _read(
    question: Question, today: dt.date
) -> tuple[tuple[str, ...], bool, tuple[dt.date, ...], Identity, Collection[str], Collection[str]]:
    """The numbers, whether they are one that can be read, birth dates, who it is said to be, and the texts by
    which they are found: by name and birth date, by name alone."""
    numbers, problem = read_a_numbers(question.a_number)
    born = question.birth_dates
    if not born and question.birth_date:
        born = read_birth_date(question.birth_date, today=today).dates
    said = identity((question.name,) if question.name else (), born)
    readable = problem is None and len(numbers) == 1
    tokens, pairs, _ = said
    if not tokens:
        return numbers, readable, born, said, (), ()
    # Whoever is held is found also where day and month changed places; whether it is they, two judge.
    days = [date.isoformat() for date in born + day_and_month_swapped(born)]
    return numbers, readable, born, said, name_terms(pairs, days), lone_name_terms(pairs, tokens)


def _indexes(keys: Sequence[RingKey], texts: Sequence[Collection[str]]) -> list[list[bytes]]:
    """Each collection of texts under every live key."""
    counts = list(map(len, texts))
    together = [text for some in texts for text in some]
    found: list[list[bytes]] = [[] for _ in texts]
    for key in keys:
        values = iter(key.digests(together))
        for under, count in zip(found, counts, strict=True):
            under.extend(islice(values, count))
    return found
