"""Text folded for the word check: no accents, no invisible characters, look-alikes as Latin letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Cyrillic, Greek and other letters that pass for Latin ones; Persian ye and kaf, which many type as Arabic's.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁвкмнтοαειυνρτκηβıɑɡیک",
    "aeopcyxijsdbkmhtoaeiuvptknbiagيك",
)
# Armenian puts stress, wonder and question inside the word, above its vowel: they part no word.
_INSIDE_WORDS = frozenset("\u055b\u055c\u055e")
# In the scripts of India a vowel sign is a letter and no accent: without it every third word is the same. The
# range leaves out the two dandas, which end sentences.
_INDIC = re.compile("[\u0900-\u0963\u0966-\u0dff]")
_SIGNS = frozenset(
    sign
    for sign in map(chr, range(0x0900, 0x0E00))
    if unicodedata.category(sign) in ("Mn", "Mc") and "NUKTA" not in unicodedata.name(sign)
)
WORD = re.compile(rf"(?:[^\W_]|{_INDIC.pattern})+")


def fold(text: str) -> str:
    """Lower case, no accents, no invisible characters, look-alikes as Latin, every kind of digit as ASCII."""
    kept: list[str] = []
    for part in map(_folded, text):
        # A vowel sign after a letter of another script is none: it was put there to break a word.
        stray = part in _SIGNS and not (kept and _INDIC.match(kept[-1][-1]))
        if part and not stray:
            kept.append(part)
    return "".join(kept)


@cache
def _folded(character: str) -> str:
    """Folding looks at one character alone: marks, whose order composition would change, are dropped."""
    if character in _SIGNS:
        return character
    decomposed = unicodedata.normalize("NFKD", character.casefold())
    kept = (
        c for c in decomposed if unicodedata.category(c) not in ("Mn", "Me", "Cf") and c not in _INSIDE_WORDS
    )
    latin = "".join(kept).translate(_LOOKALIKES)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in latin)


def folded_entry(entry: str) -> str:
    """An entry of a word list as it stands in folded text: words by single spaces, stars where they were."""
    return " ".join(filter(None, map(_folded_word, entry.split())))


def _folded_word(word: str) -> str:
    core = " ".join(WORD.findall(fold(word.strip("*"))))
    if not core:
        return ""
    return f"{'*' if word.startswith('*') else ''}{core}{'*' if word.endswith('*') else ''}"
