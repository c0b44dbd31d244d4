"""Court reviews: who decided, and what of it can bear on a hold."""

from enum import StrEnum


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


class Outcome(StrEnum):
    DENIED = "denied"
    DISMISSED = "dismissed"
    GRANTED = "granted"
    REMANDED = "remanded"
    VACATED = "vacated"
    APPEAL_PENDING = "appeal_pending"
    MOTION_FILED = "motion_filed"
    BOND = "bond"
    SCHEDULING = "scheduling"
    VENUE = "venue"


ENDING_OUTCOMES = frozenset({Outcome.DENIED, Outcome.DISMISSED})
"""The only outcomes that can end a hold, and only on the merits. A filed motion never does."""
