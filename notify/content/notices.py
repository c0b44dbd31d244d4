"""From facts to words: the notice of a kind, in one language."""

from __future__ import annotations

from notify.content.counsel_notice import counsel_notice
from notify.content.exposure_notice import exposure_notice
from notify.content.facts import NoticeFacts, NoticeText
from notify.content.phrasebook import phrasebook
from notify.domain.kinds import NoticeKind

_WRITERS = {
    NoticeKind.EXPOSURE_NOTICE: exposure_notice,
    NoticeKind.COUNSEL_NOTICE: counsel_notice,
}


def write_notice(facts: NoticeFacts, language: str | None = None) -> NoticeText:
    """The notice in a BCP 47 language, by default the recipient's own. `Untranslated` when it is missing."""
    return _WRITERS[facts.kind](facts, phrasebook(language or facts.language))
