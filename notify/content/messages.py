"""Text messages and e-mail: a number to call and a code, and nothing that tells what it is about.

Others read a lock screen, and a number may have a new owner. So neither carries a name, a number of a case,
an agency or a country, and a translation nobody has reviewed is refused here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

from notify.content.facts import NeutralFacts
from notify.content.figures import dialled_phone
from notify.content.phrasebook import Phrasebook, phrasebook
from notify.content.review import Reviews, shipped_reviews
from notify.domain.kinds import CURRENT_VERSION, PRESSURE, READER, NoticeKind, Pressure, Reader
from notify.domain.languages import find_language

# 3GPP TS 23.038, 6.2.1: the default alphabet, and the characters of its extension table, which take two.
_GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = frozenset("\f^{}\\[~]|€")
MOST_SEGMENTS = 2


class DraftNotAllowed(ValueError):  # noqa: N818 - reads as what happened
    """A drafted translation was about to leave by something other than paper."""

    def __init__(self, language: str, kind: NoticeKind) -> None:
        super().__init__(f"The {language} wording of {kind} is a draft: it may go out on paper only.")
        self.language = language
        self.kind = kind


class MessageTooLong(ValueError):  # noqa: N818 - reads as what happened
    """A text message needs more than two segments."""


@dataclass(frozen=True)
class EmailMessageText:
    """An e-mail: subject, plain text, and the same text as HTML without images, links or tracking."""

    subject: str
    text: str
    html: str


def sms_segments(text: str) -> int:
    """How many segments a text message takes: 160 or 153 septets (GSM-7), 70 or 67 UTF-16 units (UCS-2)."""
    if all(character in _GSM_BASIC or character in _GSM_EXTENDED for character in text):
        length = sum(2 if character in _GSM_EXTENDED else 1 for character in text)
        single, joined = 160, 153
    else:
        length = len(text.encode("utf-16-be")) // 2
        single, joined = 70, 67
    return 1 if length <= single else math.ceil(length / joined)


def render_sms(
    kind: NoticeKind,
    facts: NeutralFacts,
    language: str,
    *,
    reader: Reader | None = None,
    reviews: Reviews | None = None,
) -> str:
    """The text message of a kind. Raises `DraftNotAllowed`, `Untranslated` or `MessageTooLong`.

    `reader`: who gets it, where that is not who the kind is for (counsel, a copy).
    """
    refuse_draft(kind, language, reviews)
    p = phrasebook(language)
    values = {"phone": dialled_phone(facts.contact_phone), "code": facts.verification_code}
    pressed = PRESSURE[kind] is not Pressure.NONE
    match (reader or READER[kind]) is Reader.PERSON, pressed:
        case True, False:
            text = p.say_bare(
                "An important message for you. Call free: {phone}. Your code: {code}. Reply STOP to end.",
                **values,
            )
        case True, True:
            text = p.say_bare(
                "An important message for you. Please call soon, free: {phone}. Your code: {code}. Reply"
                " STOP to end.",
                **values,
            )
        case False, False:
            text = p.say_bare(
                "A message for you about your work. Please call {phone}. Your code: {code}. Reply STOP to"
                " end.",
                **values,
            )
        case _:
            text = p.say_bare(
                "URGENT: a message about your work. Call now: {phone}. Your code: {code}. Reply STOP to end.",
                **values,
            )
    if sms_segments(text) > MOST_SEGMENTS:
        raise MessageTooLong(f"The {language} text message of {kind} takes {sms_segments(text)} segments.")
    return text


def render_email(
    kind: NoticeKind,
    facts: NeutralFacts,
    language: str,
    *,
    reader: Reader | None = None,
    reviews: Reviews | None = None,
) -> EmailMessageText:
    """The e-mail of a kind, neutral in subject and body. `DraftNotAllowed` or `Untranslated` as above."""
    refuse_draft(kind, language, reviews)
    p = phrasebook(language)
    phone, code = dialled_phone(facts.contact_phone), facts.verification_code
    lines = (
        first_line(kind, p, reader),
        p.say("Please call {phone}. The call is free.", phone=phone),
        p.say("Say this code: {code}.", code=code),
        p.say(
            "To check that this message is real, type the code at {address}.", address=facts.verify_address
        ),
        p.say("Please do not write anything private in a reply."),
    )
    return EmailMessageText(p.say("A message for you"), "\n\n".join(lines) + "\n", _html(lines, language))


def first_line(kind: NoticeKind, p: Phrasebook, reader: Reader | None = None) -> str:
    """How an e-mail or a call begins: whether it is about the reader or their work, and whether time runs."""
    pressed = PRESSURE[kind] is not Pressure.NONE
    match (reader or READER[kind]) is Reader.PERSON, pressed:
        case True, False:
            return p.say("We have an important message for you.")
        case True, True:
            return p.say("We have an important message for you. Please do not wait to ask for it.")
        case False, False:
            return p.say("We have a message for you about your work.")
        case _:
            return p.say("We have an urgent message for you about your work. Please ask for it now.")


def refuse_draft(kind: NoticeKind, language: str, reviews: Reviews | None) -> None:
    """Raise `DraftNotAllowed` where nobody has reviewed the wording."""
    state = (reviews or shipped_reviews()).state(language, kind, CURRENT_VERSION[kind])
    if state.paper_only:
        raise DraftNotAllowed(language, kind)


def _html(lines: tuple[str, ...], language: str) -> str:
    known = find_language(language)
    direction = known.direction if known else "ltr"
    paragraphs = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction}">\n'
        '<head><meta charset="utf-8"><title></title></head>\n'
        f'<body style="font:1.1em/1.5 sans-serif">\n{paragraphs}</body>\n</html>\n'
    )
