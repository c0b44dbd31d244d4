"""What each kind of notice must contain: OMB M-17-12, section VII, as a table, and what this field adds.

The memorandum's list is of notices to people whose information was exposed. A `hold_notice` goes to officers
and guards and is none: telling them of the exposure would be another disclosure (8 CFR 208.6).
"""

from __future__ import annotations

from notify.content.facts import Element
from notify.domain.kinds import NoticeKind

BREACH_NOTICE: dict[str, tuple[Element, ...]] = {
    "what happened, with the date of the breach and of its discovery": (Element.WHAT_HAPPENED,),
    "the types of information": (Element.KINDS_OF_DATA,),
    "whether it was encrypted or protected": (Element.PROTECTED,),
    "how those affected can protect themselves": (
        Element.WHAT_TO_DO,
        Element.SIGN_NOTHING,
        Element.FIND_COUNSEL,
    ),
    "what is done to investigate, to limit the harm and against another breach": (Element.WHAT_WE_DO,),
    "whom to contact, by telephone and by post": (Element.CONTACT,),
}
"""The memorandum's elements, and where a notice of ours answers each."""

OF_THE_HOLD: tuple[Element, ...] = (
    Element.HOLD_MEANS,
    Element.HOLD_DOES_NOT,
    Element.NO_REASON_TO_DETAIN,
    Element.BY_WHEN,
    Element.GENUINE,
)
"""What a breach notice does not know, and each of ours says."""

FIRST = (NoticeKind.EXPOSURE_NOTICE, NoticeKind.COUNSEL_NOTICE)
"""Kinds that are the first news themselves; every other says what is new."""

_BREACH = frozenset(element for elements in BREACH_NOTICE.values() for element in elements)
_OF_EXPOSURE = frozenset({Element.WHAT_HAPPENED, Element.KINDS_OF_DATA, Element.PROTECTED})


def required(kind: NoticeKind) -> frozenset[Element]:
    """Every element that a notice of this kind must have, each once."""
    elements = _BREACH | set(OF_THE_HOLD)
    if kind is NoticeKind.HOLD_NOTICE:
        elements -= _OF_EXPOSURE
    return elements if kind in FIRST else elements | {Element.NEWS}
