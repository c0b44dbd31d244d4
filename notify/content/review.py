"""Which translation was reviewed by whom: `translations/review.toml`.

A translation nobody has reviewed is a draft. A draft goes out on paper only, beside English and marked.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from notify.content.phrasebook import SOURCE_LANGUAGE, TRANSLATIONS, catalog_digest
from notify.domain.kinds import NoticeKind
from notify.domain.languages import find_language


class Standing(StrEnum):
    """How far the wording of a notice has come in one language."""

    SOURCE = "source"  # English, from which the others are translated; nobody certified it either
    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    CERTIFIED = "certified"


@dataclass(frozen=True)
class ReviewState:
    """The standing of one wording: language tag, kind, version, by whom and when (None: not recorded)."""

    language: str
    kind: NoticeKind
    version: int
    standing: Standing
    by: str | None = None
    on: date | None = None

    @property
    def paper_only(self) -> bool:
        """A draft may be printed beside English; it never goes by text message, voice or e-mail."""
        return self.standing is Standing.DRAFTED


EVERY_KIND = "*"
"""Stands for all kinds in an entry of a source or a draft; what was reviewed is named kind by kind."""


class ReviewFileError(ValueError):
    """`review.toml` says something we cannot read; the sentence names the entry."""


@dataclass(frozen=True)
class Reviews:
    """All entries of a review file, by (language, kind, version)."""

    entries: dict[tuple[str, NoticeKind, int], ReviewState]

    def state(self, language: str, kind: NoticeKind, version: int) -> ReviewState:
        """The standing of a wording; what nobody entered is a draft."""
        known = find_language(language)
        tag = known.tag if known else language
        found = self.entries.get((tag, kind, version))
        if found is not None:
            return found
        standing = Standing.SOURCE if tag == SOURCE_LANGUAGE else Standing.DRAFTED
        return ReviewState(tag, kind, version, standing)


def read_reviews(path: Path) -> Reviews:
    """Read a review file. A review whose digest is not that of today's catalog counts as drafted again."""
    entries: dict[tuple[str, NoticeKind, int], ReviewState] = {}
    content: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    for number, entry in enumerate(content.get("review", []), start=1):
        every = entry.get("kind") == EVERY_KIND and entry.get("state") in (Standing.SOURCE, Standing.DRAFTED)
        for kind in NoticeKind if every else (entry.get("kind"),):
            state = _read_entry(number, {**entry, "kind": kind})
            key = (state.language, state.kind, state.version)
            if key in entries:
                raise ReviewFileError(f"Entry {number} of review.toml repeats {state.language} {state.kind}.")
            entries[key] = state
    return Reviews(entries)


def _read_entry(number: int, entry: dict[str, Any]) -> ReviewState:
    try:
        state = ReviewState(
            language=str(entry["language"]),
            kind=NoticeKind(entry["kind"]),
            version=int(entry["version"]),
            standing=Standing(entry["state"]),
            by=str(entry["by"]),
            on=entry.get("on"),
        )
    except (KeyError, ValueError) as error:
        raise ReviewFileError(f"Entry {number} of review.toml cannot be read: {error}.") from error
    if (state.standing is Standing.SOURCE) != (state.language == SOURCE_LANGUAGE):
        raise ReviewFileError(f"Entry {number} of review.toml: only English is the source, and nothing else.")
    if state.standing not in (Standing.REVIEWED, Standing.CERTIFIED):
        return state
    if not (state.by or "").strip():
        raise ReviewFileError(f"Entry {number} of review.toml does not say who reviewed it.")
    if not isinstance(state.on, date):
        raise ReviewFileError(f"Entry {number} of review.toml does not say on which date it was reviewed.")
    if entry.get("digest") != catalog_digest(state.language):
        return ReviewState(state.language, state.kind, state.version, Standing.DRAFTED, state.by, state.on)
    return state


@cache
def shipped_reviews() -> Reviews:
    """The reviews that ship with the catalogs."""
    return read_reviews(TRANSLATIONS / "review.toml")
