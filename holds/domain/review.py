"""Court reviews: who decided, and what of it can bear on a hold."""

import re
from enum import StrEnum

LONGEST_PAGE = 20
_PAGE = r"(?:[A-Za-z]{1,3}-?)?[0-9]{1,4}[A-Za-z]?|[ivxlc]{1,7}"
_PAGES = re.compile(rf"(?:{_PAGE})(?:-(?:{_PAGE}))?(?:,(?:{_PAGE})(?:-(?:{_PAGE}))?)*")


class Forum(StrEnum):
    IMMIGRATION_JUDGE = "immigration_judge"
    BIA = "bia"
    CREDIBLE_FEAR_REVIEW = "credible_fear_review"
    USCIS_REINTERVIEW = "uscis_reinterview"
    DISTRICT_COURT = "district_court"
    CIRCUIT_COURT = "circuit_court"
    DHS = "dhs"


COURT_FORUMS = frozenset(
    {
        Forum.IMMIGRATION_JUDGE,
        Forum.BIA,
        Forum.CREDIBLE_FEAR_REVIEW,
        Forum.DISTRICT_COURT,
        Forum.CIRCUIT_COURT,
    }
)
"""Forums whose decision is a court review. The agency that leaked the list cannot release a hold itself."""


FEDERAL_COURTS = frozenset({Forum.DISTRICT_COURT, Forum.CIRCUIT_COURT})
"""Courts that can certify an extradition (18 USC 3184); a magistrate judge sits in the district court."""


class Outcome(StrEnum):
    DENIED = "denied"
    DISMISSED = "dismissed"
    GRANTED = "granted"
    REMANDED = "remanded"
    VACATED = "vacated"
    REVERSED = "reversed"
    TERMINATED = "terminated"
    EXTRADITION_ORDERED = "extradition_ordered"
    APPEAL_PENDING = "appeal_pending"
    MOTION_FILED = "motion_filed"
    BOND = "bond"
    SCHEDULING = "scheduling"
    VENUE = "venue"


ENDING_OUTCOMES = frozenset({Outcome.DENIED, Outcome.DISMISSED})
"""The only outcomes that can end a hold, and only on the merits. A filed motion never does."""

UNDOING_OUTCOMES = frozenset({Outcome.VACATED, Outcome.REVERSED, Outcome.REMANDED, Outcome.GRANTED})
"""Outcomes that undo what a hold's end rested on, and put the hold back."""


def page_reference(text: str) -> str | None:
    """Where in an order something stands (`7`, `4-6,9`, `AR-12`, `xiv`), without spaces; else None.

    It is kept in clear, so nothing is taken that could be somebody's name or number.
    """
    pages = re.sub(r"\s*([,-])\s*", r"\1", text.strip())
    return pages if len(pages) <= LONGEST_PAGE and _PAGES.fullmatch(pages) else None
