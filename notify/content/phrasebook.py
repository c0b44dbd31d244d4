"""The gettext catalog of notices, read straight from the `.po` files.

English is the source: its messages are the message ids. Any other language must have the message, translated
and not fuzzy, or `Untranslated` is raised: English never stands in silently for a translation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from notify.content.figures import locale_of
from notify.content.isolation import isolate
from notify.domain.languages import find_language

TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"
SOURCE_LANGUAGE = "en"


class Untranslated(LookupError):  # noqa: N818 - reads as what happened
    """A message has no translation in the language asked for. Carries the language tag and the message id."""

    def __init__(self, language: str, msgid: str) -> None:
        super().__init__(f"There is no {language} translation of: {msgid}")
        self.language = language
        self.msgid = msgid


@dataclass(frozen=True)
class Phrasebook:
    """The messages of one language. `messages` maps English to the translation; None means English itself.

    `counted` maps the English singular to the forms of a message with a number, in the order of the catalog's
    plural rule; `rule` says which of them a number takes (CLDR).
    """

    language: str
    messages: dict[str, str] | None = field(repr=False)
    counted: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    rule: Callable[[int], int] = field(default=lambda count: int(count != 1), repr=False)

    def say(self, msgid: str, /, **values: str) -> str:
        """The message for paper and e-mail: every value put in is isolated from the direction of the text."""
        return self._template(msgid).format(**{name: isolate(value) for name, value in values.items()})

    def say_bare(self, msgid: str, /, **values: str) -> str:
        """The message for a text message: no invisible characters, which would cost a whole segment."""
        return self._template(msgid).format(**values)

    def say_count(self, one: str, many: str, /, count: int, **values: str) -> str:
        """A message with a number, `{count}`, in the form the language has for it; isolated like `say`."""
        forms = (one, many) if self.messages is None else self.counted.get(one)
        if not forms:
            raise Untranslated(self.language, one)
        number = format_decimal(count, locale=locale_of(self.language))
        shown = {name: isolate(value) for name, value in {**values, "count": number}.items()}
        return forms[self.rule(count)].format(**shown)

    def _template(self, msgid: str) -> str:
        if self.messages is None:
            return msgid
        translated = self.messages.get(msgid)
        if not translated:
            raise Untranslated(self.language, msgid)
        return translated


def catalog_path(language: str, folder: Path = TRANSLATIONS) -> Path:
    """Where the notices of a BCP 47 language tag lie (gettext writes `zh_Hans` for `zh-Hans`)."""
    return folder / language.replace("-", "_") / "LC_MESSAGES" / "notices.po"


def read_phrasebook(language: str, path: Path) -> Phrasebook:
    """What a `.po` file says that is translated, in every form, and not fuzzy."""
    with path.open("rb") as stream:
        catalog: Any = read_po(stream)
    messages: dict[str, str] = {}
    counted: dict[str, tuple[str, ...]] = {}
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, str):
            messages |= {message.id: message.string} if message.string else {}
        elif len(message.string) == catalog.num_plurals and all(message.string):
            counted[message.id[0]] = tuple(message.string)
    return Phrasebook(language, messages, counted, c2py(catalog.plural_expr))


@cache
def phrasebook(language: str) -> Phrasebook:
    """The phrasebook of a BCP 47 tag, loaded once a process. `Untranslated` when it has no catalog."""
    known = find_language(language)
    tag = known.tag if known else language
    if tag == SOURCE_LANGUAGE:
        return Phrasebook(SOURCE_LANGUAGE, None)
    path = catalog_path(tag)
    if known is None or not path.is_file():
        raise Untranslated(language, "(any message)")
    return read_phrasebook(tag, path)


def has_catalog(language: str) -> bool:
    """Whether notices exist in this language at all (complete or not is for `make catalogs` to say)."""
    known = find_language(language)
    return known is not None and (known.tag == SOURCE_LANGUAGE or catalog_path(known.tag).is_file())


@cache
def catalog_digest(language: str) -> str:
    """SHA-256 in hex over all messages and translations: a review holds for exactly the words reviewed."""
    book = phrasebook(language)
    said = {**(book.messages or {}), **{one: "\x1d".join(forms) for one, forms in book.counted.items()}}
    text = "\x1e".join(f"{msgid}\x1f{said[msgid]}" for msgid in sorted(said))
    return hashlib.sha256(text.encode()).hexdigest()
