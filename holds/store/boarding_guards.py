"""What the database asks before somebody is cleared and boards, beyond the gate's own epoch.

SQL in the terms of `holds/store/guards.py`. Two records may be one human being: whoever shares an A-number
with the person, and whoever bears the name and birth date that were asked for. A hold on any of them keeps
the person, and all their gates are locked before anybody looks.
"""

from holds.store.ending_guards import lets_pass
from holds.store.merge_guards import impeded, kin, one_record


def active_hold(departure: str) -> str:
    """Whether something holds this person back from a departure; a closing may still block it.

    Holds of everyone whose record is one with theirs count, and of everyone under one of their A-numbers.
    """
    return (
        f"EXISTS (SELECT 1 FROM {{s}}hold h WHERE h.person_id IN {kin('NEW.person_id')} "  # noqa: S608 - our own names
        "AND NOT EXISTS "
        f"(SELECT 1 FROM {{s}}hold_ending e WHERE e.hold_id = h.id AND ({lets_pass(departure)})))"
    )


ACTIVE_HOLD = active_hold("NEW.departure_kind")
ACTIVE_AT_BOARDING = active_hold(
    "(SELECT c.departure_kind FROM {s}clearance c WHERE c.id = NEW.clearance_id)"
)

_ALIKE = (
    "FROM {s}clearance_index t JOIN {s}person_index i ON i.kind = t.kind AND i.value = t.value "
    "WHERE t.clearance_id = NEW.clearance_id AND t.kind <> 'a_number'"
)
# Of whom a number or a birth date is known, a name alone says too little.
_BY_NAME_ALONE = (
    "NOT EXISTS (SELECT 1 FROM {s}person p WHERE p.id = i.person_id AND p.with_number) "
    "AND NOT EXISTS (SELECT 1 FROM {s}person_index b WHERE b.person_id = i.person_id "
    "AND b.kind = 'name_birth_date')"
)
# The last word on the doubt is that of two people: the number asked for is somebody else's.
_DIFFERENT = (
    "EXISTS (SELECT 1 FROM {s}doubt_number d JOIN {s}judgement j ON j.doubt_id = d.doubt_id "
    "JOIN {s}judgement_confirmation y ON y.judgement_id = j.id "
    "JOIN {s}clearance_index n ON n.value = d.value AND n.kind = 'a_number' "
    "WHERE d.subject_id = i.person_id AND n.clearance_id = t.clearance_id AND j.verdict = 'negative' "
    "AND NOT EXISTS (SELECT 1 FROM {s}judgement l WHERE l.doubt_id = j.doubt_id "
    "AND (l.judged_at > j.judged_at OR (l.judged_at = j.judged_at AND l.id > j.id))))"
)
NEAR_MATCH = (
    f"EXISTS (SELECT 1 {_ALIKE} AND (t.kind = 'name_birth_date' OR ({_BY_NAME_ALONE})) "
    f"AND i.person_id NOT IN {one_record('NEW.person_id')} AND {impeded('i.person_id')} AND NOT {_DIFFERENT})"
)
"""Somebody held bears the name and birth date that were asked for, under another number: whoever stands at
the door may be they. Which of their departures is allowed does not matter, for who it is is the doubt."""

NOT_COMPARED = (
    "NOT EXISTS (SELECT 1 FROM {s}clearance_index t "
    "WHERE t.clearance_id = NEW.clearance_id AND t.kind = 'name_birth_date')"
)
"""Nobody boards on a number alone."""

# Whoever boards somebody has asked for the clearance themselves: what one office was told, another did not
# read, and a clearance is had anew in a second.
OF_ANOTHER = (
    "EXISTS (SELECT 1 FROM {s}clearance c WHERE c.id = NEW.clearance_id AND c.issued_to <> NEW.recorded_by)"
)
OUTSIDE_ITS_TIME = (
    "NEW.boarded_at > {now} OR EXISTS (SELECT 1 FROM {s}clearance c WHERE c.id = NEW.clearance_id "
    "AND c.issued_at > {plus:NEW.boarded_at:2 seconds})"
)
"""Boarded later than now, or before it was cleared; two seconds are what a clock may be set back."""
ISSUED_OUTSIDE_NOW = "NEW.issued_at > {now} OR {plus:NEW.issued_at:15 minutes} <= {now}"
"""The time of issue is told by no client: what a boarding is held against rests on it."""
PLACED_OUTSIDE_NOW = ISSUED_OUTSIDE_NOW.replace("issued_at", "placed_at")
"""Nor is that of a hold: which statements count against it, and which removal violated it, rest on it."""

LOCK_KIN = (
    f"PERFORM 1 FROM {{s}}gate g WHERE g.person_id IN {kin('NEW.person_id')} ORDER BY g.person_id FOR UPDATE;"
)
LOCK_ALIKE = (
    f"PERFORM 1 FROM {{s}}gate g WHERE g.person_id IN (SELECT k.id FROM {kin('NEW.person_id')} k "  # noqa: S608 - our own names
    f"UNION SELECT i.person_id {_ALIKE}) ORDER BY g.person_id FOR UPDATE;"
)
"""PostgreSQL only, before the bump and in the order of ids, so that no two writers wait for each other."""
