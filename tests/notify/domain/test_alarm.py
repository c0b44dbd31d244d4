"""Who is told at once of what the ledger says: a row a rule, and nothing else alarms."""

from typing import Any

import pytest

from holds.domain.alarm_contact import ContactWay, dialled, way_of
from notify.domain.alarm import Audience, audiences

A = Audience
RUNG = "hold.unacknowledged"
CHECK = "removal.checked"


@pytest.mark.parametrize(
    ("verb", "codes", "told"),
    [
        ("manifest.turned_red", {"line": 1, "instruction": "recall"}, (A.MANIFEST_CONTACTS,)),
        ("hold.transmitted", {"office": "NOL"}, (A.OFFICE,)),
        (RUNG, {"rung": "addressee_again"}, (A.OFFICE,)),
        (RUNG, {"rung": "duty_desk"}, (A.DUTY_DESK,)),
        (RUNG, {"rung": "supervisor"}, (A.SUPERVISOR,)),
        (RUNG, {"rung": "everyone"}, (A.OFFICE, A.EVERYONE)),
        (RUNG, {"rung": "a later one"}, (A.EVERYONE,)),
        (CHECK, {"decision": "blocked"}, (A.COUNSEL,)),
        (CHECK, {"decision": "no_active_hold"}, ()),
        ("removal.candidate_refused", {}, (A.COUNSEL,)),
        ("hold.violated", {}, (A.EVERYONE, A.COUNSEL)),
        ("boarding.turned_red", {"instruction": "recall"}, (A.BOARDING, A.COUNSEL)),
        ("client.slowed", {}, (A.SUPERVISOR,)),
        ("client.locked", {}, (A.EVERYONE,)),
        ("doubt.overdue", {"rung": "supervisor"}, (A.SUPERVISOR,)),
        ("task.raised", {"kind": "closed_person_checked"}, (A.SUPERVISOR,)),
        ("task.raised", {"kind": "facility_doubt"}, ()),
        ("hold.placed", {}, ()),
    ],
)
def test_who_is_told(verb: str, codes: dict[str, Any], told: tuple[Audience, ...]) -> None:
    assert audiences(verb, codes, of_somebody=True) == told


def test_a_check_that_found_nobody_calls_no_counsel() -> None:
    assert audiences(CHECK, {"decision": "blocked"}, of_somebody=False) == ()


@pytest.mark.parametrize(
    ("written", "way", "number"),
    [
        ("desk@example.org", ContactWay.EMAIL, None),
        ("305 555 0142", ContactWay.PHONE, "+13055550142"),
        ("(305) 555-0142", ContactWay.PHONE, "+13055550142"),
        ("1-305-555-0142", ContactWay.PHONE, "+13055550142"),
        ("+52 55 5555 0142", ContactWay.PHONE, "+525555550142"),
        ("the desk in Miami", None, None),
        ("desk@", None, None),
        ("a b@example.org", None, None),
        ("555 0142", None, None),
        ("A900 000 001", None, None),
        ("", None, None),
    ],
)
def test_what_a_written_contact_is(written: str, way: ContactWay | None, number: str | None) -> None:
    assert way_of(written) is way
    assert dialled(written) == number
