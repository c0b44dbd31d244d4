"""The promised thirty days near their end: what runs out, and what does not."""

from __future__ import annotations

from notify.content.facts import NoticeFacts, NoticeText, paragraphs, strong
from notify.content.figures import long_date
from notify.content.particulars import Window
from notify.content.phrasebook import Phrasebook
from notify.content.told_again import told_again


def window_notice(facts: NoticeFacts, p: Phrasebook) -> NoticeText:
    """The whole notice. Day 30 raises an alert and releases nobody: so it is told."""
    window = facts.told(Window)
    served, last = long_date(window.served_on, p.language), long_date(window.last_day, p.language)
    return told_again(
        facts,
        p,
        title=p.say("Your 30 days are nearly over. Your deportation is still on hold."),
        heading=p.say("Why we write to you now"),
        news=(
            *paragraphs(
                p.say(
                    "You got our letter on {date}. You were promised at least 30 days from that day. They are"
                    " there so that you can tell an immigration court what happened to your information.",
                    date=served,
                ),
            ),
            *strong(
                p.say("Day 30 is {date}.", date=last),
                p.say_count("{count} day is left.", "{count} days are left.", window.days_left),
            ),
            *paragraphs(
                p.say("The hold does not end on that day. It stays on until it is ended by the rules below."),
                p.say("If you need more time, or if you could not reach a lawyer, call us before that day."),
            ),
        ),
        first=(p.say("Try to tell the court by {date}.", date=last),),
    )
