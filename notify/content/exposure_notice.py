"""The notice to the affected person: the first that anybody tells them of the exposure.

Its elements follow OMB M-17-12, section VII (contents of a breach notice), and docs/terms.md.
"""

from __future__ import annotations

from notify.content.event_sections import what_happened, what_was_seen
from notify.content.facts import NoticeFacts, NoticeText
from notify.content.person_sections import (
    contact,
    find_counsel,
    genuine,
    hold,
    not_the_hold,
    opening,
    sign_nothing,
    what_to_do,
    what_we_do,
)
from notify.content.phrasebook import Phrasebook


def exposure_notice(facts: NoticeFacts, phrases: Phrasebook) -> NoticeText:
    """The whole notice in the phrasebook's language. Both languages of a letter have the same blocks."""
    return NoticeText(
        language=phrases.language,
        title=phrases.say("Private information about you was shown to others. Your deportation is on hold."),
        opening=opening(facts, phrases),
        sections=(
            what_happened(facts, phrases),
            hold(facts, phrases),
            not_the_hold(phrases),
            what_to_do(facts, phrases),
            sign_nothing(phrases),
            find_counsel(facts, phrases),
            what_was_seen(facts, phrases),
            what_we_do(facts, phrases),
            contact(facts, phrases),
            genuine(facts, phrases),
        ),
    )
