"""Somebody proposes to end a hold: the person has seven full days to object."""

from __future__ import annotations

from notify.content.facts import NoticeFacts, NoticeText, paragraphs, strong
from notify.content.figures import dialled_phone, long_date
from notify.content.particulars import Proposal
from notify.content.phrasebook import Phrasebook
from notify.content.told_again import told_again


def release_proposed(facts: NoticeFacts, p: Phrasebook) -> NoticeText:
    """The whole notice. The days run from its service, which no letter can know; what the court decided about
    the case itself is for the court's own paper to say."""
    proposal = facts.told(Proposal)
    return told_again(
        facts,
        p,
        title=p.say("We were asked to end your hold. You have 7 days to object."),
        heading=p.say("What may happen, and what you can do about it"),
        news=(
            *paragraphs(
                p.say(
                    "On {date}, we were asked to end the hold you have because of this event. The reason"
                    " given: {court} decided your case on {decided}.",
                    date=long_date(proposal.proposed_on, p.language),
                    court=proposal.court,
                    decided=long_date(proposal.decided_on, p.language),
                ),
                p.say("The hold is still on. It does not end before the time to object is over."),
            ),
            *strong(
                p.say("You have 7 full days to object. Count from the day this letter is put in your hands.")
            ),
            *paragraphs(
                p.say(
                    "If you object, the hold stays on while people who are not from that office look at it."
                )
            ),
        ),
        first=(
            p.say(
                "To object, call {phone} and say “I object”. Or tick “I object” on the card and send it."
                " You do not need a lawyer to object. You do not have to give a reason.",
                phone=dialled_phone(facts.contact_phone),
            ),
            p.say(
                "Tell us if you did not get the court’s decision, if you did not understand our first"
                " letter, or if the court did not look at this event. These are good reasons to object."
            ),
            p.say("Ask a lawyer today if you can still appeal, or ask a court for a stay."),
        ),
    )
