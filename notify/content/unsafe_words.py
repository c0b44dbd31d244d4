"""The check that nothing which gives a person away leaves by a channel others can read.

It reads the text folded (`notify.content.folding`). All lists apply whatever the language of the message, for
a Spanish word in an English message tells as much; a language without a list is itself a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

import phonenumbers

from notify.content.folding import WORD, fold
from notify.content.word_lists import (
    CONFIDENTIAL,
    EVERYDAY_WORDS,
    FACILITY_WORDS,
    LETTER,
    country_names,
    peoples,
)
from notify.domain.languages import find_language


class Channel(StrEnum):
    """Where a text is read. A letter is read by its addressee; everything else by anyone."""

    SMS = "sms"
    VOICE = "voice"
    EMAIL = "email"
    NEUTRAL_LETTER = "neutral_letter"
    COVER = "cover"
    LETTER = "letter"


class Unsafe(StrEnum):
    """Why a word must not leave."""

    LISTED_WORD = "listed_word"
    PERSON_NAME = "person_name"
    A_NUMBER = "a_number"
    COUNTRY = "country"
    FACILITY = "facility"
    NAME_IS_LISTED_WORD = "name_is_listed_word"  # a human decides: the name is also a word of the list
    NO_WORD_LIST = "no_word_list"  # nobody has written the list for this language


@dataclass(frozen=True)
class UnsafeWord:
    """One finding. `word` is what was found, folded; it may be personal, and is kept out of logs by repr."""

    code: Unsafe
    word: str = field(repr=False)


@dataclass(frozen=True)
class PersonWords:
    """What must not be said of one person: names (aliases too), A-numbers as digits, countries as ISO alpha-2
    codes or names, facility names and DETLOC codes."""

    names: tuple[str, ...] = field(default=(), repr=False)
    a_numbers: tuple[str, ...] = field(default=(), repr=False)
    countries: tuple[str, ...] = field(default=(), repr=False)
    facilities: tuple[str, ...] = field(default=(), repr=False)


_DIGITS = re.compile(r"\d+")
ANY = r"\S*"
"""What a star in an entry stands for."""


def unsafe(text: str, *, channel: Channel, language: str, person: PersonWords) -> tuple[UnsafeWord, ...]:
    """Everything in a rendered text that must not leave by this channel; empty when it may.

    On a cover the person's name and the facility are the address, and only they: the words of the address are
    taken out before the lists are read, unless the name itself says what this is about. A name that is also
    a country's or a people's (Salvador, German) may stand there: to whom a letter goes tells nobody where
    they are from.
    """
    known = find_language(language)
    folded = fold(text)
    words = WORD.findall(folded)
    found: list[UnsafeWord] = []
    if known is None or known.tag not in CONFIDENTIAL:
        found.append(UnsafeWord(Unsafe.NO_WORD_LIST, language))
    names = [WORD.findall(fold(name)) for name in person.names]
    named = {word for name in names for word in name}
    if channel is Channel.COVER:
        found += _listed_names([name for name in names if _runs(words, name)])
        for phrase in (*names, *(WORD.findall(fold(facility)) for facility in person.facilities)):
            words = _without(words, phrase)
    if channel is Channel.LETTER:
        found += _named_or_listed(_matches(words, _letter_patterns()), named)
        return _distinct(found)
    found += _named_or_listed(_matches(words, _strict_patterns()), named)
    found += _countries(words, person.countries)
    if channel is not Channel.COVER:
        found += _names(folded, words, names)
        found += _facilities(words, person.facilities)
    found += _a_numbers(folded, person.a_numbers)
    return _distinct(found)


def _listed_names(names: list[list[str]]) -> list[UnsafeWord]:
    telling = _confidential_patterns()
    hits = (hit for name in names for hit in _matches(name, telling))
    return [UnsafeWord(Unsafe.NAME_IS_LISTED_WORD, hit) for hit in hits]


def _named_or_listed(hits: Iterable[str], named: set[str]) -> list[UnsafeWord]:
    return [
        UnsafeWord(Unsafe.NAME_IS_LISTED_WORD if set(hit.split()) <= named else Unsafe.LISTED_WORD, hit)
        for hit in hits
    ]


def _distinct(found: Iterable[UnsafeWord]) -> tuple[UnsafeWord, ...]:
    return tuple(dict.fromkeys(found))


def _patterns(entries: tuple[str, ...]) -> re.Pattern[str]:
    """One expression over words joined by single spaces; of several entries, the longest is found."""
    written = sorted((entry.replace("*", ANY) for entry in entries), key=len, reverse=True)
    return re.compile(rf"(?<!\S)(?:{_branched(written, depth=3)})(?!\S)")


def _branched(written: list[str], depth: int) -> str:
    """Alternatives in their order, parted by their first letters: at each word only those that begin like it
    are tried, of thousands."""
    if depth == 0 or len(written) == 1:
        return "|".join(written)
    by_letter: dict[str, list[str]] = {}
    for one in written:
        by_letter.setdefault("" if one.startswith("\\") else one[:1], []).append(one)
    open_ended = by_letter.pop("", [])
    anyhow = [one.removeprefix(ANY) for one in open_ended if one.startswith(ANY)]
    branches = [
        f"{letter}(?:{_branched([one[1:] for one in some], depth - 1)})" for letter, some in by_letter.items()
    ]
    # What may begin anyhow, or is at its end here, comes last: the longer ones were asked before it.
    if anyhow:
        branches.append(f"{ANY}(?:{_branched(anyhow, 3)})")
    return "|".join([*branches, *([""] if "" in open_ended else [])])


@cache
def _letter_patterns() -> re.Pattern[str]:
    return _patterns(tuple(entry for entries in LETTER.values() for entry in entries))


@cache
def _confidential_patterns() -> re.Pattern[str]:
    return _patterns(tuple(entry for entries in CONFIDENTIAL.values() for entry in entries))


@cache
def _strict_patterns() -> re.Pattern[str]:
    countries = tuple(
        " ".join(WORD.findall(fold(name))) for names in country_names().values() for name in names
    )
    lists = tuple(entry for entries in CONFIDENTIAL.values() for entry in entries)
    return _patterns(tuple(dict.fromkeys((*lists, *peoples(), *countries))))


def _matches(words: list[str], pattern: re.Pattern[str]) -> list[str]:
    return [match.group() for match in pattern.finditer(" ".join(words))]


def _runs(words: list[str], phrase: list[str]) -> bool:
    return bool(phrase) and any(
        words[i : i + len(phrase)] == phrase for i in range(len(words) - len(phrase) + 1)
    )


def _without(words: list[str], phrase: list[str]) -> list[str]:
    kept: list[str] = []
    i = 0
    while i < len(words):
        if phrase and words[i : i + len(phrase)] == phrase:
            # A word of its own stands in the gap, so that its neighbours do not become a phrase.
            kept.append("0")
            i += len(phrase)
        else:
            kept.append(words[i])
            i += 1
    return kept


def _names(folded: str, words: list[str], names: list[list[str]]) -> Iterator[UnsafeWord]:
    """The whole name, or any part of it that is not also a short everyday word."""
    for name in names:
        if _runs(words, name):
            yield UnsafeWord(Unsafe.PERSON_NAME, " ".join(name))
        for part in name:
            telling = len(part) > 1 and part not in EVERYDAY_WORDS
            # Scripts that write without spaces have no words to compare: look inside.
            if (telling and part in words) or (not part.isascii() and part in folded):
                yield UnsafeWord(Unsafe.PERSON_NAME, part)


def _countries(words: list[str], countries: tuple[str, ...]) -> Iterator[UnsafeWord]:
    for country in countries:
        for name in country_names().get(country.upper(), (country,)):
            phrase = WORD.findall(fold(name))
            if _runs(words, phrase):
                yield UnsafeWord(Unsafe.COUNTRY, " ".join(phrase))


def _facilities(words: list[str], facilities: tuple[str, ...]) -> Iterator[UnsafeWord]:
    for facility in facilities:
        phrase = WORD.findall(fold(facility))
        telling = [word for word in phrase if word not in FACILITY_WORDS and word not in EVERYDAY_WORDS]
        for part in (phrase, telling):
            if _runs(words, part):
                yield UnsafeWord(Unsafe.FACILITY, " ".join(part))


def _a_numbers(folded: str, own: tuple[str, ...]) -> Iterator[UnsafeWord]:
    """Seven to nine digits however separated, unless they are part of a phone number; the person's own
    number wherever its digits stand one after the other."""
    digits = "".join(_DIGITS.findall(folded))
    for number in own:
        bare = "".join(_DIGITS.findall(fold(number)))
        if bare and (bare in digits or (len(bare.lstrip("0")) >= 7 and bare.lstrip("0") in digits)):
            yield UnsafeWord(Unsafe.A_NUMBER, bare)
    phones = [
        (match.start, match.end)
        for match in phonenumbers.PhoneNumberMatcher(folded, "US", phonenumbers.Leniency.POSSIBLE)
        if sum(character.isdigit() for character in match.raw_string) >= 10
    ]
    groups = [
        group
        for group in _DIGITS.finditer(folded)
        if not any(start <= group.start() and group.end() <= end for start, end in phones)
    ]
    for first in range(len(groups)):
        run, last_end = "", groups[first].start()
        for group in groups[first:]:
            between = folded[last_end : group.start()]
            if len(between) > 3 or any(character.isalnum() for character in between):
                break
            run, last_end = run + group.group(), group.end()
            if 7 <= len(run) <= 9:
                yield UnsafeWord(Unsafe.A_NUMBER, run)
            if len(run) >= 9:
                break
