"""The words of a place's name as lists write them: folded, split, initials joined, written out."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz.distance import OSA

from holds.matching.place_words import (
    COMPASS,
    DIRECTIONS,
    KIND_WORDS,
    LEVELS,
    SILENT,
    SNAPPED,
    STATE_OF_CODE,
    WRITTEN_OUT,
)

_DASH = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_APOSTROPHE = re.compile(r"['`\u2018\u2019\u02bc\u00b4]")
_WORD = re.compile(r"\w+")
_SHORT_KIND = MappingProxyType(
    {
        "county": "co", "detention": "det", "center": "ctr", "correctional": "corr", "facility": "fac",
        "processing": "proc", "service": "svc", "department": "dept", "institution": "inst",
        "regional": "reg", "federal": "fed", "justice": "just", "juvenile": "juv",
    }
)  # fmt: skip
# Words that are left out, or written out by what stands beside them.
_IN_CONTEXT = (
    SILENT
    | frozenset(DIRECTIONS)
    | frozenset(STATE_OF_CODE)
    | frozenset({"st", "dc", "pc", "family", "fam", "frc"})
)
_LONG_KIND = re.compile("|".join(_SHORT_KIND))


def folded(text: str) -> str:
    """Lower case without accents, typographic dashes and apostrophes; other scripts stay as they are."""
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _APOSTROPHE.sub("", _DASH.sub("-", plain))


def split_words(plain: str) -> list[str]:
    """The words of a folded text: letters and digits between everything else."""
    if "_" in plain:
        plain = plain.replace("_", " ")
    found: list[str] = _WORD.findall(plain)
    return found


def initials_joined(words: Sequence[str]) -> list[str]:
    """`n y` -> `ny`, `c f` -> `cf`: letters written with stops or spaces between."""
    joined: list[str] = []
    run = False
    for word in words:
        single = len(word) == 1 and word.isalpha()
        if single and run:
            joined[-1] += word
        else:
            joined.append(word)
        run = single
    return joined


def _spoken(words: Sequence[str]) -> list[str]:
    """The words less the silent ones, initials joined, until neither step finds anything more."""
    if SILENT.isdisjoint(words) and not any(len(word) == 1 for word in words):
        return list(words)
    before: list[str] = []
    spoken = list(words)
    while spoken != before:
        before = spoken
        spoken = initials_joined([word for word in before if word not in SILENT])
    return spoken


def written_out(words: Sequence[str]) -> list[str]:
    """The words with every short form written out and without those that say nothing."""
    if words and _IN_CONTEXT.isdisjoint(words) and min(map(len, words)) > 1:
        return [token for word in words for token in _written(word)]
    spoken = _spoken(words)
    written: list[str] = []
    for index, word in enumerate(spoken):
        if index and word == "st" and spoken[index + 1 : index + 2] and _says_kind(spoken[index + 1]):
            written.append("street")  # `Varick St. Detention Center`; a saint has a name after the title
        elif index and word in STATE_OF_CODE and written[-1] in COMPASS:
            written.extend(STATE_OF_CODE[word].split())
        elif index == 0 and (word in DIRECTIONS or word in {"dc", "pc"}):
            written.append(DIRECTIONS.get(word, word))
        else:
            written.extend(_written(word))
    if "family" in written and "residential" in written:
        written.remove("family")  # the agency has no other residential centers
    return written


@lru_cache(maxsize=16_384)
def _written(word: str) -> tuple[str, ...]:
    """A word that means the same whatever stands beside it."""
    return WRITTEN_OUT.get(word) or (_snapped(word),)


@lru_cache(maxsize=16_384)
def squeezed(compact: str) -> str:
    """A name run together with its long kind words made short, so that it matters not which were short."""
    return _LONG_KIND.sub(lambda found: _SHORT_KIND[found[0]], compact)


def _says_kind(word: str) -> bool:
    return (WRITTEN_OUT.get(word) or (word,))[-1] in KIND_WORDS


@lru_cache(maxsize=16_384)
def _snapped(word: str) -> str:
    """A long kind word with one slip in it, put right: `detenton`, `facilty`, `processsing`."""
    if len(word) < 6 or word in KIND_WORDS or word in LEVELS:
        return word
    near = (known for known in SNAPPED if OSA.distance(word, known, score_cutoff=1) <= 1)
    meant = {WRITTEN_OUT.get(known, (known,)) for known in near}
    return meant.pop()[0] if len(meant) == 1 else word
