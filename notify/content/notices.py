"""From facts to words: the notice of a kind, in one language."""

from __future__ import annotations

from collections.abc import Callable

from notify.content.correction import correction
from notify.content.counsel_notice import counsel_notice
from notify.content.custody_change import custody_change
from notify.content.exposure_notice import exposure_notice
from notify.content.facts import NoticeFacts, NoticeText
from notify.content.further_disclosure import further_disclosure
from notify.content.hold_notice import hold_notice
from notify.content.hold_released import hold_released
from notify.content.phrasebook import Phrasebook, phrasebook
from notify.content.release_proposed import release_proposed
from notify.content.removal_attempt_alert import removal_attempt_alert
from notify.content.return_assistance import return_assistance
from notify.content.rights_reminder import rights_reminder
from notify.content.update import update
from notify.content.window_notice import window_notice
from notify.domain.kinds import NoticeKind

_WRITERS: dict[NoticeKind, Callable[[NoticeFacts, Phrasebook], NoticeText]] = {
    NoticeKind.EXPOSURE_NOTICE: exposure_notice,
    NoticeKind.COUNSEL_NOTICE: counsel_notice,
    NoticeKind.HOLD_NOTICE: hold_notice,
    NoticeKind.RIGHTS_REMINDER: rights_reminder,
    NoticeKind.WINDOW_NOTICE: window_notice,
    NoticeKind.CUSTODY_CHANGE: custody_change,
    NoticeKind.REMOVAL_ATTEMPT_ALERT: removal_attempt_alert,
    NoticeKind.RELEASE_PROPOSED: release_proposed,
    NoticeKind.HOLD_RELEASED: hold_released,
    NoticeKind.CORRECTION: correction,
    NoticeKind.RETURN_ASSISTANCE: return_assistance,
    NoticeKind.FURTHER_DISCLOSURE: further_disclosure,
    NoticeKind.UPDATE: update,
}


def write_notice(facts: NoticeFacts, language: str | None = None) -> NoticeText:
    """The notice in a BCP 47 language, by default the recipient's own. `Untranslated` when it is missing."""
    return _WRITERS[facts.kind](facts, phrasebook(language or facts.language))
