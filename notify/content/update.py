"""News of a hold that goes on."""

from __future__ import annotations

from notify.content.facts import NoticeFacts, NoticeText, paragraphs
from notify.content.figures import long_date
from notify.content.particulars import News, Topic
from notify.content.phrasebook import Phrasebook
from notify.content.told_again import told_again


def update(facts: NoticeFacts, p: Phrasebook) -> NoticeText:
    """The whole notice."""
    news = facts.told(News)
    day = long_date(news.on, p.language)
    words = {
        Topic.NOTHING_CHANGED: p.say(
            "We looked at your record on {date}. Nothing has changed. The hold is on.", date=day
        ),
        Topic.ANOTHER_HOLD: p.say(
            "On {date}, one more hold was put on record for you. You have more than one hold now. Each of"
            " them blocks your deportation.",
            date=day,
        ),
        Topic.DECISION_RECORDED: p.say(
            "On {date}, a court decision in your case was put on our record. The hold is still on. If anyone"
            " asks us to end it, we write to you first.",
            date=day,
        ),
        Topic.OBJECTION_RECEIVED: p.say(
            "We got your objection on {date}. The hold stays on while we look at it.", date=day
        ),
        Topic.PROPOSAL_WITHDRAWN: p.say(
            "On {date}, it was decided not to go on with the plan to end your hold. The hold stays on.",
            date=day,
        ),
        Topic.SEEN_AGAIN: p.say(
            "On {date}, we heard that a copy of the information was seen again. Act as if anyone could"
            " read it. If you feel less safe because of this, tell us.",
            date=day,
        ),
    }
    return told_again(
        facts,
        p,
        title=p.say("News about your hold. Your deportation is still on hold."),
        heading=p.say("What is new"),
        news=paragraphs(words[news.topic]),
    )
