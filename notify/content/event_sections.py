"""What happened and what others could see, to the person and to counsel: where OMB M-17-12 begins."""

from __future__ import annotations

from notify.content.exposed_fields import field_words
from notify.content.facts import Element, NoticeFacts, Section, paragraphs, points
from notify.content.figures import long_date
from notify.content.phrasebook import Phrasebook


def what_happened(facts: NoticeFacts, p: Phrasebook) -> Section:
    """To the person: the event and its date, when it was noticed, and that copies may exist."""
    incident = facts.incident
    day = long_date(incident.occurred_on, p.language)
    blocks = paragraphs(
        p.say(
            "On {date}, {agency} made a mistake. It let others see private information about many people."
            " They had no right to see it. Some of this information is about you.",
            date=day,
            agency=incident.agency,
        ),
        *_dates(facts, p),
        p.say("Some people may have made copies. We do not know who. It may be someone you are afraid of."),
        p.say("We call this event: {incident}.", incident=incident.name),
    )
    return Section((Element.WHAT_HAPPENED,), p.say("What happened"), blocks)


def what_was_seen(facts: NoticeFacts, p: Phrasebook) -> Section:
    """To the person: the kinds of information, never their content, and whether they were protected."""
    protected = {
        False: p.say(
            "The information was not protected. It was not encrypted. Anyone who got it could read it."
        ),
        True: p.say(
            "The information was encrypted. It is hard to read without the key. It may still be read."
        ),
        None: p.say("We do not know if the information was protected. Act as if anyone could read it."),
    }[facts.incident.encrypted]
    return Section(
        (Element.KINDS_OF_DATA, Element.PROTECTED),
        p.say("What others could see"),
        (
            *paragraphs(p.say("These kinds of information about you:")),
            *points(*field_words(facts.incident.fields, p)),
            *paragraphs(
                protected, p.say("The law says the government must keep this private (8 CFR 208.6).")
            ),
        ),
    )


def counsel_event(facts: NoticeFacts, p: Phrasebook) -> Section:
    """To counsel: the event and its dates."""
    incident = facts.incident
    day = long_date(incident.occurred_on, p.language)
    blocks = paragraphs(
        p.say(
            "On {date}, {agency} let others see private information by mistake. Your client is on the"
            " list. We call this event: {incident}.",
            date=day,
            agency=incident.agency,
            incident=incident.name,
        ),
        *_dates(facts, p),
    )
    return Section((Element.WHAT_HAPPENED,), p.say("What happened"), blocks)


def counsel_data(facts: NoticeFacts, p: Phrasebook) -> Section:
    """To counsel: the kinds of data, in the words of the notice to the client."""
    protected = {
        False: p.say("The information was not encrypted."),
        True: p.say("The information was encrypted."),
        None: p.say("We do not know if the information was encrypted."),
    }[facts.incident.encrypted]
    return Section(
        (Element.KINDS_OF_DATA, Element.PROTECTED),
        p.say("What others could see"),
        (
            *paragraphs(p.say("These are the words of the notice to your client:")),
            *points(*field_words(facts.incident.fields, p)),
            *paragraphs(protected),
        ),
    )


def _dates(facts: NoticeFacts, p: Phrasebook) -> tuple[str, ...]:
    incident = facts.incident
    texts: tuple[str, ...] = ()
    if incident.ended_on is not None and incident.ended_on != incident.occurred_on:
        last = long_date(incident.ended_on, p.language)
        texts += (p.say("It could be seen until {date}.", date=last),)
    if incident.discovered_on is not None:
        found = long_date(incident.discovered_on, p.language)
        texts += (p.say("The mistake was found on {date}.", date=found),)
    return texts
