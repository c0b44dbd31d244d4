"""A hold has ended: what that changes today, and what can still be done."""

from __future__ import annotations

from notify.content.event_sections import what_happened, what_was_seen
from notify.content.facts import Element, NoticeFacts, NoticeText, Section, paragraphs, points, steps, strong
from notify.content.figures import long_date
from notify.content.particulars import HoldEnd
from notify.content.person_sections import (
    at_the_door,
    contact,
    find_counsel,
    genuine,
    opening,
    sign_nothing,
    watch,
)
from notify.content.phrasebook import Phrasebook
from notify.content.postures import advice


def hold_released(facts: NoticeFacts, p: Phrasebook) -> NoticeText:
    """The whole notice: the one kind that must not say that the deportation is on hold, unless another is."""
    end = facts.told(HoldEnd)
    title = (
        p.say("One of your holds has ended. Another one still blocks your deportation.")
        if end.still_held
        else p.say("Your removal hold has ended. Talk with a lawyer today.")
    )
    return NoticeText(
        language=p.language,
        title=title,
        opening=opening(facts, p),
        sections=(
            _news(end, p),
            _not_the_end(p),
            _to_do(facts, p),
            sign_nothing(p),
            find_counsel(facts, p),
            _what_we_do(facts, p),
            contact(facts, p),
            genuine(facts, p),
            what_happened(facts, p),
            what_was_seen(facts, p),
        ),
    )


def _news(end: HoldEnd, p: Phrasebook) -> Section:
    blocks = paragraphs(
        p.say(
            "On {date}, the hold that you had because of this event ended. Two people checked that every rule"
            " was kept.",
            date=long_date(end.ended_on, p.language),
        )
    )
    if end.still_held:
        blocks += strong(p.say("There is still another hold for you. You must not be deported."))
        blocks += paragraphs(p.say("If an officer says you must leave, do this:"))
        blocks += steps(*at_the_door(p))
    else:
        blocks += strong(p.say("We know of no other hold for you. You may be deported if there is an order."))
    return Section((Element.NEWS, Element.HOLD_MEANS), p.say("What has ended, and what has not"), blocks)


def _not_the_end(p: Phrasebook) -> Section:
    return Section(
        (Element.HOLD_DOES_NOT, Element.NO_REASON_TO_DETAIN),
        p.say("What the end of a hold does not do"),
        points(
            p.say("It does not decide your case. It does not take away your right to go to court."),
            p.say("It is no reason to detain you. If you are detained, you can still ask to be let out."),
            p.say("It does not end a stay by a court. If a court has given you a stay, tell us now."),
        ),
    )


def _to_do(facts: NoticeFacts, p: Phrasebook) -> Section:
    return Section(
        (Element.WHAT_TO_DO, Element.BY_WHEN),
        p.say("What you can do, and by when"),
        (
            *strong(p.say("Do this today. There may be little time.")),
            *steps(
                p.say("Talk with a lawyer. Ask if a court can order a stay. A stay blocks your deportation."),
                p.say(
                    "If a court gives you a stay, send it to us. It blocks as soon as we have it on record."
                ),
                p.say("If you think that the hold should not have ended, call us and tell us why."),
                *advice(facts.posture, p),
            ),
        ),
    )


def _what_we_do(facts: NoticeFacts, p: Phrasebook) -> Section:
    return Section(
        (Element.WHAT_WE_DO,),
        p.say("What we do"),
        points(
            p.say("We keep on record why the hold ended, and who decided it. You can ask us for this."),
            p.say("If the court’s decision is taken back, we put a hold on again and tell you."),
            watch(facts, p),
        ),
    )
