"""To somebody who was removed before they were told: that there is a way to ask for help to come back."""

from __future__ import annotations

from notify.content.event_sections import what_happened, what_was_seen
from notify.content.facts import Element, NoticeFacts, NoticeText, Section, paragraphs, points, steps, strong
from notify.content.figures import dialled_phone, long_date
from notify.content.particulars import Removed
from notify.content.person_sections import find_counsel, genuine, opening, post, sign_nothing, watch
from notify.content.phrasebook import Phrasebook


def return_assistance(facts: NoticeFacts, p: Phrasebook) -> NoticeText:
    """The whole notice. Its reader may be in danger from whoever finds it, and says so first."""
    return NoticeText(
        language=p.language,
        title=p.say("You were sent away. You can ask for help to come back."),
        opening=opening(facts, p),
        sections=(
            _news(facts, p),
            _to_do(p),
            _hold(facts, p),
            sign_nothing(p),
            find_counsel(facts, p),
            _what_we_do(facts, p),
            _contact(facts, p),
            genuine(facts, p),
            what_happened(facts, p),
            what_was_seen(facts, p),
        ),
    )


def _news(facts: NoticeFacts, p: Phrasebook) -> Section:
    removed = facts.told(Removed).removed_on
    sent = (
        p.say("Our records show that you were sent out of the United States.")
        if removed is None
        else p.say(
            "Our records show that you were sent out of the United States on {date}.",
            date=long_date(removed, p.language),
        )
    )
    return Section(
        (Element.NEWS,),
        p.say("Why we write to you"),
        (
            *strong(
                p.say("Is it safe for you to keep this letter? If not, keep only the number and the code.")
            ),
            *paragraphs(
                sent,
                p.say(
                    "{agency} has promised to help people to come back who were on the list and were sent"
                    " away. This letter tells you how to ask.",
                    agency=facts.incident.agency,
                ),
            ),
        ),
    )


def _to_do(p: Phrasebook) -> Section:
    return Section(
        (Element.WHAT_TO_DO, Element.BY_WHEN),
        p.say("What you can do, and by when"),
        (
            *steps(
                p.say("Call or write to us from a phone or a place where no one can listen or read along."),
                p.say("Tell us if you are in danger now. Tell us how and when it is safe to reach you."),
                p.say("Say if you want to come back. You can say no. You can ask first and decide later."),
                p.say("Do not go to the border before you have talked with a lawyer. It may harm your case."),
                p.say("Keep papers about your case if that is safe. Or send us copies."),
            ),
            *strong(p.say("There is no last day to ask. Ask as soon as it is safe.")),
        ),
    )


def _hold(facts: NoticeFacts, p: Phrasebook) -> Section:
    since = long_date(facts.hold_since, p.language)
    return Section(
        (Element.HOLD_MEANS, Element.HOLD_DOES_NOT, Element.NO_REASON_TO_DETAIN),
        p.say("If you come back"),
        points(
            p.say(
                "There is a hold for you since {date}. While it is on, you must not be deported.", date=since
            ),
            p.say("The hold is no visa. You need papers to travel. We can tell you which ones."),
            p.say("The hold does not decide your case. A court may still have to."),
            p.say("The hold is no reason to detain you when you come back."),
        ),
    )


def _what_we_do(facts: NoticeFacts, p: Phrasebook) -> Section:
    return Section(
        (Element.WHAT_WE_DO,),
        p.say("What we do"),
        points(
            p.say("If you ask, we take your wish to come back to the people who must decide on it."),
            p.say("We tell no one in your country that we wrote to you or why."),
            p.say("We tell your lawyer about this event if we know who it is."),
            watch(facts, p),
        ),
    )


def _contact(facts: NoticeFacts, p: Phrasebook) -> Section:
    return Section(
        (Element.CONTACT,),
        p.say("Whom to ask"),
        (
            *strong(
                p.say(
                    "Call {phone}. Say only your code: {code}.",
                    phone=dialled_phone(facts.contact_phone),
                    code=facts.verification_code,
                )
            ),
            *paragraphs(
                p.say("From another country this call may cost money or may not work. Ask us to call you."),
                p.say("Say the name of your language. The interpreter is free too."),
                post(facts, p),
            ),
        ),
    )
