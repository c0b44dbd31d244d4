"""A notice was wrong: what was wrong in it, and that this one is right."""

from __future__ import annotations

from notify.content.facts import NoticeFacts, NoticeText, paragraphs, points
from notify.content.figures import long_date
from notify.content.particulars import Corrected, Mistake
from notify.content.phrasebook import Phrasebook
from notify.content.told_again import told_again


def correction(facts: NoticeFacts, p: Phrasebook) -> NoticeText:
    """The whole notice, the right facts in it. ValueError when nothing is said to have been wrong."""
    corrected = facts.told(Corrected)
    if not corrected.mistakes:
        raise ValueError("A correction must say what was wrong.")
    words = {
        Mistake.NAME_OR_NUMBER: p.say("Your name or number. They are right in this letter."),
        Mistake.KINDS_OF_DATA: p.say("What others could see about you. The list in this letter is right."),
        Mistake.DATE: p.say("A date. The dates in this letter are right."),
        Mistake.ADVICE: p.say("What you can do. The steps in this letter are right."),
        Mistake.CONTACT: p.say("How to reach us. The number and the address in this letter are right."),
    }
    return told_again(
        facts,
        p,
        title=p.say("We made a mistake in our letter to you. Your deportation is still on hold."),
        heading=p.say("What was wrong"),
        news=(
            *paragraphs(
                p.say(
                    "We sent you a letter on {date}. Its number is {reference}. Something in it was wrong. We"
                    " are sorry.",
                    date=long_date(corrected.of_date, p.language),
                    reference=corrected.of_reference,
                ),
                p.say("This was wrong:"),
            ),
            *points(*(words[mistake] for mistake in corrected.mistakes)),
            *paragraphs(p.say("Keep both letters if it is safe. Use this one. Show it to your lawyer.")),
        ),
    )
