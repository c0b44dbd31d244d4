"""Where somebody's case stands (docs/terms.md, *Posture*): one list for files and for notices."""

from enum import StrEnum


class Posture(StrEnum):
    """The values are stored, sealed, and never change."""

    POSITIVE_FEAR_NTA = "positive_fear_nta"
    NEGATIVE_FEAR = "negative_fear"
    FINAL_ORDER = "final_order"
    REINSTATED_ORDER = "reinstated_order"
    WITHHOLDING_ONLY = "withholding_only"
    NO_COURT_CASE = "no_court_case"
    CLAIMED_CITIZENSHIP = "claimed_citizenship"
