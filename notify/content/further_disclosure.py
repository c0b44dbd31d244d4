"""The information was shown once more: a new event, a new hold, and days that are counted anew."""

from __future__ import annotations

from notify.content.facts import NoticeFacts, NoticeText, paragraphs
from notify.content.particulars import Further, SeenBy
from notify.content.phrasebook import Phrasebook
from notify.content.told_again import told_again


def further_disclosure(facts: NoticeFacts, p: Phrasebook) -> NoticeText:
    """The whole notice. Its incident is the further one. No government is named: the letter may be found."""
    further = facts.told(Further)
    seen = {
        SeenBy.OWN_GOVERNMENT: p.say(
            "This time, the government of the country you are a citizen of was told something about people on"
            " the list. You are one of them."
        ),
        SeenBy.OTHER_GOVERNMENT: p.say(
            "This time, another government was told something about people on the list. You are one of them."
        ),
        SeenBy.PUBLIC: p.say("This time, anyone was able to see information about you."),
        SeenBy.UNKNOWN: p.say("We do not know who saw information about you this time."),
    }[further.seen_by]
    return told_again(
        facts,
        p,
        title=p.say("Private information about you was shown again. Your deportation is on hold."),
        heading=p.say("This is a new event"),
        news=paragraphs(
            p.say(
                "We wrote to you before about this event: {earlier}. Now there is one more. It is called:"
                " {incident}.",
                earlier=further.earlier_incident,
                incident=facts.incident.name,
            ),
            seen,
            p.say("Because of this there is one more hold for you. Each hold must end by itself."),
        ),
        first=(
            p.say("Tell your lawyer about this new event. It may be a new reason to ask the court for help."),
            p.say(
                "If you or your family may be in danger because of this, tell us. We can talk about how"
                " to reach you safely."
            ),
            p.say("For this event you have new days. They are counted from the day you get this letter."),
        ),
    )
