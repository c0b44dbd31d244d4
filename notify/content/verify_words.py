"""The words of the public page on which a reader checks that a message is ours: a code, and nothing else.

They name no agency, no case and no person: whoever looks over a shoulder learns that somebody got a message.
"""

from __future__ import annotations

from dataclasses import dataclass

from notify.content.figures import dialled_phone
from notify.content.phrasebook import Phrasebook


@dataclass(frozen=True)
class VerifyWords:
    """Heading, what to do, the label of the one field, its button; the three answers; and where help is."""

    heading: str
    lead: str
    label: str
    button: str
    right: str
    wrong: str
    too_often: str
    help: str
    promise: str
    language: str


def verify_words(contact_phone: str, p: Phrasebook) -> VerifyWords:
    """The page in one language; `contact_phone` is E.164. Raises `Untranslated`."""
    return VerifyWords(
        heading=p.say("Check a message"),
        lead=p.say("Did you get a letter, a message or a call with a code? Type the code here."),
        label=p.say("Your code"),
        button=p.say("Check"),
        right=p.say("The code is right. The message is real. It comes from us."),
        wrong=p.say(
            "We do not know this code. Look at it once more and type it again. If it is still not right, call"
            " us before you do what the message says."
        ),
        too_often=p.say("There were too many tries. Wait a minute and try again, or call us."),
        help=p.say(
            "To get help, call {phone}. The call is free. Say the code. You do not have to give your name.",
            phone=dialled_phone(contact_phone),
        ),
        promise=p.say("This page asks for the code and for nothing else."),
        language=p.say("Your language"),
    )
