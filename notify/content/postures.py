"""What a person can do now, by where the case stands (docs/terms.md, *Posture*).

The advice says what may be asked for. It never says what an interview found, nor what anyone claimed.
"""

from __future__ import annotations

from collections.abc import Callable

from holds.domain.posture import Posture
from notify.content.phrasebook import Phrasebook


def _in_court(p: Phrasebook) -> tuple[str, ...]:
    return (
        p.say(
            "You have a case before an immigration judge. Tell the judge what happened to your information."
        ),
        p.say("Ask the judge to put this letter in your file and to think about it before any decision."),
    )


def _asylum_officer(p: Phrasebook) -> tuple[str, ...]:
    return (
        p.say("You can ask to talk with an asylum officer about what this event means for you."),
        p.say("You can also ask an immigration judge to look at your case again because of this event."),
    )


def _order(p: Phrasebook) -> tuple[str, ...]:
    return (
        p.say("There is an order in your case. You can ask the court to open your case again."),
        p.say("Lawyers call this a motion to reopen. It has a time limit. Ask a lawyer about it now."),
        p.say(
            "This alone does not stop a deportation. An order called a stay does. You can ask for one too."
        ),
    )


def _reinstated(p: Phrasebook) -> tuple[str, ...]:
    return (
        p.say("There is an old order in your case that was put back in force."),
        p.say("If you are afraid to go back, tell an officer. Ask to talk with an asylum officer."),
        p.say("You can then ask an immigration judge to look at what the officer decides."),
    )


def _no_case(p: Phrasebook) -> tuple[str, ...]:
    return (
        p.say("Our records show no case in immigration court for you. Ask a lawyer if this is right."),
        p.say("If you are afraid to go back, ask the lawyer what you can apply for, and by when."),
    )


def _citizen(p: Phrasebook) -> tuple[str, ...]:
    return (
        p.say(
            "If you are a citizen of the United States, tell every officer now. Tell your lawyer and us too."
        ),
        p.say("A citizen must not be deported. We have asked for your case to be looked at right away."),
    )


def _unknown(p: Phrasebook) -> tuple[str, ...]:
    return (
        p.say("If you have a case before an immigration judge, tell the judge what happened."),
        p.say("If you have an order, ask a lawyer if the court can open your case again."),
        p.say("If you are afraid to go back, tell an officer. Ask to talk with an asylum officer."),
    )


_ADVICE: dict[Posture, Callable[[Phrasebook], tuple[str, ...]]] = {
    Posture.POSITIVE_FEAR_NTA: _in_court,
    Posture.NEGATIVE_FEAR: _asylum_officer,
    Posture.FINAL_ORDER: _order,
    Posture.REINSTATED_ORDER: _reinstated,
    Posture.WITHHOLDING_ONLY: _in_court,
    Posture.NO_COURT_CASE: _no_case,
    Posture.CLAIMED_CITIZENSHIP: _citizen,
}


def advice(posture: str | None, phrases: Phrasebook) -> tuple[str, ...]:
    """The steps open to a person in this posture (None: not known). ValueError for an unknown code."""
    return _unknown(phrases) if posture is None else _ADVICE[Posture(posture)](phrases)
