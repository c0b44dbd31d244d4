"""What the database asks before a hold ends: a check a condition, for the release and for each closing.

SQL in the terms of `holds/store/guards.py`; the rules are those of `holds/domain/release.py` and
`holds/domain/closing.py`, said once more where nobody can forget them.
"""

from collections.abc import Iterable, Iterator

from holds.domain.closing import LETS_PASS, NEEDED_OUTCOME, VIOLABLE, EndingKind
from holds.domain.departure import DepartureKind
from holds.domain.hold import STAY_BASES
from holds.domain.review import COURT_FORUMS, ENDING_OUTCOMES
from holds.store.merge_guards import one_record

_FORUMS = ", ".join(sorted(f"'{forum}'" for forum in COURT_FORUMS))
_OUTCOMES = ", ".join(sorted(f"'{outcome}'" for outcome in ENDING_OUTCOMES))
_DECIDED = "(SELECT r.decided_at FROM {s}court_review r WHERE r.id = NEW.review_id)"
_PERSON = one_record("NEW.person_id")
"""Exposures, counsel and revocations of everyone whose record is one with the person's bear on the end."""
_REPRESENTED = (
    f"EXISTS (SELECT 1 FROM {{s}}appearance a WHERE a.person_id IN {_PERSON} "
    "AND a.verified_at IS NOT NULL AND (a.withdrawn_on IS NULL OR a.withdrawn_on > {today}))"
)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(sorted(f"'{value}'" for value in values))


def lets_pass(departure: str) -> str:
    """Whether ending `e` no longer blocks a departure of the kind that the SQL `departure` gives."""
    wholly = _listed(kind for kind, passes in LETS_PASS.items() if passes == frozenset(DepartureKind))
    partly = [
        f"(e.kind = '{kind}' AND {departure} IN ({_listed(passes)}))"
        for kind, passes in LETS_PASS.items()
        if passes and passes != frozenset(DepartureKind)
    ]
    return " OR ".join([f"e.kind IN ({wholly})", *partly])


_RELEASE = (
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
        f"NOT EXISTS (SELECT 1 FROM {{s}}exposure x WHERE x.person_id IN {_PERSON})",
    ),
    (
        "review.older_than_the_leak",
        "EXISTS (SELECT 1 FROM {s}exposure x JOIN {s}incident i ON i.id = x.incident_id "
        f"WHERE x.person_id IN {_PERSON} AND i.occurred_at >= {_DECIDED})",
    ),
    (
        "review.decided_before_service",
        f"EXISTS (SELECT 1 FROM {{s}}exposure x WHERE x.person_id IN {_PERSON} AND NOT EXISTS "
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
        _REPRESENTED + " AND NOT EXISTS (SELECT 1 FROM {s}proposal_service p "
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
)
_OBJECTION = (
    "release.objection_open",
    "EXISTS (SELECT 1 FROM {s}objection o WHERE o.hold_id = NEW.hold_id AND NOT EXISTS "
    "(SELECT 1 FROM {s}objection_answer w WHERE w.objection_id = o.id AND NOT w.sustained))",
)
_THIRD_PERSON = (
    "objection.third_person_needed",
    "EXISTS (SELECT 1 FROM {s}objection o JOIN {s}objection_answer w ON w.objection_id = o.id "
    "WHERE o.hold_id = NEW.hold_id AND NOT w.sustained "
    "AND w.answered_by IN (NEW.proposed_by, NEW.ended_by))",
)


def _no_supervisor(whom: str) -> str:
    """Whoever this is, they are no active supervisor outside the removing office at this moment."""
    return (
        f"NOT EXISTS (SELECT 1 FROM {{s}}actor a WHERE a.id = {whom} AND a.kind = 'staff' AND a.active "
        "AND a.role = 'supervisor' AND a.outside_removing_office)"
    )


_ENDED_BY = ("ending.supervisor_needed", _no_supervisor("NEW.ended_by"))
OVERRULED_BY = f"NOT NEW.sustained AND {_no_supervisor('NEW.answered_by')}"
"""An objection is overruled by a supervisor; sustained it keeps the hold, whoever says so."""


def _told(whom: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM {s}closing_service p "
        f"WHERE p.closing_id = NEW.closing_id AND p.served_on = '{whom}')"
    )


def _bears(kind: EndingKind) -> str:
    outcome, forums = NEEDED_OUTCOME[kind]
    return (
        "EXISTS (SELECT 1 FROM {s}closing c JOIN {s}court_review r ON r.id = c.review_id "
        "JOIN {s}review_verification v ON v.review_id = r.id "
        "WHERE c.id = NEW.closing_id AND r.hold_id = NEW.hold_id AND r.final AND r.decided_at <= {now} "
        f"AND r.outcome = '{outcome}' AND r.forum IN ({_listed(forums)}) "
        "AND (NOT r.appeal_lies OR r.appeal_deadline < {now}) "
        "AND NOT EXISTS (SELECT 1 FROM {s}court_review l WHERE l.supersedes_id = r.id))"
    )


STAY_OF_NO_STAY = (
    f"NOT EXISTS (SELECT 1 FROM {{s}}hold h WHERE h.id = NEW.hold_id AND h.basis IN ({_listed(STAY_BASES)}))"
)
"""The hold rests on no order or rule that stays a removal: a leak's hold is never a provisional stay."""
_COUNTS = (
    "{one}.person_id = NEW.person_id AND {one}.sound AND {one}.stated_at <= {now} "
    "AND {one}.stated_at >= (SELECT h.placed_at FROM {s}hold h WHERE h.id = NEW.hold_id) AND NOT EXISTS "
    f"(SELECT 1 FROM {{s}}choice_revocation t WHERE t.person_id IN {_PERSON} "
    "AND (t.revoked_at >= {one}.stated_at OR t.recorded_at >= {one}.recorded_at))"
)
"""A statement counts where it was made after the hold was placed: before, nobody had told them of it."""
_CHOSEN_TWICE = (
    "EXISTS (SELECT 1 FROM {s}choice_statement f JOIN {s}choice_statement l "
    "ON l.person_id = f.person_id AND l.stated_at >= {plus:f.stated_at:72 hours} "
    f"WHERE {_COUNTS.replace('{one}', 'f')} AND {_COUNTS.replace('{one}', 'l')})"
)
_CLOSING: tuple[tuple[EndingKind, str, str], ...] = (
    *((kind, "closing.review_does_not_bear_it", f"NOT {_bears(kind)}") for kind in NEEDED_OUTCOME),
    (
        EndingKind.STAY_REJECTED,
        "stay.not_provisional",
        f"{STAY_OF_NO_STAY} OR NOT EXISTS (SELECT 1 FROM {{s}}stay y WHERE y.hold_id = NEW.hold_id) "
        "OR EXISTS (SELECT 1 FROM {s}hold_verification v WHERE v.hold_id = NEW.hold_id)",
    ),
    (
        EndingKind.STAY_REJECTED,
        "closing.not_from_this_state",
        "EXISTS (SELECT 1 FROM {s}violated_hold v WHERE v.hold_id = NEW.hold_id)",
    ),
    (EndingKind.STAY_REJECTED, "stay.reasons_not_served", f"NOT {_told('placer')}"),
    (EndingKind.CLOSED_DEPARTED_BY_CHOICE, "choice.two_statements_needed", f"NOT {_CHOSEN_TWICE}"),
    (EndingKind.ENTERED_IN_ERROR, "closing.person_not_told", f"NOT {_told('person')}"),
    (
        EndingKind.ENTERED_IN_ERROR,
        "closing.counsel_not_told",
        f"{_REPRESENTED} AND NOT {_told('counsel')}",
    ),
    (
        EndingKind.ENTERED_IN_ERROR,
        "release.seven_days_open",
        "EXISTS (SELECT 1 FROM {s}closing_service p WHERE p.closing_id = NEW.closing_id "
        "AND p.served_on <> 'placer' AND {plus:p.served_at:7 days} > {now})",
    ),
)


def _checks() -> Iterator[tuple[str, str]]:
    """Each condition is asked of its own kind of end alone; objections and people of every kind."""
    for code, condition in _RELEASE:
        yield code, f"NEW.kind = 'released' AND ({condition})"
    for kind, code, condition in _CLOSING:
        yield code, f"NEW.kind = '{kind}' AND ({condition})"
    yield _OBJECTION
    yield _THIRD_PERSON
    yield _ENDED_BY


ENDING_CHECKS = tuple(_checks())

NOT_ENDED = (
    "NEW.reinstates_id IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM {s}hold_ending e WHERE e.hold_id = NEW.reinstates_id)"
)
"""A hold is put back only where one ended."""
_NOT_BACK = "NOT EXISTS (SELECT 1 FROM {s}hold b WHERE b.reinstates_id = e.hold_id)"
SUPERSEDED_UNDER_AN_END = (
    "NEW.supersedes_id IS NOT NULL AND EXISTS (SELECT 1 FROM {s}hold_ending e "
    "LEFT JOIN {s}closing c ON c.id = e.closing_id "
    f"WHERE (e.review_id = NEW.supersedes_id OR c.review_id = NEW.supersedes_id) AND {_NOT_BACK})"
)
"""A review on which a hold ended is superseded, and the hold was not put back before."""
REVOKED_UNDER_AN_END = (
    f"EXISTS (SELECT 1 FROM {{s}}hold_ending e WHERE e.person_id IN {_PERSON} "
    f"AND e.kind = '{EndingKind.CLOSED_DEPARTED_BY_CHOICE}' AND {_NOT_BACK})"
)
_OF_EXPOSURE_BEFORE = (
    "o.exposure_id = v.exposure_id AND o.id <> v.id AND o.proven AND o.served_at < r.decided_at"
)
DISPUTED_UNDER_A_RELEASE = (
    "EXISTS (SELECT 1 FROM {s}service v JOIN {s}court_review r ON r.decided_at > v.served_at "
    "JOIN {s}hold_ending e ON e.review_id = r.id "
    f"WHERE v.id = NEW.service_id AND v.proven AND e.kind = '{EndingKind.RELEASED}' "
    f"AND e.person_id IN {_PERSON} AND {_NOT_BACK} AND NOT EXISTS (SELECT 1 FROM {{s}}service o "
    f"WHERE {_OF_EXPOSURE_BEFORE} AND NOT EXISTS "
    "(SELECT 1 FROM {s}service_dispute q WHERE q.service_id = o.id)))"
)
"""A hold was released by a court that decided after this very service and no other: it is put back first."""
NOT_VIOLATED = (
    "EXISTS (SELECT 1 FROM {s}violation v JOIN {s}hold h ON h.id = NEW.hold_id WHERE v.id = NEW.violation_id "
    "AND (h.placed_at > v.removed_at OR EXISTS (SELECT 1 FROM {s}hold_ending e WHERE e.hold_id = h.id "
    f"AND e.kind NOT IN ({_listed(VIOLABLE)}) "
    "AND (v.removed_at IS NULL OR e.ended_at <= v.removed_at))))"
)
"""The hold was placed after the person was gone, or had ended before, in a way that let them be removed."""
TOLD_OUTSIDE = (
    "NEW.served_at > {now} OR EXISTS (SELECT 1 FROM {s}closing c "
    "WHERE c.id = NEW.closing_id AND NEW.served_at < c.proposed_at)"
)
COUNSEL_NOT_VERIFIED = (
    "NEW.appearance_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {s}appearance a "
    "WHERE a.id = NEW.appearance_id AND a.person_id = NEW.person_id "
    "AND a.verified_at IS NOT NULL AND (a.withdrawn_on IS NULL OR a.withdrawn_on > {today}))"
)
FROZEN_KEY = "EXISTS (SELECT 1 FROM {s}violation v WHERE v.person_id = OLD.owner_id)"
FROZEN_DETAIL = (
    "EXISTS (SELECT 1 FROM {s}violation v JOIN {s}ledger_row r ON r.person_id = v.person_id "
    "WHERE r.id = OLD.ledger_row_id)"
)
"""The evidence of a violation is frozen: neither the person's key nor what the ledger details may go."""
KEEP_FACTS = (
    "INSERT INTO {s}overwritten_facts (person_id, number, sealed_facts, overwritten_at) SELECT OLD.id, "
    "(SELECT count(*) + 1 FROM {s}overwritten_facts o WHERE o.person_id = OLD.id), OLD.sealed_facts, {now} "
    "WHERE NEW.sealed_facts <> OLD.sealed_facts "
    "AND EXISTS (SELECT 1 FROM {s}violation v WHERE v.person_id = OLD.id);"
)
"""Who a violated person was said to be stays on record, whatever a later list says; the list is not refused,
for it may bring the number under which they are held."""
