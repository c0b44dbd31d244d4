"""The notice to counsel of record: whose client, what others saw, what blocks removal, what time runs."""

from __future__ import annotations

from notify.content.counsel_sections import counsel_client, counsel_hold, counsel_opening, official_contact
from notify.content.event_sections import counsel_data, counsel_event
from notify.content.facts import Element, NoticeFacts, NoticeText, Section, paragraphs, steps, strong
from notify.content.phrasebook import Phrasebook


def counsel_notice(facts: NoticeFacts, phrases: Phrasebook) -> NoticeText:
    """The whole notice in the phrasebook's language."""
    p = phrases
    return NoticeText(
        language=p.language,
        title=p.say("Private information about your client was shown to others. Removal is on hold."),
        opening=counsel_opening(facts, p),
        sections=(
            counsel_event(facts, p),
            counsel_data(facts, p),
            counsel_hold(facts, p),
            _steps(p),
            counsel_client(p),
            official_contact(facts, p),
        ),
    )


def _steps(p: Phrasebook) -> Section:
    return Section(
        (Element.WHAT_TO_DO, Element.BY_WHEN),
        p.say("What you can do, and by when"),
        (
            *steps(
                p.say("See your client in private and explain the notice."),
                p.say(
                    "Tell the court what happened: by a motion, a stay or a new interview, as the case"
                    " allows."
                ),
                p.say("Send us every order and every stay. A stay blocks as soon as we have it on record."),
            ),
            *strong(
                p.say("You have at least 30 days from the day your client was served, not from mailing.")
            ),
            *paragraphs(p.say("The end of the 30 days does not end the hold.")),
        ),
    )
