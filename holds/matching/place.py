"""Names of places of detention, brought to one form so that two spellings of a place can be compared.

A list writes `ADAMS CO. DET CTR (NATCHEZ, MS)`, `Adams County Detention Center1` or `ADAMS COUNTY DET CENTER,
NATCHEZ MS`. All three read as the words *adams county detention center*, with the city and the state beside
them where the text says so. Pure functions of the text: no directory is asked here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from holds.matching.place_spelling import folded, initials_joined, split_words, written_out
from holds.matching.place_words import (
    ALWAYS_MEANS,
    FIELD_OFFICES,
    KIND_WORDS,
    LEVELS,
    MAY_MEAN,
    NO_PLACE,
    PARTS,
    STATE_CODES,
    STATE_NAMES,
)

_FOOTNOTE_MARK = re.compile(r"[\[(]\s*\d{1,2}\s*[\])]|[*\u2020\u2021]")
# Glued to a word, to a short word for the kind, or after the stop or bracket at the end: `CENTER1`, `Ctr.1`.
_GLUED_FOOTNOTE = re.compile(
    r"(?:(?<=[a-z]{4})|(?<=\bctr|\bfac|\bdet|\bipc|\bspc|\bcdf))\d{1,2}(?=$|[^\w])|(?<=[a-z]{2}|[a-z]\.|.\))\d{1,2}$"
)
_ASIDE = re.compile(r"\(([^()]*)(?:\)|$)")
_SEGMENT = re.compile(r"\s*(?:[,;]|\s-\s)\s*")
_STATE_INSIDE = re.compile(r",\s*([a-z]{2})\b(?=\s+\w)")
_HOUSE_OF_CORRECTION = re.compile(r"\bhouse of corr(?:ections?|\b\.?)")
_ZIP = re.compile(r"\s*\b(\d{5})(?:-\d{4})?\s*$")
_SIMPLE = re.compile(r"([a-z]+(?: [a-z]+)*)(?: \(([a-z ]+), ?([a-z]{2})\))?")
_ONLY_WORDS = re.compile(r"[a-z .,;/&-]*")
# State codes that are also short words of names (`co` for county, `la salle`): a state only where
# a comma or a bracket says so.
_SAYS_KIND = frozenset(MAY_MEAN) | frozenset(ALWAYS_MEANS)
_NOT_NAMING = KIND_WORDS | LEVELS | PARTS
# The last word of every state's name, and every code: no other word ends a tail.
_ENDS_A_TAIL = frozenset(name.split()[-1] for name in STATE_NAMES) | {code.lower() for code in STATE_CODES}
_DOUBLE_MEANING = frozenset({"co", "la", "de", "al", "in", "or", "me", "ok", "hi", "dc"})


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name in canonical words. `core` names the place; the other sets say which and what kind.

    `kinds` are kinds that are never exchanged (a hold room is no hospital), `may_mean` those that are
    (a jail may be called a detention center); empty `may_mean` says nothing about the kind.
    """

    tokens: tuple[str, ...]
    core: tuple[str, ...]
    levels: frozenset[str]
    parts: frozenset[str]
    kinds: frozenset[str]
    may_mean: frozenset[str]
    text: str = field(init=False, compare=False, repr=False)
    """The canonical words in alphabetical order, for comparison without regard to order."""
    compact: str = field(init=False, compare=False, repr=False)
    """The canonical words in writing order, run together: a misplaced space makes no difference."""
    key: str = field(init=False, compare=False, repr=False)
    """The core run together, so that `La Salle` and `LaSalle` are one."""
    naming: frozenset[str] = field(init=False, compare=False, repr=False)
    """The words of the core."""

    def __post_init__(self) -> None:
        # Every name is compared many times over, so what comparisons ask is made once.
        put = object.__setattr__
        put(self, "text", " ".join(sorted(self.tokens)))
        put(self, "compact", "".join(self.tokens))
        put(self, "key", "".join(self.core))
        put(self, "naming", frozenset(self.core))

    @property
    def kind_words(self) -> frozenset[str]:
        return _SAYS_KIND.intersection(self.tokens)

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset(token for token in self.parts if token.isdigit())


@dataclass(frozen=True, slots=True)
class Place:
    """What a text says of a place: its name, other names in brackets, and city and state if it says them.

    `asides` are bracketed words that are neither state nor `city, state`: an alias or the city.
    """

    name: PlaceName
    asides: tuple[PlaceName, ...]
    city: str | None
    state: str | None
    joined: PlaceName | None = None
    """The name with the words in brackets that name something, as if there were no brackets."""
    zip: str | None = None
    """Five digits at the end of the text."""


@lru_cache(maxsize=4096)
def state_code(text: str | None) -> str | None:
    """The postal code of a state or territory from its code or its name; None if it is neither."""
    name = " ".join(initials_joined(split_words(folded(text or ""))))
    return name.upper() if name.upper() in STATE_CODES else STATE_NAMES.get(name)


@lru_cache(maxsize=16_384)
def city_key(text: str | None) -> str:
    """A city's name with `Ft.`, `St.` and the like written out, run together; empty if there is none."""
    return "".join(written_out(split_words(folded(text or ""))))


@lru_cache(maxsize=1024)
def aor_code(text: str | None) -> str | None:
    """The code of an area of responsibility from `ATL`, `Atlanta` or `Atlanta Field Office (ATL)`."""
    words = [word for word in split_words(folded(text or "")) if word not in {"field", "office", "ero"}]
    known = frozenset(FIELD_OFFICES.values())
    codes = [word.upper() for word in words if word.upper() in known]
    if codes:
        return codes[-1]
    return FIELD_OFFICES.get(" ".join("saint" if word == "st" else word for word in words))


def place_key(text: str) -> str:
    """The words of a place's name, written out, as one text: what two spellings of it have in common.

    Words in brackets are among them; city and state at its end are not. Empty for a text without words.
    """
    place = read_place(text)
    name = place.joined or place.name
    return " ".join(name.tokens or split_words(folded(text)))


def says_no_place(text: str) -> bool:
    """Whether a cell says in so many words that there is no place: `N/A`, `Redacted`, `RELEASED`."""
    return "-".join(folded(text).split()) in NO_PLACE or not split_words(folded(text))


def place_name(words: Sequence[str]) -> PlaceName:
    """Canonical name from words in writing order, already split at spaces and punctuation."""
    tokens = tuple(written_out(words))
    naming: list[str] = []
    telling: list[str] = []
    for token in tokens:
        (telling if token in _NOT_NAMING or token.isdigit() else naming).append(token)
    core = tuple([token for token in naming if len(token) > 1] or naming)
    return PlaceName(tokens, core, *_told_by(tuple(telling)))


@lru_cache(maxsize=4096)
def _told_by(
    tokens: tuple[str, ...],
) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """(levels, parts, kinds, what it may mean) of the words that name nothing; few sets are in use."""
    levels = LEVELS.intersection(tokens)
    meanings = [MAY_MEAN[token] for token in tokens if token in MAY_MEAN]
    if "prison" in tokens and levels & {"county", "parish"}:
        # In Pennsylvania and elsewhere the county's jail is its prison.
        meanings = [meaning | {"local"} if "prison" in meaning else meaning for meaning in meanings]
    return (
        levels,
        frozenset(token for token in tokens if token in PARTS or token.isdigit()),
        frozenset(ALWAYS_MEANS[token] for token in tokens if token in ALWAYS_MEANS),
        _narrowed(meanings),
    )


def _narrowed(meanings: Sequence[frozenset[str]]) -> frozenset[str]:
    """What all the words can mean together; if they quarrel, what any of them can."""
    if not meanings:
        return frozenset()
    return frozenset.intersection(*meanings) or frozenset.union(*meanings)


@lru_cache(maxsize=4096)
def read_place(text: str) -> Place:
    """Read a facility's name as a list writes it. Never raises; an empty text gives an empty name."""
    plain = " ".join(folded(text).split())
    if (simple := _SIMPLE.fullmatch(plain)) and (found := _read_simply(simple)):
        return found
    if not _ONLY_WORDS.fullmatch(plain):
        plain = _GLUED_FOOTNOTE.sub("", _FOOTNOTE_MARK.sub(" ", plain))
    if "house of" in plain:
        plain = _HOUSE_OF_CORRECTION.sub("correctional facility", plain)
    city: str | None = None
    state: str | None = None
    bracketed = _ASIDE.findall(plain) if "(" in plain else []
    outside = _ASIDE.sub(" ", plain) if bracketed else plain
    zip_code = _ZIP.search(outside)
    outer = _ZIP.sub("", outside).strip(" ,;-")
    asides: list[list[str]] = []
    for aside in bracketed:
        aside_city, aside_state = _city_and_state(aside)
        if aside_state:
            city, state = aside_city or city, aside_state
        elif words := split_words(aside):
            asides.append(words)
    outer, tail_city, tail_state = _without_tail(outer)
    words = _without_acronym(split_words(outer))
    names = [place_name(aside) for aside in asides]
    # Brackets that hold no name of their own say more of this one: `(HOSP.)`, `(FEMALE)`, `(SHERIFF)`.
    for aside, name in zip(asides, names, strict=True):
        words += aside if not name.core else [word for word in name.tokens if _tells_apart(word)]
    return Place(
        name=place_name(words),
        asides=tuple(name for name in names if name.core),
        city=tail_city or city,
        state=tail_state or state,
        joined=place_name([*words, *said]) if (said := _said_beside(asides, names)) else None,
        zip=zip_code[1] if zip_code else None,
    )


def _read_simply(simple: re.Match[str]) -> Place | None:
    """What `read_place` makes of words alone or with `(city, st)` behind them; None if it takes more."""
    outer, city, state = simple.groups()
    words = outer.split()
    last, acronym = words[-1], words[0]
    if len(last) == 1 or last in _ENDS_A_TAIL or "house" in words:
        return None
    if state and (state.upper() not in STATE_CODES or not city.strip()):
        return None
    if len(acronym) > 2 and acronym == "".join([word[0] for word in words[1:]]):
        words = words[1:]
    return Place(place_name(words), (), city.strip() if city else None, state.upper() if state else None)


def _without_acronym(words: list[str]) -> list[str]:
    """`STDC - South Texas Detention Complex`: the initials of the words that follow name nothing more."""
    initials = "".join(word[0] for word in words[1:])
    return words[1:] if len(words[:1] and words[0]) > 2 and words[0] == initials else words


def _said_beside(asides: Sequence[Sequence[str]], names: Sequence[PlaceName]) -> list[str]:
    return [word for aside, name in zip(asides, names, strict=True) if name.core for word in aside]


def _tells_apart(word: str) -> bool:
    return word in PARTS or word in ALWAYS_MEANS or word.isdigit()


def _city_and_state(text: str) -> tuple[str | None, str | None]:
    """`lumpkin, ga`, `grayling, michigan`, `ga` or `montana` -> (city, state), else (None, None)."""
    whole = state_code(text)
    if whole and folded(text).strip() != "washington":  # the city, the county or the state: nobody can tell
        return None, whole
    before, comma, after = text.rpartition(",")
    if comma and (state := state_code(after)):
        return before.strip() or None, state
    return None, None


def _without_tail(text: str) -> tuple[str, str | None, str | None]:
    """Split `…, CITY, ST`, `… - CITY, ST`, `…, CITY ST` and `… CENTER CITY ST` off a name."""
    if text.upper() in STATE_CODES:
        return "", None, text.upper()
    segments = _SEGMENT.split(text)
    if len(segments) > 1 and (state := state_code(segments[-1])):
        head, city = segments[:-1], None
        if len(head) > 1:
            head, city = head[:-1], head[-1]
        elif split := _city_after_kind(head[0].split()):
            head, city = [split[0]], split[1]
        return " ".join(head), city or None, state
    found = _STATE_INSIDE.search(text)
    if found and found[1] not in _DOUBLE_MEANING and found[1].upper() in STATE_CODES:
        return text[: found.start()] + text[found.end() :], None, found[1].upper()
    words = initials_joined(split_words(segments[-1]))
    for length in (1, 2, 3) if words and words[-1] in _ENDS_A_TAIL else ():
        state = state_code(" ".join(words[-length:])) if len(words) > length else None
        if state is None or words[-1] in _DOUBLE_MEANING or words[-length:] == ["washington"]:
            continue
        if len(segments) > 1:
            return " ".join(segments[:-1]), " ".join(words[:-length]), state
        if split := _city_after_kind(words[:-length]):
            return split[0], split[1] or None, state
    return text, None, None


def _city_after_kind(words: list[str]) -> tuple[str, str] | None:
    """What follows the last word that says the kind is the city; None when no word says the kind."""
    for index in range(len(words) - 1, -1, -1):
        written = written_out(split_words(words[index]))
        if written and (written[-1] in KIND_WORDS or written[-1] in LEVELS):
            return " ".join(words[: index + 1]), " ".join(words[index + 1 :])
    return None
