"""A person who does not exist, and the notice to her."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from notify.content.facts import IncidentFacts, NeutralFacts, NoticeFacts
from notify.domain.kinds import NoticeKind

INCIDENT = IncidentFacts(
    name="Website disclosure",
    agency="U.S. Immigration and Customs Enforcement",
    occurred_on=date(2022, 11, 28),
    fields=("name", "a_number", "birth_date", "fear_screening"),
)
FACTS = NoticeFacts(
    kind=NoticeKind.EXPOSURE_NOTICE,
    reference="N-7Q4M-0417",
    language="es",
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
)


@pytest.fixture
def notice_facts() -> Callable[..., NoticeFacts]:
    def make(**changes: Any) -> NoticeFacts:
        return replace(FACTS, **changes)

    return make


@pytest.fixture
def neutral_facts() -> NeutralFacts:
    return NeutralFacts(
        reference=FACTS.reference,
        language="es",
        issued_on=FACTS.issued_on,
        contact_phone=FACTS.contact_phone,
        verification_code=FACTS.verification_code,
        verify_address=FACTS.verify_address,
    )
