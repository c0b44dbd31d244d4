"""What a voice says on the telephone: a number to call and a code, and to a machine the number alone."""

from __future__ import annotations

from dataclasses import dataclass

from notify.content.facts import NeutralFacts
from notify.content.figures import dialled_phone
from notify.content.messages import first_line, refuse_draft
from notify.content.phrasebook import phrasebook
from notify.content.review import Reviews
from notify.domain.kinds import NoticeKind, Reader


@dataclass(frozen=True)
class CallText:
    """`spoken` to whoever answers, ending with the key that repeats it; `machine` to an answering machine."""

    spoken: str
    machine: str


def render_call(
    kind: NoticeKind,
    facts: NeutralFacts,
    language: str,
    *,
    reader: Reader | None = None,
    reviews: Reviews | None = None,
) -> CallText:
    """The call of a kind, neutral like a text message. Raises `DraftNotAllowed` or `Untranslated`."""
    refuse_draft(kind, language, reviews)
    p = phrasebook(language)
    phone = dialled_phone(facts.contact_phone)
    # Spelled out, so that a voice reads signs and not a word.
    code = ", ".join(sign for sign in facts.verification_code if sign.isalnum())
    lines = (
        first_line(kind, p, reader),
        p.say_bare("Please call us. The call is free. The number is: {phone}.", phone=phone),
        p.say_bare("Say this code: {code}.", code=code),
        p.say_bare("To hear this again, press 1."),
    )
    return CallText(" ".join(lines), p.say_bare("Please call this number: {phone}.", phone=phone))
