"""The notice to the affected person.

Its elements follow OMB M-17-12, section VII (contents of a breach notice), and docs/terms.md. English is kept
at grade 6: short sentences, one thought each. It says nothing of what an interview found or what anyone
claimed.
"""

from __future__ import annotations

from notify.content.exposed_fields import field_words
from notify.content.facts import Block, Element, NoticeFacts, NoticeText, Section
from notify.content.figures import dialled_phone, long_date
from notify.content.phrasebook import Phrasebook
from notify.content.postures import advice

PRO_BONO_LIST = "justice.gov/eoir/list-pro-bono-legal-service-providers"


def exposure_notice(facts: NoticeFacts, phrases: Phrasebook) -> NoticeText:
    """The whole notice in the phrasebook's language. Both languages of a letter have the same blocks."""
    return NoticeText(
        language=phrases.language,
        title=phrases.say("Private information about you was shown to others. Your deportation is on hold."),
        opening=(
            phrases.say("This letter is for {name}.", name=facts.person_name),
            phrases.say("It comes from {organisation}.", organisation=facts.organisation_name),
            phrases.say("You did nothing wrong. You do not have to pay anything."),
            phrases.say("If you cannot read this letter, ask for an interpreter. It is free."),
        ),
        sections=(
            _what_happened(facts, phrases),
            _hold(facts, phrases),
            _not_the_hold(phrases),
            _what_to_do(facts, phrases),
            _sign_nothing(phrases),
            _find_counsel(facts, phrases),
            _what_was_seen(facts, phrases),
            _what_we_do(phrases),
            _contact(facts, phrases),
            _genuine(facts, phrases),
        ),
    )


def _what_happened(facts: NoticeFacts, p: Phrasebook) -> Section:
    incident = facts.incident
    day = long_date(incident.occurred_on, p.language)
    texts = [
        p.say("On {date}, {agency} made a mistake.", date=day, agency=incident.agency),
        p.say("It let others see private information about many people. They had no right to see it."),
        p.say("Some of this information is about you."),
    ]
    if incident.ended_on is not None and incident.ended_on != incident.occurred_on:
        last = long_date(incident.ended_on, p.language)
        texts.append(p.say("It could be seen until {date}.", date=last))
    texts += [
        p.say("Some people may have made copies. We do not know who. It may be someone you are afraid of."),
        p.say("We call this event: {incident}.", incident=incident.name),
    ]
    return Section((Element.WHAT_HAPPENED,), p.say("What happened"), (Block("paragraph", " ".join(texts)),))


def _what_was_seen(facts: NoticeFacts, p: Phrasebook) -> Section:
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
            Block("paragraph", p.say("These kinds of information about you:")),
            *(Block("point", words) for words in field_words(facts.incident.fields, p)),
            Block("paragraph", protected),
            Block("paragraph", p.say("The law says the government must keep this private (8 CFR 208.6).")),
        ),
    )


def _hold(facts: NoticeFacts, p: Phrasebook) -> Section:
    since = long_date(facts.hold_since, p.language)
    return Section(
        (Element.HOLD_MEANS,),
        p.say("Your deportation is on hold"),
        (
            Block("strong", p.say("There is a removal hold for you since {date}.", date=since)),
            Block(
                "paragraph", p.say("While the hold is on, you must not be deported or sent to any country.")
            ),
            Block("paragraph", p.say("If an officer says you must leave, do this:")),
            Block("step", p.say("Say in English: “I have a removal hold.”")),
            Block("step", p.say("Show this letter. Do not give it away.")),
            Block("step", p.say("Ask to call your lawyer and us right away.")),
            Block("paragraph", p.say("The hold has no last day. It can end only after all of these:")),
            Block("point", p.say("you got this letter,")),
            Block("point", p.say("then a court decided your case and looked at this event,")),
            Block("point", p.say("the time to appeal is over, and two people checked it,")),
            Block("point", p.say("we told you in writing, and you had 7 days to object.")),
        ),
    )


def _not_the_hold(p: Phrasebook) -> Section:
    return Section(
        (Element.HOLD_DOES_NOT, Element.NO_REASON_TO_DETAIN),
        p.say("What the hold does not do"),
        (
            Block(
                "point",
                p.say("It does not decide your case. It does not give you papers to stay or to work."),
            ),
            Block(
                "point", p.say("It does not stop your court dates. Go to every hearing. Keep every deadline.")
            ),
            Block(
                "point",
                p.say("It is no reason to keep you detained. You can still ask to be let out."),
            ),
            Block(
                "point",
                p.say("It cannot stop an officer who does not check. If you fear this may happen, tell us."),
            ),
        ),
    )


def _what_to_do(facts: NoticeFacts, p: Phrasebook) -> Section:
    return Section(
        (Element.WHAT_TO_DO, Element.BY_WHEN),
        p.say("What you can do, and by when"),
        (
            Block("step", p.say("Talk with a lawyer as soon as you can. Show the lawyer this letter.")),
            *(Block("step", text) for text in advice(facts.posture, p)),
            Block(
                "strong",
                p.say("You have at least 30 days to tell an immigration court what happened."),
            ),
            Block("paragraph", p.say("Count from the day this letter is put in your hands.")),
            Block(
                "paragraph",
                p.say(
                    "The hold stays on after the 30 days. But your case may have shorter deadlines. Ask now."
                ),
            ),
        ),
    )


def _sign_nothing(p: Phrasebook) -> Section:
    return Section(
        (Element.SIGN_NOTHING,),
        p.say("Sign nothing that you do not understand"),
        (
            Block("paragraph", p.say("Do not sign a paper that you do not understand or do not agree with.")),
            Block("paragraph", p.say("You can ask for it in your language. You can ask for a lawyer first.")),
            Block(
                "paragraph",
                p.say("A mark on the receipt page says only that you got this letter. You give up no right."),
            ),
        ),
    )


def _find_counsel(facts: NoticeFacts, p: Phrasebook) -> Section:
    blocks = [
        Block("paragraph", p.say("You have the right to a lawyer. The government does not pay for one."))
    ]
    if facts.counsel_name:
        known = p.say("Our records show this lawyer for you: {counsel}.", counsel=facts.counsel_name)
        blocks.append(Block("paragraph", known))
    blocks.append(
        Block(
            "paragraph", p.say("Some lawyers help for free. This list names them: {url}", url=PRO_BONO_LIST)
        )
    )
    if facts.facility_name:
        blocks.append(
            Block("paragraph", p.say("In detention, ask the staff for the list of free legal help."))
        )
    blocks.append(
        Block(
            "paragraph", p.say("Do not pay a “notario” or anyone else who is not a lawyer for legal advice.")
        )
    )
    return Section((Element.FIND_COUNSEL,), p.say("How to find a lawyer"), tuple(blocks))


def _what_we_do(p: Phrasebook) -> Section:
    return Section(
        (Element.WHAT_WE_DO,),
        p.say("What we do"),
        (
            Block(
                "point", p.say("We keep the hold on record. When an officer asks, our answer is: blocked.")
            ),
            Block("point", p.say("We tell your lawyer about this event if we know who it is.")),
            Block("point", p.say("We tell you before anything about the hold changes.")),
        ),
    )


def _contact(facts: NoticeFacts, p: Phrasebook) -> Section:
    phone, code = dialled_phone(facts.contact_phone), facts.verification_code
    return Section(
        (Element.CONTACT,),
        p.say("Whom to ask"),
        (
            Block("strong", p.say("Call {phone}. The call is free.", phone=phone)),
            Block("paragraph", p.say("Say the name of your language. The interpreter is free too.")),
            Block(
                "paragraph",
                p.say("Others may hear a call from detention. Say only your code: {code}.", code=code),
            ),
            Block("paragraph", p.say("You can also fill in the card on the last page and send it to us.")),
        ),
    )


def _genuine(facts: NoticeFacts, p: Phrasebook) -> Section:
    address, code = facts.verify_address, facts.verification_code
    return Section(
        (Element.GENUINE,),
        p.say("How to know that this letter is real"),
        (
            Block(
                "paragraph",
                p.say("Go to {address} and type the code {code}. Or call us.", address=address, code=code),
            ),
            Block(
                "paragraph",
                p.say("We never ask for money. We never ask for a password. If someone does, it is not us."),
            ),
        ),
    )
