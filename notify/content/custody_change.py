"""Somebody was moved, let out or detained again: the hold goes with them."""

from __future__ import annotations

from notify.content.facts import NoticeFacts, NoticeText, paragraphs
from notify.content.figures import long_date
from notify.content.particulars import CustodyChange, Move
from notify.content.phrasebook import Phrasebook
from notify.content.told_again import told_again


def custody_change(facts: NoticeFacts, p: Phrasebook) -> NoticeText:
    """The whole notice. A place is named only inside a letter, and only where somebody is held."""
    change = facts.told(CustodyChange)
    since = long_date(change.since, p.language)
    if change.move is Move.LET_OUT:
        title = p.say("You were let out of detention. Your deportation is still on hold.")
        what: tuple[str, ...] = (p.say("Our records show that you were let out on {date}.", date=since),)
        first = (
            p.say("Tell us a safe phone number or address. We use only what you say is safe."),
            p.say(
                "Tell the immigration court your new address within 5 days. Ask for form EOIR-33. It is free."
            ),
            p.say("Go to every check-in with the officers. Take this letter with you."),
        )
    else:
        again = change.move is Move.DETAINED_AGAIN
        title = (
            p.say("You are detained again. Your deportation is still on hold.")
            if again
            else p.say("You were moved. Your deportation is still on hold.")
        )
        what = (
            p.say("Our records show that you are detained again since {date}.", date=since)
            if again
            else p.say("Our records show that you were moved on {date}.", date=since),
            p.say("You are now at: {place}.", place=facts.facility_name)
            if facts.facility_name
            else p.say("Our records do not show where you are now. Please tell us."),
        )
        first = (
            p.say("Tell your lawyer and your family where you are. Ask to make a call."),
            p.say("Ask your lawyer if the court for your case has changed. Ask for the next date."),
            p.say("If our records are wrong, call us."),
        )
    return told_again(
        facts,
        p,
        title=title,
        heading=p.say("What has changed, and what has not"),
        news=paragraphs(*what, p.say("The hold goes with you. It is on in every place. It has not ended.")),
        first=first,
    )
