"""A person who does not exist, and one of every notice to her: for the catalog report, previews and tests.

Her A-number, where one is shown, is of the range that nobody was assigned.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from notify.content.exposed_fields import FIELD_CODES
from notify.content.facts import IncidentFacts, NeutralFacts, NoticeFacts
from notify.content.particulars import (
    Attempt,
    Corrected,
    CustodyChange,
    Further,
    HoldEnd,
    HoldSent,
    Mistake,
    Move,
    News,
    Particulars,
    Proposal,
    RemovalAttempt,
    Removed,
    SeenBy,
    Topic,
    Window,
)
from notify.domain.kinds import NoticeKind

_DAY, _LATER = date(2022, 12, 20), date(2023, 1, 19)

INCIDENT = IncidentFacts(
    name="Website disclosure",
    agency="U.S. Immigration and Customs Enforcement",
    occurred_on=date(2022, 11, 28),
    discovered_on=date(2022, 11, 28),
    fields=FIELD_CODES,
)
SPECIMEN = NoticeFacts(
    kind=NoticeKind.EXPOSURE_NOTICE,
    reference="N-7Q4M-0417",
    language="en",
    issued_on=date(2022, 12, 1),
    person_name="María José GARCÍA LÓPEZ",
    incident=INCIDENT,
    hold_since=date(2022, 11, 29),
    organisation_name="Holdfast Notification Office",
    organisation_address=("100 Example Street", "Springfield, VA 22150"),
    contact_phone="+18005550199",
    verification_code="K7QM-3F9X",
    verify_address="verify.example.org/v",
    a_number="A•••-•••-417",
    posture="final_order",
    facility_name="Adams County Detention Center",
    housing_unit="Unit B, Pod 4",
    counsel_name="Ruth Example",
)
NEUTRAL = NeutralFacts(
    reference=SPECIMEN.reference,
    language="en",
    issued_on=SPECIMEN.issued_on,
    contact_phone=SPECIMEN.contact_phone,
    verification_code=SPECIMEN.verification_code,
    verify_address=SPECIMEN.verify_address,
)

_PARTICULARS: dict[NoticeKind, tuple[Particulars, ...]] = {
    NoticeKind.HOLD_NOTICE: (HoldSent("Houston Field Office", "H-5T2K-0033"),),
    NoticeKind.WINDOW_NOTICE: (Window(_DAY, _LATER, 5), Window(_DAY, _LATER, 1), Window(_DAY, _LATER, 0)),
    NoticeKind.CUSTODY_CHANGE: tuple(CustodyChange(move, _DAY) for move in Move),
    NoticeKind.REMOVAL_ATTEMPT_ALERT: tuple(
        RemovalAttempt(what, datetime(2022, 12, 20, 2, 5, tzinfo=ZoneInfo("America/Chicago")))
        for what in Attempt
    ),
    NoticeKind.RELEASE_PROPOSED: (Proposal(_DAY, "Houston Immigration Court", date(2022, 12, 9)),),
    NoticeKind.HOLD_RELEASED: (HoldEnd(_LATER, still_held=True), HoldEnd(_LATER, still_held=False)),
    NoticeKind.CORRECTION: (Corrected("N-2R8W-0390", date(2022, 12, 2), tuple(Mistake)),),
    NoticeKind.RETURN_ASSISTANCE: (Removed(date(2022, 11, 30)), Removed(None)),
    NoticeKind.FURTHER_DISCLOSURE: tuple(Further("Website disclosure", seen) for seen in SeenBy),
    NoticeKind.UPDATE: tuple(News(topic, _DAY) for topic in Topic),
}


def specimens(kind: NoticeKind) -> tuple[NoticeFacts, ...]:
    """Every variant of a kind's own news, in one posture."""
    return tuple(replace(SPECIMEN, kind=kind, particulars=told) for told in _PARTICULARS.get(kind, (None,)))
