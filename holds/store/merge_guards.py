"""What a merge of two records means to the database: whose gates are one, and who may say so.

The gate's own trigger follows `merged_into`: whoever bumps a gate bumps the one it was merged into, and so
on to the last, the root, whose row lock is the lock of them all and whose epoch every writer states.
"""

from typing import Literal

from holds.domain.closing import LETS_PASS
from holds.domain.departure import DepartureKind

_STEPS = "{s}gate g ON g.person_id = one.id OR g.merged_into = one.id WHERE g.merged_into IS NOT NULL"


def one_record(person: str) -> str:
    """SQL of the ids of everyone merged with a person, and the person's own."""
    return (
        f"(WITH RECURSIVE one(id) AS (SELECT {person} UNION "
        "SELECT CASE WHEN g.person_id = one.id THEN g.merged_into ELSE g.person_id END "
        f"FROM one JOIN {_STEPS}) SELECT one.id FROM one)"
    )


def kin(person: str) -> str:
    """SQL of the ids of everyone merged with a person, of all who share an A-number with one of them, and of
    those who are merged with these: two records under one number may be one human being."""
    return (
        f"(WITH RECURSIVE one(id) AS (SELECT {person} UNION "
        "SELECT CASE WHEN g.person_id = one.id THEN g.merged_into ELSE g.person_id END "
        f"FROM one JOIN {_STEPS}), twin(id) AS (SELECT one.id FROM one UNION SELECT o.person_id FROM one "
        "JOIN {s}person_index m ON m.person_id = one.id AND m.kind = 'a_number' "
        "JOIN {s}person_index o ON o.kind = m.kind AND o.value = m.value), "
        "kin(id) AS (SELECT twin.id FROM twin UNION "
        "SELECT CASE WHEN g.person_id = kin.id THEN g.merged_into ELSE g.person_id END FROM kin "
        "JOIN {s}gate g ON g.person_id = kin.id OR g.merged_into = kin.id WHERE g.merged_into IS NOT NULL) "
        "SELECT kin.id FROM kin)"
    )


def root_of(person: str) -> str:
    """SQL of the id of the gate at which writes for a person end: their own where nothing was merged."""
    return (
        f"(WITH RECURSIVE up(id) AS (SELECT {person} UNION SELECT g.merged_into FROM up "
        "JOIN {s}gate g ON g.person_id = up.id WHERE g.merged_into IS NOT NULL) "
        "SELECT g.person_id FROM {s}gate g JOIN up ON up.id = g.person_id WHERE g.merged_into IS NULL)"
    )


def below(person: str) -> str:
    """SQL of the ids of everyone whose gate leads into a person's, and the person's own."""
    return (
        f"(WITH RECURSIVE down(id) AS (SELECT {person} UNION SELECT g.person_id FROM down "
        "JOIN {s}gate g ON g.merged_into = down.id) SELECT down.id FROM down)"
    )


def epoch_of(person: str) -> str:
    """SQL of the epoch that a write for a person must state after its own bump."""
    return f"(SELECT g.epoch FROM {{s}}gate g WHERE g.person_id = {root_of(person)})"


def _hold_without_end(person: str, ends: str = "") -> str:
    return (
        f"EXISTS (SELECT 1 FROM {{s}}hold h WHERE h.person_id IN {one_record(person)} AND NOT EXISTS "
        f"(SELECT 1 FROM {{s}}hold_ending e WHERE e.hold_id = h.id{ends}))"
    )


_PASSING = ", ".join(
    sorted(f"'{kind}'" for kind, passes in LETS_PASS.items() if passes == frozenset(DepartureKind))
)


def impeded(person: str) -> str:
    """SQL of whether anything at all blocks the person's record: a hold, or an end that lets not all pass."""
    return _hold_without_end(person, f" AND e.kind IN ({_PASSING})")


def open_hold(person: str) -> str:
    """SQL of whether a hold of the person's record has not ended in any way."""
    return _hold_without_end(person)


_JUMP = (
    "(EXISTS (SELECT 1 FROM {s}record_merge m WHERE m.epoch = NEW.epoch "
    f"AND (m.merged_id = NEW.person_id OR NEW.person_id = {root_of('m.other_id')})) "
    "OR EXISTS (SELECT 1 FROM {s}record_split p WHERE p.epoch = NEW.epoch "
    f"AND (p.merged_id = NEW.person_id OR NEW.person_id = {root_of('p.other_id')})))"
)
_JOINS = (
    "OLD.merged_into IS NULL AND EXISTS (SELECT 1 FROM {s}record_merge m WHERE m.merged_id = NEW.person_id "
    "AND m.other_id = NEW.merged_into AND m.epoch = NEW.epoch)"
)
_LEAVES = (
    "NEW.merged_into IS NULL AND EXISTS (SELECT 1 FROM {s}record_split p WHERE p.merged_id = NEW.person_id "
    "AND p.other_id = OLD.merged_into AND p.epoch = NEW.epoch)"
)
_SAME = "NEW.merged_into IS NOT DISTINCT FROM OLD.merged_into"

GATE_CHECKS = (
    (
        "gate.epoch_forward",
        "NEW.person_id <> OLD.person_id OR NOT (NEW.epoch = OLD.epoch + 1 OR "
        f"(NEW.epoch > OLD.epoch AND {_JUMP}) OR (NEW.epoch = OLD.epoch AND NOT ({_SAME})))",
    ),
    ("gate.merge_unjudged", f"NOT ({_SAME}) AND NOT ({_JOINS}) AND NOT ({_LEAVES})"),
)
"""A gate goes forward by one, or to the epoch of the merge or split that touches it."""

FOLLOW = (
    "UPDATE {s}gate SET epoch = epoch + 1 WHERE person_id = NEW.merged_into "
    "AND NEW.merged_into = OLD.merged_into;"
)
"""In the gate's BEFORE UPDATE trigger: the row is locked there, and NEW is its newest version."""

LOCKS = (
    "PERFORM 1 FROM {s}gate g WHERE g.person_id IN "
    f"{one_record('NEW.merged_id')} OR g.person_id IN {one_record('NEW.other_id')} "
    "ORDER BY g.person_id FOR UPDATE;"
)
"""PostgreSQL only: in the order of ids, so that no two writers wait for each other."""

Statement = str | tuple[str, str]
"""Either a statement, or a refusal: code and condition."""

_BUMP = "UPDATE {s}gate SET epoch = epoch + 1 WHERE person_id = NEW.%s;"
_HIGHEST = (
    "NEW.epoch <> (SELECT max(g.epoch) FROM {s}gate g "
    f"WHERE g.person_id IN (NEW.merged_id, {root_of('NEW.other_id')}))"
)
_RAISE_OTHER = (
    f"UPDATE {{s}}gate SET epoch = NEW.epoch WHERE person_id = {root_of('NEW.other_id')} "
    "AND epoch < NEW.epoch;"
)

_CROSSES = (
    f"EXISTS (SELECT 1 FROM {{s}}record_merge m WHERE m.person_id IN {one_record('NEW.merged_id')} "
    "AND m.id <> NEW.merge_id AND NOT EXISTS (SELECT 1 FROM {s}record_split p WHERE p.merge_id = m.id) "
    f"AND (m.person_id IN {below('NEW.merged_id')}) <> (m.other_id IN {below('NEW.merged_id')}))"
)
"""A merge that still stands joins somebody of the one side with somebody of the other: A was judged to be B,
then A to be C, and the gates lead from A to B to C. Without A and B, A would be parted from C as well."""

MERGE: dict[Literal["record_merge", "record_split"], tuple[Statement, ...]] = {
    "record_merge": (
        _BUMP % "merged_id",
        _BUMP % "other_id",
        ("merge.not_the_root", f"NEW.merged_id <> {root_of('NEW.person_id')}"),
        ("merge.one_record_already", f"NEW.merged_id = {root_of('NEW.other_id')}"),
        ("gate.stale_epoch", _HIGHEST),
        _RAISE_OTHER,
        "UPDATE {s}gate SET epoch = NEW.epoch, merged_into = NEW.other_id WHERE person_id = NEW.merged_id;",
    ),
    "record_split": (
        _BUMP % "merged_id",
        (
            "split.not_merged",
            "NOT EXISTS (SELECT 1 FROM {s}gate g WHERE g.person_id = NEW.merged_id "
            "AND g.merged_into = NEW.other_id)",
        ),
        ("gate.stale_epoch", _HIGHEST),
        ("split.others_rest_on_it", _CROSSES),
        _RAISE_OTHER,
        "UPDATE {s}gate SET epoch = NEW.epoch, merged_into = NULL WHERE person_id = NEW.merged_id;",
        (
            "split.would_release",
            f"({impeded('NEW.merged_id')} OR {impeded('NEW.other_id')}) "
            f"AND NOT ({open_hold('NEW.merged_id')} AND {open_hold('NEW.other_id')})",
        ),
    ),
}
"""After the insert, in this order. A merge row is what the two bumps and the new epoch rest on."""
