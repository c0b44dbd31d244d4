"""The words of everything in an envelope that is not the notice itself: cover, receipt slip, reply card,
and the neutral letter."""

from __future__ import annotations

from dataclasses import dataclass

from notify.content.facts import NeutralFacts
from notify.content.figures import dialled_phone, long_date
from notify.content.phrasebook import Phrasebook
from notify.domain.kinds import NoticeKind


@dataclass(frozen=True)
class Cover:
    """The sealed cover: to whom and where, and how to hand it over. No word of what is inside."""

    heading: str
    address: tuple[str, ...]
    orders: tuple[str, ...]

    def plain_text(self) -> str:
        """What anyone can read from outside."""
        return "\n".join((self.heading, *self.address, *self.orders))


def cover_words(name: str, address: tuple[str, ...], by_hand: bool, phrases: Phrasebook) -> Cover:
    """The cover for a name and address lines (facility and housing unit, or a postal address)."""
    p = phrases
    orders = (
        (
            p.say("Deliver by hand, unopened, in private."),
            p.say("Only the person named above may open this."),
            p.say("Fill in the receipt page with the person, and return it."),
        )
        if by_hand
        else (p.say("Only the person named above may open this."),)
    )
    return Cover(p.say("Sealed letter"), (name, *(line for line in address if line)), orders)


@dataclass(frozen=True)
class ReplyCard:
    """The card to tear off: heading, lead, boxes to tick, lines to write on, where to send it."""

    heading: str
    lead: str
    boxes: tuple[str, ...]
    lines: tuple[str, ...]
    send: str


def reply_card(phrases: Phrasebook) -> ReplyCard:
    """The reply card. It carries no name: the reference says whose it is."""
    p = phrases
    return ReplyCard(
        p.say("Reply card"),
        p.say("Tick what is true for you. Write only what is safe. You do not have to send this card."),
        (
            p.say("I did not understand this letter. Please explain it to me."),
            p.say("I need an interpreter."),
            p.say("You may call me at this number."),
            p.say("You may send me text messages. I can stop them at any time."),
            p.say("This address is safe for letters."),
            p.say("I object. I do not want the hold to end."),
        ),
        (p.say("My language"), p.say("Phone"), p.say("Safe times to call"), p.say("Address")),
        p.say("Send this card to:"),
    )


@dataclass(frozen=True)
class ReceiptSlip:
    """What the receipt page asks the person, in the person's language. The rest is for the server."""

    heading: str
    lead: str
    questions: tuple[str, ...]
    mark: str


def receipt_slip(phrases: Phrasebook, kind: NoticeKind = NoticeKind.EXPOSURE_NOTICE) -> ReceiptSlip:
    """The two questions show that the notice was understood (docs/terms.md, *Service*)."""
    p = phrases
    questions = (
        (
            p.say("Please say in your own words: what may happen to your hold?"),
            p.say("Please say in your own words: how can you object, and until when?"),
        )
        if kind is NoticeKind.RELEASE_PROPOSED
        else (
            p.say("Please say in your own words: what happened to your information?"),
            p.say(
                "Please say in your own words: what can you do now? May you be deported while the hold is on?"
            ),
        )
    )
    return ReceiptSlip(
        p.say("Receipt page"),
        p.say("Your mark says only that you got this letter. You do not have to agree with anything."),
        questions,
        p.say("Your signature or mark"),
    )


def neutral_letter_words(facts: NeutralFacts, phrases: Phrasebook) -> tuple[str, ...]:
    """The body of the neutral letter, a paragraph a line: a number, a code and no reason."""
    p = phrases
    return (
        long_date(facts.issued_on, p.language),
        p.say("We have an important message for you."),
        p.say("Please call {phone}. The call is free.", phone=dialled_phone(facts.contact_phone)),
        p.say("Say this code: {code}.", code=facts.verification_code),
        p.say("You do not have to give your name. We speak your language."),
        p.say("To check that this letter is real, type the code at {address}.", address=facts.verify_address),
        p.say("If this letter is not for you, please call and say the code."),
    )
