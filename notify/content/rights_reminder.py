"""The reminder: what somebody may do, told again until it is proven that they know."""

from __future__ import annotations

from notify.content.facts import NoticeFacts, NoticeText, Section, paragraphs, points
from notify.content.phrasebook import Phrasebook
from notify.content.told_again import told_again


def rights_reminder(facts: NoticeFacts, p: Phrasebook) -> NoticeText:
    """The whole notice. Custody reviews after 90 and 180 days: 8 CFR 241.4 and 241.13."""
    rights = Section(
        (),
        p.say("Your rights"),
        points(
            p.say(
                "You can tell an immigration court what happened. You can ask it to look at your case again."
            ),
            p.say("You can talk with a lawyer in private. You can call a lawyer from detention."),
            p.say("When we talk with you about this, you get an interpreter. It must not be a guard."),
            p.say("If you are detained, you can ask to be let out. Ask for a review of this after 90 days."),
            p.say("If you are still detained after 180 days, ask for a review again."),
            p.say("No one may punish you for using your rights or for asking us a question."),
        ),
    )
    return told_again(
        facts,
        p,
        title=p.say("Your rights, told once more. Your deportation is on hold."),
        heading=p.say("Why we write to you again"),
        news=paragraphs(
            p.say("We wrote to you before. Others were able to see private information about you."),
            p.say("Many people do not know what they can do now. So this letter tells you again."),
            p.say(
                "If you did not understand our first letter, call us. Or send us the card on the last page."
            ),
        ),
        after=(rights,),
    )
