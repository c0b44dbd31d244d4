"""Letters: facts in, PDF out.

The pages are set by typst from `templates/`, every value handed in as JSON. The PDF is tagged (PDF/UA-1);
that standard also forbids a character without a glyph, so a name the fonts cannot write stops the letter
(`MissingGlyph`) and never prints as a box.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

import typst

from notify.content.facts import NeutralFacts, NoticeFacts
from notify.content.fonts import FOLDER, families
from notify.content.isolation import without_isolation
from notify.content.letter_data import letter_languages, neutral_data, packet_data
from notify.content.notices import write_notice
from notify.content.packet import cover_words, neutral_letter_words
from notify.content.phrasebook import phrasebook
from notify.content.review import Reviews

TEMPLATES = Path(__file__).with_name("templates")
_BATCH = 40
_NO_GLYPH = "could not be displayed"


class MissingGlyph(ValueError):  # noqa: N818 - reads as what happened
    """The fonts lack a glyph. `characters` are the ones that cannot be set, in order of appearance."""

    def __init__(self, characters: str) -> None:
        names = ", ".join(f"{character} (U+{ord(character):04X})" for character in characters)
        super().__init__(f"The letter fonts cannot write: {names}.")
        self.characters = characters


@dataclass(frozen=True)
class LetterFacts:
    """A letter: the notice, to whom it is addressed, and how it travels.

    `address` are the lines under the name: a postal address, or facility and housing unit. By hand it comes
    with a sealed cover and a receipt page. A notice to the person ends with a reply card either way.
    """

    notice: NoticeFacts
    to_name: str = field(repr=False)
    address: tuple[str, ...] = field(repr=False)
    delivery: Literal["by_hand", "by_post"] = "by_hand"


@dataclass(frozen=True)
class NeutralLetter:
    """A letter to an address nobody confirmed as safe: the addressee, and nothing but a number and a code."""

    facts: NeutralFacts
    to_name: str = field(repr=False)
    address: tuple[str, ...] = field(repr=False)


def typeset_letter(letter: LetterFacts, *, reviews: Reviews | None = None) -> bytes:
    """The letter as a PDF. `Untranslated` without a catalog, `MissingGlyph` when fonts lack a character."""
    return _pdf(
        "packet", packet_data(letter.notice, letter.to_name, letter.address, letter.delivery, reviews)
    )


def neutral_letter(letter: NeutralLetter) -> bytes:
    """The neutral letter as a PDF."""
    return _pdf("neutral", neutral_data(letter.facts, letter.to_name, letter.address))


def typeset_many(letters: Iterable[LetterFacts], *, processes: int = 2) -> Iterator[bytes]:
    """The letters as PDFs, in order. The first letter that cannot be set raises, as `typeset_letter` does.

    Processes and not threads: words and QR codes are made in Python, a sixth of the time. Batches are handed
    out as results are taken, so that a hundred thousand letters never lie in memory at once.
    """
    batches = _batches(letters)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_typeset_batch, batch) for batch in islice(batches, processes * 2)]
        while waiting:
            done = waiting.pop(0).result()
            waiting += [pool.submit(_typeset_batch, batch) for batch in islice(batches, 1)]
            yield from done


def outside_text(letter: LetterFacts | NeutralLetter) -> str:
    """What anyone sees who holds the closed letter: the text for the check of the channel `cover`."""
    by_hand = isinstance(letter, LetterFacts) and letter.delivery == "by_hand"
    language = letter.notice.language if isinstance(letter, LetterFacts) else letter.facts.language
    covers = [
        cover_words(letter.to_name, letter.address, by_hand, phrasebook(tag)).plain_text()
        for tag in letter_languages(language)
    ]
    return "\n".join(covers if by_hand else (letter.to_name, *letter.address))


def inside_text(letter: LetterFacts | NeutralLetter) -> str:
    """What the opened letter says in all its languages, for the check of `letter` or `neutral_letter`."""
    if isinstance(letter, NeutralLetter):
        bodies = [
            neutral_letter_words(letter.facts, phrasebook(tag))
            for tag in letter_languages(letter.facts.language)
        ]
        return without_isolation("\n".join(line for body in bodies for line in body))
    texts = [write_notice(letter.notice, tag) for tag in letter_languages(letter.notice.language)]
    return without_isolation("\n\n".join(text.plain_text() for text in texts))


def page_images(letter: LetterFacts | NeutralLetter, *, ppi: float = 110) -> list[bytes]:
    """The pages as PNG, to look at on a screen."""
    if isinstance(letter, NeutralLetter):
        template, data = "neutral", neutral_data(letter.facts, letter.to_name, letter.address)
    else:
        template = "packet"
        data = packet_data(letter.notice, letter.to_name, letter.address, letter.delivery, None)
    pages = _compiler().compile(input=_source(template, data), format="png", ppi=ppi)
    return pages if isinstance(pages, list) else [pages] if pages is not None else []


def _batches(letters: Iterable[LetterFacts]) -> Iterator[tuple[LetterFacts, ...]]:
    source = iter(letters)
    while batch := tuple(islice(source, _BATCH)):
        yield batch


def _typeset_batch(letters: tuple[LetterFacts, ...]) -> list[bytes]:
    return [typeset_letter(letter) for letter in letters]


@cache
def _compiler() -> typst.Compiler:
    paths = [FOLDER] if FOLDER.is_dir() else []
    return typst.Compiler(root=TEMPLATES, ignore_system_fonts=True, font_paths=paths)


def _source(template: str, data: dict[str, Any]) -> bytes:
    """A document of two lines. The values go in as a string of JSON, in which nothing is code.

    They do not go in as `sys.inputs`: those belong to the library that every layout's cache key holds.
    """
    text = json.dumps(data, ensure_ascii=False).replace("\\", "\\\\").replace('"', '\\"')
    return f'#import "/{template}.typ": {template}\n#{template}(json(bytes("{text}")))'.encode()


def _pdf(template: str, data: dict[str, Any]) -> bytes:
    source = _source(template, data)
    try:
        pdf = _compiler().compile(input=source, format="pdf", pdf_standards="ua-1", sys_inputs=None)
    except typst.TypstError as error:
        if _NO_GLYPH in error.message:
            raise MissingGlyph(unwritable(source.decode())) from error
        raise
    if not isinstance(pdf, bytes):
        raise TypeError("The engine returned no PDF.")
    return pdf


def unwritable(text: str, fonts: tuple[str, ...] = families("zh-Hans")) -> str:
    """The characters of a text that the fonts cannot write, each tried on a page of its own."""
    named = ", ".join(f'"{family}"' for family in fonts)
    source = (
        f'#set document(title: "t")\n#set text(font: ({named},), fallback: false)\n#sys.inputs.c'.encode()
    )

    def fails(characters: str) -> bool:
        try:
            _compiler().compile(
                input=source, format="pdf", pdf_standards="ua-1", sys_inputs={"c": characters}
            )
        except typst.TypstError as error:
            if _NO_GLYPH not in error.message:
                raise
            return True
        return False

    wanted = [character for character in dict.fromkeys(text) if not character.isascii()]
    if not fails("".join(wanted)):
        return ""
    return "".join(character for character in wanted if fails(character))


@cache
def can_be_typeset(language: str) -> bool:
    """Whether every letter of a language's catalog has a glyph. `Untranslated` when there is no catalog.

    A language that cannot be set waits for its fonts: until then someone reads the notice to the person.
    """
    book = phrasebook(language)
    texts = (*(book.messages or {}).values(), *(form for forms in book.counted.values() for form in forms))
    letters = {character for text in texts for character in text if character.isalpha()}
    return not unwritable("".join(sorted(letters)))
