"""To counsel, at once: somebody went about to remove the client in spite of the hold."""

from __future__ import annotations

from babel.dates import format_datetime

from notify.content.counsel_sections import counsel_client, counsel_hold, counsel_opening, official_contact
from notify.content.event_sections import counsel_data, counsel_event
from notify.content.facts import Element, NoticeFacts, NoticeText, Section, paragraphs, steps, strong
from notify.content.figures import locale_of
from notify.content.particulars import Attempt, RemovalAttempt
from notify.content.phrasebook import Phrasebook


def removal_attempt_alert(facts: NoticeFacts, p: Phrasebook) -> NoticeText:
    """The whole notice. Times carry their zone: an hour decides here."""
    attempt = facts.told(RemovalAttempt)
    return NoticeText(
        language=p.language,
        title=p.say("Someone may be trying to remove your client. Act now."),
        opening=counsel_opening(facts, p),
        sections=(
            _news(attempt, p),
            _steps(p),
            counsel_hold(facts, p),
            counsel_client(p),
            official_contact(facts, p),
            counsel_event(facts, p),
            counsel_data(facts, p),
        ),
    )


def _news(attempt: RemovalAttempt, p: Phrasebook) -> Section:
    when = format_datetime(attempt.at, format="long", tzinfo=attempt.at.tzinfo, locale=locale_of(p.language))
    words = {
        Attempt.ASKED: p.say(
            "At this time an officer asked us if your client may be removed: {time}. We answered: blocked.",
            time=when,
        ),
        Attempt.LISTED: p.say(
            "At this time your client was on a list of people to be removed: {time}. We answered: do not"
            " board.",
            time=when,
        ),
        Attempt.BOARDED: p.say(
            "At this time we learned that your client was put on board in spite of the hold: {time}. We"
            " told the officers to take your client off.",
            time=when,
        ),
        Attempt.DEPARTED: p.say(
            "At this time we learned that your client was taken away in spite of the hold: {time}. We"
            " told the officers to bring your client back.",
            time=when,
        ),
    }
    return Section(
        (Element.NEWS,),
        p.say("What happened just now"),
        (
            *strong(words[attempt.what]),
            *paragraphs(
                p.say("The hold has not ended. We do not know if the officers will do as we told them.")
            ),
        ),
    )


def _steps(p: Phrasebook) -> Section:
    """Which stay must reach the officers by when: docs/terms.md."""
    return Section(
        (Element.WHAT_TO_DO, Element.BY_WHEN),
        p.say("What you can do, and by when"),
        (
            *strong(p.say("Do this now. A removal can take less than an hour.")),
            *steps(
                p.say("Call us. Tell us where your client is, if you know."),
                p.say(
                    "Call your client, or the place that holds your client. Ask to speak with the officer."
                ),
                p.say(
                    "Think of asking for a stay. A stay by DHS or the immigration court must reach the"
                    " officers before boarding is over. An order of a federal court counts at any time."
                ),
                p.say("Send us every order and every stay. A stay blocks as soon as we have it on record."),
            ),
        ),
    )
