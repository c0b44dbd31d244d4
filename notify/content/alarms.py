"""What an alarm says: who must do what now, a reference and a number to call, and nothing confidential.

Read by officers, counsel and our own staff, on screens others see too; so it names nobody and no place, and
tells of no person more than which line of the reader's own list they stand on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from holds.domain.counsel_link import CODE_LIFE, LinkPurpose
from notify.content.figures import dialled_phone
from notify.content.messages import EmailMessageText
from notify.content.phrasebook import Phrasebook, phrasebook
from notify.domain.alarm import CANDIDATE, AlarmKind

LANGUAGE = "en"
"""Whoever alarms are for works in English; what they do with it for a person is in that person's language."""
_MINUTES = str(int(CODE_LIFE.total_seconds() // 60))
MOST_LINES = 8
"""Lines told one by one; of more, how many they are."""


@dataclass(frozen=True)
class AlarmFacts:
    """`facts` are those stored with it; `phone` is E.164, `link` an address without scheme, or empty; `code`
    the letters of a code that its reader types on a page."""

    kind: AlarmKind
    reference: str
    facts: Mapping[str, Any]
    phone: str
    link: str = ""
    code: str = ""


def render_alarm_email(alarm: AlarmFacts) -> EmailMessageText:
    """Subject, plain text, and the same text as HTML with no image and no tracking."""
    p = phrasebook(LANGUAGE)
    lines = [*_what(alarm, p), *_more(alarm, p)]
    subject = _subject(alarm, p)
    paragraphs = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    html = (
        f'<!doctype html>\n<html lang="{LANGUAGE}">\n<head><meta charset="utf-8"><title></title></head>\n'
        f'<body style="font:1.1em/1.5 sans-serif">\n{paragraphs}</body>\n</html>\n'
    )
    return EmailMessageText(_bare(subject), _bare("\n\n".join(lines)) + "\n", html)


def render_alarm_text(alarm: AlarmFacts) -> str:
    """One text message, or what a voice says: what to do first, whom to call, the reference last."""
    p = phrasebook(LANGUAGE)
    what = " ".join(_what(alarm, p))
    call = p.say_bare("Call {phone} now.", phone=dialled_phone(alarm.phone))
    return _bare(f"{what} {call} {p.say_bare('Reference {reference}.', reference=alarm.reference)}")


def _subject(alarm: AlarmFacts, p: Phrasebook) -> str:
    match alarm.kind:
        case AlarmKind.HOLD_SENT:
            return p.say("Your office has a new message to confirm")
        case AlarmKind.COUNSEL_LINK:
            return p.say("A page for you. Reference {reference}", reference=alarm.reference)
        case AlarmKind.COUNSEL_CODE:
            return p.say("Your code. Reference {reference}", reference=alarm.reference)
        case _:
            return p.say("URGENT: act now. Reference {reference}", reference=alarm.reference)


def _what(alarm: AlarmFacts, p: Phrasebook) -> list[str]:
    match alarm.kind:
        case AlarmKind.COUNSEL_LINK:
            return _link_told(alarm, p)
        case AlarmKind.COUNSEL_CODE:
            return _code_told(alarm, p)
        case _:
            return [_told_at_once(alarm, p)]


def _told_at_once(alarm: AlarmFacts, p: Phrasebook) -> str:
    match alarm.kind:
        case AlarmKind.MANIFEST:
            return _lines_told(alarm, p)
        case AlarmKind.BOARDING:
            return _boardings_told(alarm, p)
        case AlarmKind.HOLD_SENT:
            return p.say("There is a new message for your office. An officer must read and confirm it.")
        case AlarmKind.HOLD_OVERDUE:
            return p.say("URGENT: A message to your office is overdue. An officer must confirm it now.")
        case AlarmKind.COUNSEL:
            return _told_counsel(alarm, p)
        case _:
            return p.say("URGENT: You are on call. Something needs a decision now.")


def _told_counsel(alarm: AlarmFacts, p: Phrasebook) -> str:
    if alarm.facts.get("verb") == CANDIDATE:
        return p.say(
            "URGENT: Something happened just now that may be about your work. You must know at once."
        )
    return p.say("URGENT: Something about your work happened just now that you must know at once.")


def _code_told(alarm: AlarmFacts, p: Phrasebook) -> list[str]:
    code = p.say("Your code is {code}. It counts for {minutes} minutes.", code=alarm.code, minutes=_MINUTES)
    return [code, p.say("If you did not ask for it, somebody has your link: call now.")]


def _link_told(alarm: AlarmFacts, p: Phrasebook) -> list[str]:
    """The address stands alone on its line: a mail program makes it one that can be opened."""
    if alarm.facts.get("purpose") == LinkPurpose.PLACE_STAY.value:
        what = p.say("You asked to send us a paper about your work. This page takes it:")
    else:
        what = p.say("We have an answer to a paper that you sent us. This page shows it:")
    counts = p.say("It counts once, for three days. Opening it does nothing; there you ask for a code.")
    return [what, f"https://{alarm.link}", counts]


def _lines_told(alarm: AlarmFacts, p: Phrasebook) -> str:
    lines = [str(line) for line in alarm.facts["lines"]]
    values = {"journey": str(alarm.facts["manifest"]), "lines": ", ".join(lines)}
    many = len(lines) > MOST_LINES
    count = {"journey": values["journey"], "count": str(len(lines))}
    match alarm.facts["instruction"]:
        case "deplane":
            if many:
                return p.say("STOP. {count} people of list {journey} must get off now.", **count)
            return p.say("STOP. List {journey}, line {lines}: must get off now.", **values)
        case "recall":
            if many:
                return p.say("STOP. {count} people of list {journey} must be brought back now.", **count)
            return p.say("STOP. List {journey}, line {lines}: must be brought back now.", **values)
    if many:
        return p.say("STOP. {count} people of list {journey} must not board.", **count)
    return p.say("STOP. List {journey}, line {lines}: must not board.", **values)


def _boardings_told(alarm: AlarmFacts, p: Phrasebook) -> str:
    """By the references that whoever boarded them quoted."""
    references = list(alarm.facts["clearances"])
    if alarm.facts["instruction"] == "recall":
        if len(references) > MOST_LINES:
            return p.say(
                "STOP. {count} people whom you let aboard must be brought back now.",
                count=str(len(references)),
            )
        return p.say(
            "STOP. Whoever went aboard on {references} must be brought back now.",
            references=", ".join(references),
        )
    if len(references) > MOST_LINES:
        return p.say("STOP. {count} people whom you let aboard must get off now.", count=str(len(references)))
    return p.say(
        "STOP. Whoever went aboard on {references} must get off now.", references=", ".join(references)
    )


def _more(alarm: AlarmFacts, p: Phrasebook) -> list[str]:
    lines = []
    if alarm.link and alarm.kind is not AlarmKind.COUNSEL_LINK:
        lines.append(p.say("Sign in at {address} to read it.", address=alarm.link))
    if alarm.kind in (AlarmKind.HOLD_SENT, AlarmKind.HOLD_OVERDUE):
        lines.append(
            p.say("Opening the link confirms nothing: sign in with your own name, and confirm there.")
        )
    lines.append(p.say("Call {phone} at any hour.", phone=dialled_phone(alarm.phone)))
    lines.append(p.say("Your reference: {reference}", reference=alarm.reference))
    lines.append(p.say("Please do not write anything private in a reply."))
    return lines


def _bare(text: str) -> str:
    """English needs no isolates, and each would cost a text message its cheap alphabet."""
    return text.replace("\u2068", "").replace("\u2069", "")
