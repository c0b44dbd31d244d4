"""The gettext catalog of notices, read straight from the `.po` files.

English is the source: its messages are the message ids. Any other language must have the message, translated
and not fuzzy, or `Untranslated` is raised: English never stands in silently for a translation.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

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
    """The messages of one language. `messages` maps English to the translation; None means English itself."""

    language: str
    messages: dict[str, str] | None = field(repr=False)

    def say(self, msgid: str, /, **values: str) -> str:
        """The message for paper and e-mail: every value put in is isolated from the direction of the text."""
        return self._template(msgid).format(**{name: isolate(value) for name, value in values.items()})

    def say_bare(self, msgid: str, /, **values: str) -> str:
        """The message for a text message: no invisible characters, which would cost a whole segment."""
        return self._template(msgid).format(**values)

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


def read_messages(path: Path) -> dict[str, str]:
    """English -> translation, of the messages in a `.po` file that are translated and not fuzzy."""
    with path.open("rb") as stream:
        catalog: Any = read_po(stream)
    return {
        message.id: message.string
        for message in catalog
        if message.id and isinstance(message.id, str) and message.string and not message.fuzzy
    }


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
    return Phrasebook(tag, read_messages(path))


def has_catalog(language: str) -> bool:
    """Whether notices exist in this language at all (complete or not is for `make catalogs` to say)."""
    known = find_language(language)
    return known is not None and (known.tag == SOURCE_LANGUAGE or catalog_path(known.tag).is_file())


@cache
def catalog_digest(language: str) -> str:
    """SHA-256 in hex over all messages and translations: a review holds for exactly the words reviewed."""
    messages = phrasebook(language).messages or {}
    text = "\x1e".join(f"{msgid}\x1f{messages[msgid]}" for msgid in sorted(messages))
    return hashlib.sha256(text.encode()).hexdigest()
