"""The notice of a hold to a field office or a facility: whom not to remove, and to confirm it.

It is no breach notice. Guards and drivers read it, so it tells neither of the exposure nor of its kinds of
data (8 CFR 208.6): whoever must not remove somebody need not know why.
"""

from __future__ import annotations

from notify.content.counsel_sections import official_contact
from notify.content.facts import Element, NoticeFacts, NoticeText, Section, paragraphs, points, steps, strong
from notify.content.figures import long_date
from notify.content.particulars import HoldSent
from notify.content.phrasebook import Phrasebook


def hold_notice(facts: NoticeFacts, p: Phrasebook) -> NoticeText:
    """The whole notice."""
    sent = facts.told(HoldSent)
    return NoticeText(
        language=p.language,
        title=p.say("Removal hold: do not remove this person"),
        opening=(
            p.say(
                "This notice is for {addressee}. It comes from {organisation}. Read it now and confirm it.",
                addressee=sent.addressee,
                organisation=facts.organisation_name,
            ),
        ),
        sections=(
            _who(facts, sent, p),
            _meaning(p),
            _steps(p),
            _rights(p),
            _what_we_do(p),
            official_contact(facts, p),
        ),
    )


def _who(facts: NoticeFacts, sent: HoldSent, p: Phrasebook) -> Section:
    lines = [p.say("Name: {name}", name=facts.person_name)]
    if facts.a_number:
        lines.append(p.say("A-number: {number}", number=facts.a_number))
    lines.append(p.say("Hold: {reference}", reference=sent.hold_reference))
    lines.append(p.say("On hold since: {date}", date=long_date(facts.hold_since, p.language)))
    return Section(
        (Element.NEWS,),
        p.say("Who is on hold"),
        (
            *points(*lines),
            *paragraphs(
                p.say("You are not told why. You do not need it to keep the hold. Do not ask the person."),
                p.say("Show this notice only to those who need it for their work."),
            ),
        ),
    )


def _meaning(p: Phrasebook) -> Section:
    return Section(
        (Element.HOLD_MEANS, Element.HOLD_DOES_NOT, Element.NO_REASON_TO_DETAIN),
        p.say("What the hold means"),
        points(
            p.say("Do not remove this person to any country, in any way, while the hold is on."),
            p.say(
                "This covers removal, return, voluntary departure, withdrawal, hand-over at a land border and"
                " extradition."
            ),
            p.say("Before any departure, ask us again. If you get no clear answer, the person stays."),
            p.say("The hold is no reason to detain. All rules on custody go on as before."),
            p.say("The person may be moved inside the country for medical care. Tell us where to."),
            p.say("The hold has no last day. We tell you when it ends. No one else can end it."),
        ),
    )


def _steps(p: Phrasebook) -> Section:
    return Section(
        (Element.WHAT_TO_DO, Element.BY_WHEN),
        p.say("What you must do, and by when"),
        (
            *strong(p.say("Do this now.")),
            *steps(
                p.say(
                    "Is the person on the way out? If not yet gone: take the person off. If gone: bring back."
                ),
                p.say("Tell the officer in charge and those who drive or fly."),
                p.say("Sign in with your own name and confirm that you have read this."),
            ),
        ),
    )


def _rights(p: Phrasebook) -> Section:
    return Section(
        (Element.SIGN_NOTHING, Element.FIND_COUNSEL),
        p.say("The person’s rights"),
        points(
            p.say("Do not ask the person to sign a paper about this hold."),
            p.say("Let the person call a lawyer, and us, in private."),
            p.say("Hand over our letters to the person unopened and in private."),
        ),
    )


def _what_we_do(p: Phrasebook) -> Section:
    return Section(
        (Element.WHAT_WE_DO,),
        p.say("What we do"),
        points(
            p.say("Until someone confirms, we ask again and then call the next in line."),
            p.say("Each question, each answer and each name that confirms stays on record."),
        ),
    )
