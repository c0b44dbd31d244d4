"""What every notice to counsel says. It goes only to counsel whose appearance was verified.

The client is named, the A-number shown as the facts carry it (masked); no interview result or claim is
stated: counsel has the file.
"""

from __future__ import annotations

from notify.content.facts import Element, NoticeFacts, Section, paragraphs, strong
from notify.content.figures import dialled_phone, long_date
from notify.content.phrasebook import Phrasebook


def counsel_opening(facts: NoticeFacts, p: Phrasebook) -> tuple[str, ...]:
    """Whose counsel, and who writes."""
    values = {"name": facts.person_name, "organisation": facts.organisation_name}
    if facts.a_number:
        return (
            p.say(
                "You are counsel of record for {name}. A-number: {number}. This notice comes from"
                " {organisation}.",
                number=facts.a_number,
                **values,
            ),
        )
    return (p.say("You are counsel of record for {name}. This notice comes from {organisation}.", **values),)


def counsel_hold(facts: NoticeFacts, p: Phrasebook) -> Section:
    """What the hold covers, what alone ends it, and what it is not."""
    since = long_date(facts.hold_since, p.language)
    return Section(
        (Element.HOLD_MEANS, Element.HOLD_DOES_NOT, Element.NO_REASON_TO_DETAIN, Element.WHAT_WE_DO),
        p.say("The removal hold"),
        (
            *strong(p.say("There is a removal hold for your client since {date}.", date=since)),
            *paragraphs(
                p.say("It covers every kind of departure, to every country."),
                p.say(
                    "It ends only on a court’s decision on the merits. The court must have decided after your"
                    " client was served with our notice, and must have looked at this event. The decision"
                    " must be final and served. The time to appeal must be over."
                ),
                p.say("Before the hold ends, we serve you and your client. Then you have 7 days to object."),
                p.say(
                    "To file a motion is not a stay. The hold is not relief. Hearings and deadlines go on."
                ),
                p.say("The hold is no reason to detain. Tell us if someone uses it as one."),
                p.say("We can answer only when an officer asks. If removal seems near, call us at once."),
                p.say(
                    "{agency} has promised to watch for copies of the information. If we hear of one, we tell"
                    " you.",
                    agency=facts.incident.agency,
                ),
            ),
        ),
    )


def counsel_client(p: Phrasebook) -> Section:
    """What the client was told, and what counsel must tell us."""
    return Section(
        (Element.SIGN_NOTHING, Element.FIND_COUNSEL),
        p.say("Your client’s own notice"),
        paragraphs(
            p.say("We told your client: sign nothing that you do not understand."),
            p.say("Do you no longer act for this person? Tell us today, so that we can help find a lawyer."),
        ),
    )


def official_contact(facts: NoticeFacts, p: Phrasebook) -> Section:
    """Whom counsel or an officer asks, and how they verify us."""
    phone = dialled_phone(facts.contact_phone)
    address, code = facts.verify_address, facts.verification_code
    return Section(
        (Element.CONTACT, Element.GENUINE),
        p.say("Whom to ask, and how to check this notice"),
        (
            *strong(p.say("Call {phone}. The call is free.", phone=phone)),
            *paragraphs(
                p.say(
                    "Or write to: {address}",
                    address=", ".join((facts.organisation_name, *facts.organisation_address)),
                ),
                p.say(
                    "To check this notice, go to {address} and type the code {code}.",
                    address=address,
                    code=code,
                ),
            ),
        ),
    )
