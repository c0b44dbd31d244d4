"""What the database itself refuses, as data: rendered for SQLite and PostgreSQL by `triggers.py`.

Conditions are SQL that both understand. `{s}` is the schema prefix, `{now}` the database's time, `{today}`
its day (UTC), `{plus:COLUMN:AMOUNT}` a time later by an amount (`7 days`, `15 minutes`).
"""

from dataclasses import dataclass
from typing import Literal

from holds.domain.review import COURT_FORUMS, ENDING_OUTCOMES

ACTIVE_HOLD = (
    "EXISTS (SELECT 1 FROM {s}hold h WHERE h.person_id = NEW.person_id AND NOT EXISTS "
    "(SELECT 1 FROM {s}hold_ending e WHERE e.hold_id = h.id))"
)
_FORUMS = ", ".join(sorted(f"'{forum}'" for forum in COURT_FORUMS))
_OUTCOMES = ", ".join(sorted(f"'{outcome}'" for outcome in ENDING_OUTCOMES))
_DECIDED = "(SELECT r.decided_at FROM {s}court_review r WHERE r.id = NEW.review_id)"


@dataclass(frozen=True)
class Guard:
    """Before an insert: lock and bump the gate, then refuse with `code` where a condition holds.

    `compare`: the row states the epoch it expects, and a writer who saw an older gate is refused.
    `touch`: the row bears on a release under way, and voids whatever was decided before it.
    """

    table: str
    gate: Literal["compare", "touch"]
    checks: tuple[tuple[str, str], ...] = ()


GUARDS = (
    Guard("hold", "compare"),
    Guard("objection", "touch"),
    Guard("service_dispute", "touch"),
    Guard("court_review", "touch"),
    Guard(
        "clearance",
        "compare",
        (
            ("hold.active", ACTIVE_HOLD),
            ("clearance.expired", "NEW.expires_at <= {now}"),
            ("clearance.too_long", "NEW.expires_at > {plus:{now}:15 minutes}"),
        ),
    ),
    Guard(
        "removal",
        "compare",
        (
            ("hold.active", ACTIVE_HOLD),
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
        ),
    ),
    Guard(
        "hold_ending",
        "compare",
        (
            (
                "review.does_not_release",
                "NOT EXISTS (SELECT 1 FROM {s}court_review r "
                "JOIN {s}review_verification v ON v.review_id = r.id "
                "JOIN {s}document d ON d.id = r.document_id "
                "WHERE r.id = NEW.review_id AND r.hold_id = NEW.hold_id "
                f"AND r.forum IN ({_FORUMS}) AND r.outcome IN ({_OUTCOMES}) "
                "AND r.on_the_merits AND r.final AND r.considered_page IS NOT NULL "
                "AND r.decided_at <= {now} AND r.served_at <= {now} "
                "AND (NOT r.appeal_lies OR r.appeal_deadline < {now}))",
            ),
            (
                "review.superseded",
                "EXISTS (SELECT 1 FROM {s}court_review r WHERE r.supersedes_id = NEW.review_id)",
            ),
            (
                "review.no_exposure",
                "NOT EXISTS (SELECT 1 FROM {s}exposure x WHERE x.person_id = NEW.person_id)",
            ),
            (
                "review.older_than_the_leak",
                "EXISTS (SELECT 1 FROM {s}exposure x JOIN {s}incident i ON i.id = x.incident_id "
                f"WHERE x.person_id = NEW.person_id AND i.occurred_at >= {_DECIDED})",
            ),
            (
                "review.decided_before_service",
                "EXISTS (SELECT 1 FROM {s}exposure x WHERE x.person_id = NEW.person_id AND NOT EXISTS "
                "(SELECT 1 FROM {s}service v WHERE v.exposure_id = x.id AND v.proven "
                f"AND v.served_at < {_DECIDED} AND NOT EXISTS "
                "(SELECT 1 FROM {s}service_dispute q WHERE q.service_id = v.id)))",
            ),
            (
                "release.not_served_on_person",
                "NOT EXISTS (SELECT 1 FROM {s}proposal_service p "
                "WHERE p.proposal_id = NEW.proposal_id AND p.served_on = 'person')",
            ),
            (
                "release.not_served_on_counsel",
                "EXISTS (SELECT 1 FROM {s}appearance a WHERE a.person_id = NEW.person_id "
                "AND a.verified_at IS NOT NULL AND (a.withdrawn_on IS NULL OR a.withdrawn_on > {today})) "
                "AND NOT EXISTS (SELECT 1 FROM {s}proposal_service p "
                "WHERE p.proposal_id = NEW.proposal_id AND p.served_on = 'counsel')",
            ),
            (
                "release.served_before_proposed",
                "EXISTS (SELECT 1 FROM {s}proposal_service p "
                "JOIN {s}release_proposal r ON r.id = p.proposal_id "
                "WHERE p.proposal_id = NEW.proposal_id AND p.served_at < r.proposed_at)",
            ),
            (
                "release.seven_days_open",
                "EXISTS (SELECT 1 FROM {s}proposal_service p WHERE p.proposal_id = NEW.proposal_id "
                "AND {plus:p.served_at:7 days} > {now})",
            ),
            (
                "release.objection_open",
                "EXISTS (SELECT 1 FROM {s}objection o WHERE o.hold_id = NEW.hold_id AND NOT EXISTS "
                "(SELECT 1 FROM {s}objection_answer w WHERE w.objection_id = o.id AND NOT w.sustained))",
            ),
        ),
    ),
)
