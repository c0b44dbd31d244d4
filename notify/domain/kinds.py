"""The kinds of notice, and the number of the wording in force for each."""

from __future__ import annotations

from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice is for. The values are stored and never change."""

    EXPOSURE_NOTICE = "exposure_notice"
    COUNSEL_NOTICE = "counsel_notice"


# A notice names the version of the wording it was written with; raise the number when the wording changes,
# so that a review of the old wording does not pass for a review of the new.
CURRENT_VERSION: dict[NoticeKind, int] = {
    NoticeKind.EXPOSURE_NOTICE: 1,
    NoticeKind.COUNSEL_NOTICE: 1,
}
