"""What every notice to an affected person says, whatever its news.

English is kept at grade 6: short sentences, one thought each. Nothing here says what an interview found or
what anyone claimed.
"""

from __future__ import annotations

from notify.content.facts import Element, NoticeFacts, Section, paragraphs, points, steps, strong
from notify.content.figures import dialled_phone, long_date
from notify.content.phrasebook import Phrasebook
from notify.content.postures import advice

PRO_BONO_LIST = "justice.gov/eoir/list-pro-bono-legal-service-providers"


def opening(facts: NoticeFacts, p: Phrasebook) -> tuple[str, ...]:
    """Who is meant, who writes; for counsel's copy, whose notice it is a copy of."""
    values = {"name": facts.person_name, "organisation": facts.organisation_name}
    if facts.copy_to_counsel:
        return (
            p.say(
                "You are counsel of record for {name}. This is a copy of our letter to your client. In it,"
                " “you” means your client. It comes from {organisation}.",
                **values,
            ),
        )
    return (
        p.say(
            "This letter is for {name}. It comes from {organisation}. You did nothing wrong. You do not"
            " have to pay anything. If you cannot read this letter, ask for an interpreter. It is free.",
            **values,
        ),
    )


def hold(facts: NoticeFacts, p: Phrasebook) -> Section:
    """What the hold does, what to say to an officer, and what alone ends it."""
    since = long_date(facts.hold_since, p.language)
    return Section(
        (Element.HOLD_MEANS,),
        p.say("Your deportation is on hold"),
        (
            *strong(p.say("There is a removal hold for you since {date}.", date=since)),
            *paragraphs(
                p.say("While the hold is on, you must not be deported or sent to any country."),
                p.say("If an officer says you must leave, do this:"),
            ),
            *steps(*at_the_door(p)),
            *paragraphs(
                p.say("The hold has no last day. It can end only after all of these things have happened:")
            ),
            *points(
                p.say("You got our letter."),
                p.say("After that, a court decided your case and looked at this event."),
                p.say("The time to appeal is over, and two people checked it."),
                p.say("We told you in writing, and you had 7 days to object."),
            ),
        ),
    )


def at_the_door(p: Phrasebook) -> tuple[str, ...]:
    """What to do when an officer says that one must leave."""
    return (
        p.say("Say in English: “I have a removal hold.”"),
        p.say("Show this letter. Do not give it away."),
        p.say("Ask to call your lawyer and us right away."),
    )


def not_the_hold(p: Phrasebook) -> Section:
    """What the hold is not: a decision, a stay of hearings, a reason to detain, a wall."""
    return Section(
        (Element.HOLD_DOES_NOT, Element.NO_REASON_TO_DETAIN),
        p.say("What the hold does not do"),
        points(
            p.say("It does not decide your case. It does not give you papers to stay or to work."),
            p.say("It does not stop your court dates. Go to every hearing. Keep every deadline."),
            p.say("It is no reason to keep you detained. You can still ask to be let out."),
            p.say("It cannot stop an officer who does not check. If you fear this may happen, tell us."),
        ),
    )


def what_to_do(facts: NoticeFacts, p: Phrasebook, *first: str) -> Section:
    """What is open to a person in this posture, and by when; what this notice is about comes first."""
    return Section(
        (Element.WHAT_TO_DO, Element.BY_WHEN),
        p.say("What you can do, and by when"),
        (
            *steps(*first),
            *steps(
                p.say("Talk with a lawyer as soon as you can. Show the lawyer this letter."),
                *advice(facts.posture, p),
            ),
            *strong(p.say("You have at least 30 days to tell an immigration court what happened.")),
            *paragraphs(
                p.say("Count from the day our letter about this event was put in your hands."),
                p.say(
                    "The hold stays on after the 30 days. But your case may have shorter deadlines. Ask now."
                ),
            ),
        ),
    )


def sign_nothing(p: Phrasebook) -> Section:
    """What not to do."""
    return Section(
        (Element.SIGN_NOTHING,),
        p.say("Sign nothing that you do not understand"),
        paragraphs(
            p.say("Do not sign a paper that you do not understand or do not agree with."),
            p.say("You can ask for it in your language. You can ask for a lawyer first."),
            p.say("A mark on a receipt page says only that you got this letter. You give up no right."),
        ),
    )


def find_counsel(facts: NoticeFacts, p: Phrasebook) -> Section:
    """How to find a lawyer, and whom not to pay."""
    texts = [p.say("You have the right to a lawyer. The government does not pay for one.")]
    if facts.counsel_name:
        texts.append(p.say("Our records show this lawyer for you: {counsel}.", counsel=facts.counsel_name))
    texts.append(p.say("Some lawyers help for free. This list names them: {url}", url=PRO_BONO_LIST))
    if facts.facility_name:
        texts.append(p.say("In detention, ask the staff for the list of free legal help."))
    texts.append(p.say("Do not pay a “notario” or anyone else who is not a lawyer for legal advice."))
    return Section((Element.FIND_COUNSEL,), p.say("How to find a lawyer"), paragraphs(*texts))


def what_we_do(facts: NoticeFacts, p: Phrasebook) -> Section:
    """What we do while the hold is on, and what the agency promised."""
    return Section(
        (Element.WHAT_WE_DO,),
        p.say("What we do"),
        points(
            p.say("We keep the hold on record. When an officer asks, our answer is: blocked."),
            p.say("We tell your lawyer about this event if we know who it is."),
            p.say("We tell you before anything about the hold changes."),
            watch(facts, p),
        ),
    )


def watch(facts: NoticeFacts, p: Phrasebook) -> str:
    """What is done against a further harm."""
    return p.say(
        "{agency} has promised to watch for copies of the information. If we hear of one, we tell you.",
        agency=facts.incident.agency,
    )


def contact(facts: NoticeFacts, p: Phrasebook) -> Section:
    """Whom to ask, by voice and in writing."""
    phone, code = dialled_phone(facts.contact_phone), facts.verification_code
    return Section(
        (Element.CONTACT,),
        p.say("Whom to ask"),
        (
            *strong(p.say("Call {phone}. The call is free.", phone=phone)),
            *paragraphs(
                p.say("Say the name of your language. The interpreter is free too."),
                p.say("Others may hear a call from detention. Say only your code: {code}.", code=code),
                post(facts, p),
                p.say("You can ask for this letter in large print, or ask us to read it to you."),
            ),
        ),
    )


def post(facts: NoticeFacts, p: Phrasebook) -> str:
    """The way in writing."""
    return p.say(
        "You can also fill in the card on the last page and send it to us, or write to: {address}",
        address=", ".join((facts.organisation_name, *facts.organisation_address)),
    )


def genuine(facts: NoticeFacts, p: Phrasebook) -> Section:
    """How the reader verifies us."""
    address, code = facts.verify_address, facts.verification_code
    return Section(
        (Element.GENUINE,),
        p.say("How to know that this letter is real"),
        paragraphs(
            p.say("Go to {address} and type the code {code}. Or call us.", address=address, code=code),
            p.say("We never ask for money. We never ask for a password. If someone does, it is not us."),
        ),
    )
