"""The notice to counsel of record: whose client, what was exposed, what blocks removal, what time runs.

It goes only to counsel whose appearance was verified. The client is named, the A-number shown as the facts
carry it (masked), and no interview result or claim is stated: counsel has the file.
"""

from __future__ import annotations

from notify.content.exposed_fields import field_words
from notify.content.facts import Block, Element, NoticeFacts, NoticeText, Section
from notify.content.figures import dialled_phone, long_date
from notify.content.phrasebook import Phrasebook


def counsel_notice(facts: NoticeFacts, phrases: Phrasebook) -> NoticeText:
    """The whole notice in the phrasebook's language."""
    p = phrases
    opening = [p.say("You are counsel of record for {name}.", name=facts.person_name)]
    if facts.a_number:
        opening.append(p.say("A-number: {number}.", number=facts.a_number))
    opening.append(p.say("This notice comes from {organisation}.", organisation=facts.organisation_name))
    return NoticeText(
        language=p.language,
        title=p.say("Your client’s private information was exposed. Removal is on hold."),
        opening=tuple(opening),
        sections=(
            _event(facts, p),
            _data(facts, p),
            _hold(facts, p),
            _steps(p),
            _client(p),
            _contact(facts, p),
        ),
    )


def _event(facts: NoticeFacts, p: Phrasebook) -> Section:
    incident = facts.incident
    day = long_date(incident.occurred_on, p.language)
    texts = [
        p.say(
            "On {date}, {agency} disclosed personal information by mistake.", date=day, agency=incident.agency
        ),
        p.say("Your client is on the list. We call this event: {incident}.", incident=incident.name),
    ]
    if incident.ended_on is not None and incident.ended_on != incident.occurred_on:
        last = long_date(incident.ended_on, p.language)
        texts.append(p.say("It could be seen until {date}.", date=last))
    return Section((Element.WHAT_HAPPENED,), p.say("What happened"), (Block("paragraph", " ".join(texts)),))


def _data(facts: NoticeFacts, p: Phrasebook) -> Section:
    protected = {
        False: p.say("The information was not encrypted."),
        True: p.say("The information was encrypted."),
        None: p.say("It is not known whether the information was encrypted."),
    }[facts.incident.encrypted]
    return Section(
        (Element.KINDS_OF_DATA, Element.PROTECTED),
        p.say("What was exposed"),
        (
            Block("paragraph", p.say("The words are those of the notice to your client:")),
            *(Block("point", words) for words in field_words(facts.incident.fields, p)),
            Block("paragraph", protected),
        ),
    )


def _hold(facts: NoticeFacts, p: Phrasebook) -> Section:
    since = long_date(facts.hold_since, p.language)
    return Section(
        (Element.HOLD_MEANS, Element.HOLD_DOES_NOT, Element.NO_REASON_TO_DETAIN, Element.WHAT_WE_DO),
        p.say("The removal hold"),
        (
            Block(
                "strong", p.say("A removal hold has been in place for your client since {date}.", date=since)
            ),
            Block("paragraph", p.say("It covers every kind of departure, to every country.")),
            Block(
                "paragraph",
                p.say(
                    "It ends only on a decision on the merits, made after proven service of the notice, that"
                    " considered the exposure. The decision must be final and served, and not open to appeal."
                ),
            ),
            Block(
                "paragraph",
                p.say("Before that we serve a proposal on your client and on you. Seven days follow."),
            ),
            Block(
                "paragraph",
                p.say("A filing is not a stay, and the hold is not relief. Hearings and deadlines go on."),
            ),
            Block(
                "paragraph",
                p.say("The hold is no reason for detention. Please tell us if it is used as one."),
            ),
            Block(
                "paragraph",
                p.say("The gate answers only when it is asked. If removal seems near, call us at once."),
            ),
        ),
    )


def _steps(p: Phrasebook) -> Section:
    return Section(
        (Element.WHAT_TO_DO, Element.BY_WHEN),
        p.say("What you can do, and by when"),
        (
            Block("step", p.say("See your client in private and explain the notice.")),
            Block(
                "step",
                p.say(
                    "Raise the exposure before the court: motion, stay, new interview, as the case allows."
                ),
            ),
            Block(
                "step", p.say("Send us every order and every stay. A stay blocks as soon as it is recorded.")
            ),
            Block(
                "strong",
                p.say(
                    "The window is at least 30 days from the day your client was served, not from mailing."
                ),
            ),
            Block("paragraph", p.say("The end of the window does not end the hold.")),
        ),
    )


def _client(p: Phrasebook) -> Section:
    return Section(
        (Element.SIGN_NOTHING, Element.FIND_COUNSEL),
        p.say("Your client’s own notice"),
        (
            Block("paragraph", p.say("Your client is told to sign nothing that is not understood.")),
            Block(
                "paragraph",
                p.say(
                    "If you no longer act for this person, tell us today, so that we can help find a lawyer."
                ),
            ),
        ),
    )


def _contact(facts: NoticeFacts, p: Phrasebook) -> Section:
    phone = dialled_phone(facts.contact_phone)
    address, code = facts.verify_address, facts.verification_code
    return Section(
        (Element.CONTACT, Element.GENUINE),
        p.say("Whom to ask, and how to check this notice"),
        (
            Block("strong", p.say("Call {phone}. The call is free.", phone=phone)),
            Block(
                "paragraph",
                p.say(
                    "To check this notice, go to {address} and type the code {code}.",
                    address=address,
                    code=code,
                ),
            ),
        ),
    )
