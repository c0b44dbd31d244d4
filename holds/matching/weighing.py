"""Whether two descriptions are of one person: evidence part by part, in bits, and no single score of a name.

After Fellegi and Sunter (A Theory for Record Linkage, 1969): each part adds the logarithm (base 2) of how
much likelier it is among two descriptions of one person than among two of anybody. How much an agreement is
worth comes from the record itself: a family name that one in a hundred bears is worth six bits and a half, a
birthday on 1 January as little as there are many of them. What a *dis*agreement costs was set from how lists
go wrong (docs/matching-counsel.md).
"""

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import OSA

from holds.matching.name_sound import Likeness, Word, joined, likeness

# What is left of the worth of a word that is spelt otherwise.
_KEPT: dict[Likeness, float] = {"same": 1.0, "sound": 0.8, "slip": 0.75, "like": 0.5, "initial": 0.2}
_RANK: tuple[Likeness, ...] = ("same", "sound", "slip", "like", "initial")
MOST_BITS_A_WORD = 11.0
MOST_BITS_A_DATE = 13.0
USUAL = 0.0004
"""The part of all people that makes a word a usual name."""
LEFT_OUT = -0.7
"""A word that one of the two leaves out: a second surname, a middle name."""
SAID_OTHERWISE = -6.0
"""A word for which the other has another: siblings, and spouses, share the rest."""
OTHER_NAME = -9.0
TWO_NAMES = -2.0
SLIP_OF_THE_NUMBER = 7.0
"""A slip finds one of ninety numbers in a thousand million, but families have numbers in a row."""
OTHER_NUMBER = -3.0
OTHER_DATE = -7.0
DATE_SLIP = 6.0
SWAPPED_DATE = 8.0
DEFAULT_DATE = 2.0
SAME_COUNTRY = 2.0
OTHER_COUNTRY = -4.0
SAME_FACILITY = 3.0
MOST_BITS_A_MARK = 6.0
OTHER_MARK = -1.0
OTHER_FACILITY = -0.5


class Described(NamedTuple):
    """Somebody as a list or the record describes them; what is empty is not known.

    `words` of all names they go by; numbers of nine digits; every reading of a birth date; country as ISO
    3166 alpha-2; `facility` by whatever names one for good; `marks` is whatever else is known, as kind and
    value, one of a kind.
    """

    words: tuple[Word, ...] = ()
    numbers: frozenset[str] = frozenset()
    birth_dates: frozenset[dt.date] = frozenset()
    country: str = ""
    facility: str = ""
    marks: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against. `bits` without what it takes to be this one of all people on record.

    `agreed` and `disagreed` hold codes as `a_number`, `a_number:slip`, `name:sound`, `birth_date:swapped`;
    none of them holds a word of a name. `name_conflict`: both have a word that the other has not;
    `words`: how many words of the name agree.
    """

    bits: float
    agreed: tuple[str, ...]
    disagreed: tuple[str, ...]
    name_conflict: bool
    words: int
    date: str


class _Part(NamedTuple):
    bits: float
    code: str


@dataclass(slots=True)
class Rarity:
    """How many of the people on record bear a word, a sound, a birthday: what agreeing on it is worth."""

    people: int = 0
    texts: Counter[str] = field(default_factory=Counter)
    sounds: Counter[str] = field(default_factory=Counter)
    dates: Counter[dt.date] = field(default_factory=Counter)
    marks: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, people: Iterable[Described]) -> None:
        """Add people to what is counted."""
        for person in people:
            self.people += 1
            self.texts.update({word.text for word in person.words})
            self.sounds.update({word.sound for word in person.words})
            self.dates.update(person.birth_dates)
            self.marks.update(person.marks)

    def word_bits(self, one: Word, other: Word, kind: Likeness) -> float:
        """What it is worth that both have this word, as alike as `kind` says."""
        if kind == "same":
            borne = self.texts[one.text]
        else:
            borne = max(self.sounds[one.sound], self.sounds[other.sound])
        return min(MOST_BITS_A_WORD, self._bits(borne)) * _KEPT[kind]

    def date_bits(self, date: dt.date) -> float:
        """What a shared birthday is worth: 13 bits and more, and less for one that stands for many."""
        return min(MOST_BITS_A_DATE, self._bits(self.dates[date]))

    def mark_bits(self, mark: tuple[str, str]) -> float:
        """What a shared mark is worth."""
        return min(MOST_BITS_A_MARK, self._bits(self.marks[mark]))

    def two_names(self, one: Word, other: Word) -> bool:
        """Whether both are usual names: then neither is a slip of the other (Hernandez, Fernandez)."""
        least = max(2.0, self.people * USUAL)
        return self.texts[one.text] > least and self.texts[other.text] > least

    def _bits(self, borne: int) -> float:
        # One more of each: what nobody on record bears yet is rare, and not infinitely so.
        return max(1.0, math.log2((self.people + 100) / (borne + 1)))


def weigh(record: Described, said: Described, rarity: Rarity) -> Evidence:
    """The evidence that two descriptions are of one person; which is which makes no difference."""
    name, conflict, words = _names(record.words, said.words, rarity)
    date = _dates(record.birth_dates, said.birth_dates, rarity)
    parts = [*name, date, _numbers(record.numbers, said.numbers)]
    if record.country and said.country:
        same = record.country == said.country
        parts.append(_Part(SAME_COUNTRY if same else OTHER_COUNTRY, "nationality"))
    if record.facility and said.facility:
        same = record.facility == said.facility
        parts.append(_Part(SAME_FACILITY if same else OTHER_FACILITY, "facility"))
    if record.marks and said.marks:
        parts += _marks(record.marks, said.marks, rarity)
    codes = [part for part in parts if part.code]
    return Evidence(
        bits=sum(part.bits for part in parts),
        agreed=tuple(dict.fromkeys(part.code for part in codes if part.bits > 0)),
        disagreed=tuple(dict.fromkeys(part.code for part in codes if part.bits <= 0)),
        name_conflict=conflict,
        words=words,
        date=date.code if date.bits > 0 else "",
    )


def _marks(
    record: frozenset[tuple[str, str]], said: frozenset[tuple[str, str]], rarity: Rarity
) -> Iterable[_Part]:
    known = dict(record)
    for kind, value in sorted(said):
        if kind in known:
            same = known[kind] == value
            yield _Part(rarity.mark_bits((kind, value)) if same else OTHER_MARK, kind)


def _numbers(record: frozenset[str], said: frozenset[str]) -> _Part:
    if not record or not said:
        return _Part(0.0, "")
    if record & said:
        return _Part(20.0, "a_number")
    if any(slipped(one, other) for one in record for other in said):
        return _Part(SLIP_OF_THE_NUMBER, "a_number:slip")
    return _Part(OTHER_NUMBER, "a_number")


def slipped(one: str, other: str) -> bool:
    """Whether one number is the other with a digit wrong, or two neighbours swapped."""
    return OSA.distance(one, other, score_cutoff=1) == 1


def _dates(record: frozenset[dt.date], said: frozenset[dt.date], rarity: Rarity) -> _Part:
    if not record or not said:
        return _Part(0.0, "")
    both = record & said
    if both:
        return _Part(max(map(rarity.date_bits, both)), "birth_date")
    return max((_date(one, other) for one in record for other in said), key=lambda part: part.bits)


def _date(one: dt.date, other: dt.date) -> _Part:
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return _Part(SWAPPED_DATE, "birth_date:swapped")
    if one.year == other.year and (1, 1) in ((one.month, one.day), (other.month, other.day)):
        # 1 January stands for a day that nobody knew.
        return _Part(DEFAULT_DATE, "birth_date:year")
    apart = sum((one.year != other.year, one.month != other.month, one.day != other.day))
    if apart == 1 and (one.year == other.year or slipped(str(one.year), str(other.year))):
        return _Part(DATE_SLIP, "birth_date:slip")
    return _Part(OTHER_DATE, "birth_date")


def _names(one: Sequence[Word], other: Sequence[Word], rarity: Rarity) -> tuple[list[_Part], bool, int]:
    """(parts, whether both have a word that the other has not, how many words agree)."""
    if not one or not other:
        return [], False, 0
    found, left, right = aligned(one, other)
    parts, telling, conflict = list[_Part](), 0, bool(left and right)
    for a, b, kind in found:
        if kind in ("slip", "like") and rarity.two_names(a, b):
            conflict = True
            parts.append(_Part(TWO_NAMES, "name:other"))
            continue
        parts.append(_Part(rarity.word_bits(a, b, kind), _code(kind)))
        telling += kind != "initial"
    if not telling:
        return [_Part(OTHER_NAME, "name")], True, 0
    if left and right:
        parts.append(_Part(SAID_OTHERWISE * min(len(left), len(right)), "name:other"))
    parts.append(_Part(LEFT_OUT * abs(len(left) - len(right)), ""))
    return parts, conflict, telling


def _code(kind: Likeness) -> str:
    return "name" if kind == "same" else f"name:{kind}"


def aligned(
    one: Sequence[Word], other: Sequence[Word]
) -> tuple[list[tuple[Word, Word, Likeness]], list[Word], list[Word]]:
    """Each word with the one it stands for in the other name, in whatever order; and what is left of both."""
    left, right = list(one), list(other)
    found: list[tuple[Word, Word, Likeness]] = []
    texts = {word.text: word for word in right}
    for word in one:
        twin = texts.get(word.text)
        if twin is not None and twin in right:
            found.append((word, twin, "same"))
            left.remove(word)
            right.remove(twin)
    pairs = sorted(
        (
            (_RANK.index(kind), i, j, kind)
            for i, a in enumerate(left)
            for j, b in enumerate(right)
            if (kind := likeness(a, b)) is not None
        ),
    )
    used_left, used_right = set[int](), set[int]()
    for _, i, j, kind in pairs:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            found.append((left[i], right[j], kind))
    left = [word for i, word in enumerate(left) if i not in used_left]
    right = [word for j, word in enumerate(right) if j not in used_right]
    if left and right:
        _as_one_word(left, right, found)
        _as_one_word(right, left, found)
    return found, left, right


def _as_one_word(apart: list[Word], whole: list[Word], found: list[tuple[Word, Word, Likeness]]) -> None:
    """Two words in a row that the other writes as one."""
    for i in range(len(apart) - 1):
        together = joined(apart[i : i + 2])
        for word in whole:
            kind = likeness(together, word)
            if kind in ("same", "sound", "slip"):
                found.append((together, word, kind))
                del apart[i : i + 2]
                whole.remove(word)
                return
