"""Text folded for the word check: no accents, no invisible characters, look-alikes as Latin letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Cyrillic, Greek and other letters that pass for Latin ones.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁвкмнтοαειυνρτκηβıɑɡ",
    "aeopcyxijsdbkmhtoaeiuvptknbiag",
)
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case, no accents, no invisible characters, look-alikes as Latin, every kind of digit as ASCII."""
    return "".join(map(_folded, text))


@cache
def _folded(character: str) -> str:
    """Folding looks at one character alone: marks, whose order composition would change, are dropped."""
    decomposed = unicodedata.normalize("NFKD", character.casefold())
    kept = (c for c in decomposed if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
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
