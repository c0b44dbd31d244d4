"""Why somebody looks at a person's record. The ledger keeps the code."""

from enum import StrEnum


class LookReason(StrEnum):
    """`CASEWORK` is a masked look at the page; the others are given by whoever has the name shown."""

    CASEWORK = "casework"
    SEARCH = "search"
    COMMAND_LINE = "command_line"
    SERVING_NOTICE = "serving_notice"
    CONTACT = "contact"
    COURT_REVIEW = "court_review"
    IDENTITY = "identity"
    REMOVAL_CHECK = "removal_check"


SHOWING = (
    LookReason.SERVING_NOTICE,
    LookReason.CONTACT,
    LookReason.COURT_REVIEW,
    LookReason.IDENTITY,
    LookReason.REMOVAL_CHECK,
)
"""The reasons a page offers for showing a name."""
