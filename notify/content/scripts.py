"""Which languages the letters' fonts can write."""

from __future__ import annotations

import unicodedata
from functools import cache

from notify.content.phrasebook import phrasebook

WRITABLE = ("LATIN", "CYRILLIC", "GREEK", "MODIFIER LETTER TURNED COMMA", "MODIFIER LETTER APOSTROPHE")
"""Scripts that the letters' own font writes, as Unicode's names of letters begin; the two signs are letters
of Uzbek (oʻ, maʼno). The engine would set Arabic in a typewriter's face, which nobody has looked at."""


@cache
def can_be_typeset(language: str) -> bool:
    """Whether every letter of a language's catalog has a glyph. `Untranslated` when there is no catalog.

    A language that cannot be set waits for its fonts: until then someone reads the notice to the person.
    """
    book = phrasebook(language)
    texts = (*(book.messages or {}).values(), *(form for forms in book.counted.values() for form in forms))
    letters = {character for text in texts for character in text if character.isalpha()}
    return all(unicodedata.name(letter).startswith(WRITABLE) for letter in letters)
