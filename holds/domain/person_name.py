"""Names of people, and the keys by which a name is found again.

`name_tokens`, `name_pairs` and `all_pairs` feed keyed indexes: what they return for a given name must never
change, or people on record are no longer found. Whoever changes them writes a new index version and
reindexes.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

# Agency abbreviations for "first / last / middle name unknown" and words that stand for no name at all.
_NO_NAME = {"fnu", "lnu", "mnu", "nfn", "nln", "nmn", "nmi", "unknown", "redacted"}
_NO_NAME_ALONE = {"na", "n a", "none", "null", "nil", "unk", "not available", "tbd"}  # "LI, NA" is a name
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv", "2nd", "3rd", "junior", "senior"}
_PARTICLES = {
    "da", "das", "de", "del", "dela", "den", "der", "di", "do", "dos", "du", "la", "las", "le", "los",
    "van", "von", "el", "al", "bin", "ibn", "bint", "san", "santa", "y", "e",
}  # fmt: skip
# Letters that carry their stroke or ligature in one code point, which NFKD does not take apart.
_UNDECOMPOSED = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ħ": "h",
        "ı": "i",
        "ŧ": "t",
        "ə": "e",
    }
)
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´ʹʾʿ＇"))
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {
    ord(sign): None for sign in "'`"
}
"""What becomes of each ASCII sign of a name."""
_TOKEN_LIMIT = 16


@dataclass(frozen=True)
class PersonName:
    """A name as written: family and given words in order, and a generational suffix (never part of a key).

    A name of one word, or one whose order is unknown because only a family name is given, is all in `family`.
    """

    family: tuple[str, ...]
    given: tuple[str, ...] = ()
    suffix: str = ""

    def display(self) -> str:
        """`LAST, FIRST MIDDLE SUFFIX`, or the single part there is."""
        given = " ".join((*self.given, self.suffix) if self.suffix else self.given)
        family = " ".join(self.family)
        return ", ".join(part for part in (family, given) if part)


def read_person_name(text: str) -> PersonName | None:
    """Read `LAST, FIRST MIDDLE`, `First Middle Last` or a single name in any script. None when it names
    nobody.
    """
    if " ".join(_fold(text)) in _NO_NAME_ALONE:
        return None
    family_text, comma, given_text = _tidy(text).replace("，", ",").replace("،", ",").partition(",")
    if comma:
        return person_name_from_parts(family_text, given_text.replace(",", " "))
    words, suffix = _words(family_text)
    if len(words) < 2:
        return PersonName(words, (), suffix) if words else None
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return PersonName(words[start:], words[:start], suffix)


def person_name_from_parts(family: str, given: str, middle: str = "") -> PersonName | None:
    """A name from separate cells; the blank and the unknown (`FNU`, `LNU`) are left out. None when none is
    left.
    """
    family_words, family_suffix = _words(_tidy(family))
    given_words, given_suffix = _words(_tidy(f"{given} {middle}"))
    suffix = given_suffix or family_suffix
    if not family_words and not given_words:
        return None
    if not family_words:
        return PersonName(given_words, (), suffix)
    return PersonName(family_words, given_words, suffix)


def name_tokens(name: PersonName | str) -> tuple[str, ...]:
    """The words of a name, in order, for comparing: casefolded, without accents, split at punctuation.

    An apostrophe joins (`O'BRIEN` is `obrien`), every other sign splits, particles stay. Marks that carry a
    vowel in Indic scripts are letters here and stay. Stable: see the module.
    """
    if isinstance(name, PersonName):
        return tuple(token for word in (*name.family, *name.given) for token in _fold(word))
    return tuple(_fold(name))


def name_pairs(name: PersonName) -> frozenset[str]:
    """Every unordered pair of a family token and a given token: `{"garcia|juan", …}`, sorted inside the pair.

    A name of one token gives that token; several tokens without a given name give the pairs among them.
    Whatever comes out is also in `all_pairs` of the same name, in whichever order it is written. Stable: see
    the module.
    """
    family = [token for word in name.family for token in _fold(word)]
    given = [token for word in name.given for token in _fold(word)]
    # The limit is that of all_pairs, over the name as a whole, so that the two always meet.
    family = family[:_TOKEN_LIMIT]
    given = given[: _TOKEN_LIMIT - len(family)]
    if not family or not given:
        return _pairs_among(family or given)
    return frozenset(_pair(one, other) for one in family for other in given)


def all_pairs(text: str) -> frozenset[str]:
    """Every unordered pair of the first sixteen tokens of free text whose order is unknown. Stable: see the
    module.
    """
    return pairs_of(name_tokens(text))


def pairs_of(tokens: Sequence[str]) -> frozenset[str]:
    """The same of the tokens that `name_tokens` gave of free text."""
    return _pairs_among(tokens[:_TOKEN_LIMIT])


def _pairs_among(tokens: Sequence[str]) -> frozenset[str]:
    if len(tokens) == 1:
        return frozenset(tokens)
    # As `_pair` does; written out, because every line of a manifest comes here.
    return frozenset([f"{a}|{b}" if a <= b else f"{b}|{a}" for a, b in combinations(tokens, 2)])


def _pair(one: str, other: str) -> str:
    return f"{one}|{other}" if one <= other else f"{other}|{one}"


def _fold(text: str) -> list[str]:
    if text.isascii():
        return text.translate(_ASCII).split()
    folded = text.translate(_APOSTROPHES)
    if not folded.isascii():
        # Casefolding can compose and decomposing can uncover capitals, so it is done on both sides.
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", folded).casefold())
        folded = "".join(c for c in folded if not unicodedata.combining(c)).translate(_UNDECOMPOSED)
        folded = folded.translate(_APOSTROPHES)
        return "".join(c if _is_word_character(c) else " " for c in folded).split()
    return folded.translate(_ASCII).split()


def _is_word_character(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in {"Mn", "Mc"}


def _tidy(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    visible = "".join(" " if unicodedata.category(c) in {"Cc", "Zs", "Zl", "Zp"} else c for c in text)
    return " ".join("".join(c for c in visible if unicodedata.category(c) != "Cf" or c == "\u200c").split())


def _words(text: str) -> tuple[tuple[str, ...], str]:
    """Words that name somebody, and the suffix. `-` and `FNU` name nobody."""
    words = [
        word
        for word in text.split()
        # A word of letters or digits names somebody; of any other it must be seen what is left of it.
        if word.casefold() not in _NO_NAME and ((word.isascii() and word.isalnum()) or _fold(word))
    ]
    suffix = ""
    # A given name of "Junior" alone is a name.
    if len(words) > 1 and words[-1].casefold().strip(".,") in _SUFFIXES:
        suffix = words.pop().strip(".,")
    return tuple(words), suffix
