"""Whom of thousands on record a description means: candidates by blocking, then the evidence for each.

Blocking: nobody is compared with everybody. Candidates share a number, or one that is a slip away; or two
sounds of their names; or one sound and the facility, or the birth date in any of its misreadings; or the
birth date alone, where few were born on it. A block of more than `BLOCK` people says too little to search
through, unless the year of birth narrows it.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, Literal, TypeVar

from holds.domain.a_number import slips_of
from holds.matching.weighing import Described, Evidence, Rarity, weigh

Judgement = Literal["exact", "confident", "needs_judgement", "none"]
Id = TypeVar("Id")

BLOCK = 150
CONFIDENT = 9.0
"""Bits beyond what picks one out of all people on record: odds of 500 to 1."""
AHEAD = 7.0
"""Bits by which the runner-up must be behind."""
DOUBTFUL = -4.0
"""Below odds of 1 to 16 nobody is asked."""
FEWEST = 1000
"""A short record does not make it likely that a row means somebody on it."""
SHOWN = 4
"""As many candidates a human is shown at most."""


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Id]):
    """Somebody who may be meant. `bits` beyond what picks one out of all; `rule`: why it is judged so."""

    id: Id
    judgement: Judgement
    rule: str
    bits: float
    evidence: Evidence


class PeopleIndex(Generic[Id]):
    """People on record, as described, to be asked whom a description means."""

    def __init__(self, people: Mapping[Id, Described]) -> None:
        self._ids: Sequence[Id] = list(people)
        self._people: Sequence[Described] = list(people.values())
        self._rarity = Rarity()
        self._rarity.count(self._people)
        self._floor = math.log2(max(FEWEST, len(self._people)))
        self._by_number: dict[str, list[int]] = defaultdict(list)
        self._blocks: dict[object, list[int]] = defaultdict(list)
        for at, person in enumerate(self._people):
            for number in person.numbers:
                self._by_number[number].append(at)
            for key in set(_keys(person)):
                self._blocks[key].append(at)

    def match(self, said: Described) -> list[Candidate[Id]]:
        """Who may be meant, likeliest first: one who is certain, or up to `SHOWN` for a human to compare."""
        by_number = {at for number in said.numbers for at in self._by_number.get(number, ())}
        judged = [self._judged(at, said) for at in by_number]
        certain = [one for one in judged if one.judgement == "exact"]
        if len(certain) == 1:
            return certain
        found = [*judged, *(self._judged(at, said) for at in self._near(said) - by_number)]
        found = [one for one in found if one.judgement != "none"]
        found.sort(key=lambda one: -one.bits)
        return self._doubted(found[:SHOWN]) if found else []

    def pairs(self) -> Iterator[tuple[Id, Candidate[Id]]]:
        """Every two people who look like one, once: beyond `CONFIDENT`, and no name speaks against it."""
        for at, person in enumerate(self._people):
            for other in self._near(person):
                if other > at:
                    found = self._judged(other, person)
                    evidence = found.evidence
                    if found.bits >= CONFIDENT and evidence.words > 1 and not evidence.name_conflict:
                        yield self._ids[at], found

    def _judged(self, at: int, said: Described) -> Candidate[Id]:
        evidence = weigh(self._people[at], said, self._rarity)
        bits = evidence.bits - self._floor
        judgement, rule = judged(evidence, bits)
        return Candidate(self._ids[at], judgement, rule, bits, evidence)

    def _doubted(self, found: list[Candidate[Id]]) -> list[Candidate[Id]]:
        """One who is far ahead stands alone; of several nobody is certain."""
        best = found[0]
        if best.judgement in ("exact", "confident") and all(
            best.bits - one.bits >= AHEAD for one in found[1:]
        ):
            return [best]
        return [
            Candidate(
                one.id,
                "needs_judgement",
                one.rule if one.judgement == "needs_judgement" else "several",
                one.bits,
                one.evidence,
            )
            for one in found
        ]

    def _near(self, said: Described) -> set[int]:
        found = set[int]()
        for number in said.numbers:
            for slip in slips_of(number):
                found.update(self._by_number.get(slip, ()))
        for key in set(_keys(said, every_reading=True)):
            block = self._blocks.get(key)
            if block is not None and len(block) <= BLOCK:
                found.update(block)
        return found


def judged(evidence: Evidence, bits: float) -> tuple[Judgement, str]:
    """What evidence is enough for, and why.

    The number alone, which leaked, proves nothing, nor do number and birth date beside another name: twins
    have numbers in a row, and one of them may not be on record. Without the number nothing is certain. A name
    or a number that says otherwise always goes to a human: siblings share the rest, and namesakes may even
    share the birth date.
    """
    if "a_number" in evidence.agreed:
        return _with_number(evidence)
    if bits < DOUBTFUL:
        return "none", "nothing_shared"
    if not evidence.words:
        return "needs_judgement", "other_name"  # whoever married: all else speaks for them
    dated = evidence.date in ("birth_date", "birth_date:swapped")
    spoken_against = evidence.name_conflict or "a_number" in evidence.disagreed
    if bits >= CONFIDENT and evidence.words > 1 and dated and not spoken_against:
        return "confident", "name_and_birth_date"
    return "needs_judgement", "name_and_birth_date" if evidence.date else "alike"


def _with_number(evidence: Evidence) -> tuple[Judgement, str]:
    other_date = "birth_date" in evidence.disagreed
    if evidence.words and not evidence.name_conflict:
        # Father and son of one name have numbers in a row: the birth date tells them apart.
        return ("confident" if other_date else "exact", "number_and_name")
    if evidence.date and not evidence.name_conflict:
        return "exact", "number_and_birth_date"
    if evidence.words or evidence.date:
        return "needs_judgement", "number_and_part"
    return "needs_judgement", "number_disputed" if evidence.name_conflict or other_date else "number_alone"


def _keys(person: Described, *, every_reading: bool = False) -> Iterable[object]:
    """The blocks of a description; of a question with a birth date in all its likely misreadings."""
    sounds = sorted({key for word in person.words for key in word.keys})
    dates = _readings(person.birth_dates) if every_reading else person.birth_dates
    years = {date.year for date in dates}
    for one, other in combinations(sounds, 2):
        yield one, other
        for year in years:
            yield year, one, other
    if person.facility:
        yield from ((person.facility, sound) for sound in sounds)
    for date in dates:
        yield date
        for sound in sounds:
            yield date, sound
    if len(person.words) == 1:
        for year in years:
            yield from ((year, sound) for sound in sounds)
        if not dates:
            yield from sounds


def _readings(dates: Iterable[dt.date]) -> set[dt.date]:
    """The dates, and with day and month swapped."""
    every = set(dates)
    for date in dates:
        if date.day <= 12:
            every.add(date.replace(month=date.day, day=date.month))
    return every
