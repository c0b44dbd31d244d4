"""What the database itself refuses, as data: rendered for SQLite and PostgreSQL by `triggers.py`.

Conditions are SQL that both understand. `{s}` is the schema prefix, `{now}` the database's time, `{today}`
its day (UTC), `{plus:COLUMN:AMOUNT}` a time later by an amount (`7 days`, `15 minutes`).
"""

from dataclasses import dataclass
from typing import Literal

from holds.store.boarding_guards import (
    ACTIVE_AT_BOARDING,
    ACTIVE_HOLD,
    ISSUED_OUTSIDE_NOW,
    LOCK_ALIKE,
    LOCK_KIN,
    NEAR_MATCH,
    NOT_COMPARED,
    OF_ANOTHER,
    OUTSIDE_ITS_TIME,
    PLACED_OUTSIDE_NOW,
)
from holds.store.counsel_guards import (
    LINK_OF_ANOTHER_STAY,
    LINK_OF_NO_COUNSEL,
    LINK_TOO_LONG,
    LINK_WITHOUT_FORCE,
    NOT_THEIR_CLIENT,
    READ_BY_ANOTHER,
    VERIFIED_BY_COUNSEL,
    WITHOUT_LINK,
)
from holds.store.ending_guards import (
    COUNSEL_NOT_VERIFIED,
    DISPUTED_UNDER_A_RELEASE,
    ENDING_CHECKS,
    NOT_ENDED,
    NOT_VIOLATED,
    OVERRULED_BY,
    REVOKED_UNDER_AN_END,
    STAY_OF_NO_STAY,
    SUPERSEDED_UNDER_AN_END,
    TOLD_OUTSIDE,
)
from holds.store.place_guards import JUDGED_OUTSIDE_NOW, NOT_OF_STAFF

# What the duty desk clears by telephone was read back by the officer, and agreed, minutes ago.
NOT_READ_BACK = (
    "EXISTS (SELECT 1 FROM {s}actor a WHERE a.id = NEW.issued_to AND a.role = 'duty_desk') "
    "AND NOT EXISTS (SELECT 1 FROM {s}phone_check p "
    "JOIN {s}phone_read_back r ON r.phone_check_id = p.id "
    "WHERE p.person_id = NEW.person_id AND p.decision = 'no_active_hold' AND p.stage = 'boarding' "
    "AND p.departure_kind = NEW.departure_kind AND p.destination = NEW.destination AND r.agreed "
    "AND r.read_by = NEW.issued_to AND {plus:r.read_at:1 minutes} > {now})"
)


@dataclass(frozen=True)
class Guard:
    """Before an insert: lock and bump the gate, then refuse with `code` where a condition holds.

    `compare`: the row states the epoch it expects, and a writer who saw an older gate is refused.
    `touch`: the row bears on a release under way, and voids whatever was decided before it.
    `none`: the gate is left alone; only the checks are made.
    `locks`: a statement for PostgreSQL that locks further gates before; SQLite has one writer at a time.
    """

    table: str
    gate: Literal["compare", "touch", "none"]
    checks: tuple[tuple[str, str], ...] = ()
    locks: str = ""


_HOLD = (
    ("hold.not_ended", NOT_ENDED),
    ("hold.placed_outside_now", PLACED_OUTSIDE_NOW),
    ("stay.counsel_not_verified", NOT_THEIR_CLIENT),
)

GUARDS = (
    Guard("hold", "compare", _HOLD),
    Guard(
        "acknowledgement",
        "none",
        (
            (
                "transmission.not_of_this_office",
                "NOT EXISTS (SELECT 1 FROM {s}transmission t JOIN {s}actor a ON a.office = t.office "
                "WHERE t.id = NEW.transmission_id AND a.id = NEW.acknowledged_by AND a.active "
                "AND a.kind = 'staff' AND a.role = 'field_officer')",
            ),
            (
                "transmission.communicated_outside_its_time",
                "NEW.communicated_at > {now} OR EXISTS (SELECT 1 FROM {s}transmission t "
                "JOIN {s}hold h ON h.id = t.hold_id "
                "WHERE t.id = NEW.transmission_id AND NEW.communicated_at < h.placed_at)",
            ),
        ),
    ),
    Guard(
        "database_opening",
        "none",
        (
            (
                "opening.two_supervisors",
                "NEW.number > 1 AND (SELECT count(*) FROM {s}actor a "
                "WHERE a.id IN (NEW.opened_by, NEW.proposed_by) AND a.kind = 'staff' AND a.active "
                "AND a.role = 'supervisor') <> 2",
            ),
        ),
    ),
    Guard(
        "transmission_rung",
        "none",
        (
            (
                "transmission.not_overdue",
                "EXISTS (SELECT 1 FROM {s}transmission t "
                "WHERE t.id = NEW.transmission_id AND t.due_at > {now})",
            ),
        ),
    ),
    Guard(
        "place_judgement",
        "none",
        (("place.judged_by_no_staff", NOT_OF_STAFF), ("place.judged_outside_now", JUDGED_OUTSIDE_NOW)),
    ),
    Guard("objection", "touch"),
    Guard("objection_answer", "none", (("objection.supervisor_needed", OVERRULED_BY),)),
    Guard("service_dispute", "touch", (("hold.not_reinstated", DISPUTED_UNDER_A_RELEASE),)),
    Guard("court_review", "touch", (("hold.not_reinstated", SUPERSEDED_UNDER_AN_END),)),
    Guard("choice_revocation", "touch", (("hold.not_reinstated", REVOKED_UNDER_AN_END),)),
    Guard(
        "stay",
        "none",
        (
            ("stay.not_a_stay", STAY_OF_NO_STAY),
            ("stay.counsel_not_verified", COUNSEL_NOT_VERIFIED),
            ("stay.without_link", WITHOUT_LINK),
            ("link.not_open", LINK_WITHOUT_FORCE),
        ),
    ),
    Guard(
        "counsel_link",
        "none",
        (
            ("stay.counsel_not_verified", LINK_OF_NO_COUNSEL),
            ("link.of_another_stay", LINK_OF_ANOTHER_STAY),
            ("link.too_long", LINK_TOO_LONG),
        ),
    ),
    Guard("hold_verification", "touch", (("hold.counsel_verifies_none", VERIFIED_BY_COUNSEL),)),
    Guard("violation", "touch"),
    Guard("violated_hold", "none", (("violation.hold_not_active_then", NOT_VIOLATED),)),
    Guard(
        "closing_service",
        "none",
        (("closing.told_outside_its_time", TOLD_OUTSIDE), ("closing.read_by_another", READ_BY_ANOTHER)),
    ),
    Guard(
        "clearance",
        "compare",
        (
            ("hold.active", ACTIVE_HOLD),
            ("clearance.expired", "NEW.expires_at <= {now}"),
            ("clearance.too_long", "NEW.expires_at > {plus:{now}:15 minutes}"),
            ("clearance.not_read_back", NOT_READ_BACK),
            ("clearance.issued_outside_now", ISSUED_OUTSIDE_NOW),
        ),
        LOCK_KIN,
    ),
    Guard(
        "phone_read_back",
        "none",
        (
            (
                "phone.another_answer",
                "NEW.agreed <> (NEW.heard = (SELECT p.decision FROM {s}phone_check p "
                "WHERE p.id = NEW.phone_check_id))",
            ),
            (
                "phone.too_late",
                "EXISTS (SELECT 1 FROM {s}phone_check p WHERE p.id = NEW.phone_check_id "
                "AND {plus:p.taken_at:15 minutes} <= {now})",
            ),
        ),
    ),
    Guard(
        "removal",
        "compare",
        (
            ("hold.active", ACTIVE_AT_BOARDING),
            (
                "clearance.void",
                "NOT EXISTS (SELECT 1 FROM {s}clearance c WHERE c.id = NEW.clearance_id "
                "AND c.person_id = NEW.person_id AND c.epoch = NEW.epoch - 1)",
            ),
            (
                "clearance.expired",
                "EXISTS (SELECT 1 FROM {s}clearance c WHERE c.id = NEW.clearance_id "
                "AND c.expires_at <= {now})",
            ),
            (
                "clearance.clock_back",
                "EXISTS (SELECT 1 FROM {s}clearance c WHERE c.id = NEW.clearance_id "
                "AND c.issued_at > {plus:{now}:2 seconds})",
            ),
            ("clearance.of_another", OF_ANOTHER),
            ("removal.outside_its_time", OUTSIDE_ITS_TIME),
            ("identity.near_match", NEAR_MATCH),
            ("clearance.not_compared", NOT_COMPARED),
        ),
        LOCK_ALIKE,
    ),
    Guard("hold_ending", "compare", ENDING_CHECKS),
)
