"""Field codes of an incident, in the plain words of a notice.

A notice names the *kind* of information and never its content: "the result of an interview" may be said, the
result may not.
"""

from __future__ import annotations

from collections.abc import Callable

from notify.content.phrasebook import Phrasebook


class UnknownField(ValueError):  # noqa: N818 - reads as what happened
    """An incident names a field code that no notice can put into words."""


_WORDS: dict[str, Callable[[Phrasebook], str]] = {
    "name": lambda p: p.say("your name"),
    "a_number": lambda p: p.say("your A-number (the number the government uses for your case)"),
    "birth_date": lambda p: p.say("the date you were born"),
    "nationality": lambda p: p.say("the country you are a citizen of"),
    "country_of_birth": lambda p: p.say("the country you were born in"),
    "sex": lambda p: p.say("your sex"),
    "detention_location": lambda p: p.say("the place where you were detained"),
    "custody_status": lambda p: p.say("if you were detained or free"),
    "book_in_date": lambda p: p.say("the day you were detained"),
    "release_date": lambda p: p.say("the day you were let out"),
    "fear_screening": lambda p: p.say("that an officer talked with you about going back, and the result"),
    "screening_date": lambda p: p.say("the date of that talk"),
    "case_status": lambda p: p.say("how far your case has come"),
    "final_order": lambda p: p.say("any order in your case and its date"),
    "counsel": lambda p: p.say("the name of your lawyer"),
    "law_firm": lambda p: p.say("the office your lawyer works for"),
    "family_unit": lambda p: p.say("the number that links you with your family"),
    "address": lambda p: p.say("your address"),
    "phone": lambda p: p.say("your phone number"),
    "removal_flight": lambda p: p.say(
        "that you were listed for a flight, and that you were in the first leak"
    ),
}

FIELD_CODES: tuple[str, ...] = tuple(_WORDS)


def field_words(codes: tuple[str, ...], phrases: Phrasebook) -> tuple[str, ...]:
    """The plain words for field codes, in the codes' order. `UnknownField` names a code without words."""
    unknown = [code for code in codes if code not in _WORDS]
    if unknown:
        known = ", ".join(FIELD_CODES)
        raise UnknownField(f"No notice has words for the field {unknown[0]!r}. Known: {known}.")
    return tuple(_WORDS[code](phrases) for code in codes)
