"""What the database refuses of counsel and their appearances.

Counsel act here through a link: they place stays, and nothing else. SQL in the terms of
`holds/store/guards.py`.
"""

from holds.domain.hold import STAY_BASES

CUSTODY_ONLY = "custody_and_bond"
"""The one scope that is about custody alone: counsel of it neither stays a removal nor learns of one."""

_IN_FORCE = (
    f"p.verified_at IS NOT NULL AND p.scope <> '{CUSTODY_ONLY}' "
    "AND (p.withdrawn_on IS NULL OR p.withdrawn_on > {today})"
)
_STAYS = ", ".join(sorted(f"'{basis}'" for basis in STAY_BASES))


def _is_counsel(who: str) -> str:
    return f"EXISTS (SELECT 1 FROM {{s}}actor a WHERE a.id = {who} AND a.kind = 'counsel')"


NOT_THEIR_CLIENT = (
    f"{_is_counsel('NEW.placed_by')} AND (NEW.basis NOT IN ({_STAYS}) OR NOT EXISTS "
    "(SELECT 1 FROM {s}actor a JOIN {s}appearance p ON p.counsel_id = a.counsel_id "
    f"WHERE a.id = NEW.placed_by AND p.person_id = NEW.person_id AND {_IN_FORCE}))"
)
"""Counsel holds nobody but a client of a verified appearance in force, and on nothing but a stay."""

_BY_COUNSEL = (
    "EXISTS (SELECT 1 FROM {s}hold h JOIN {s}actor a ON a.id = h.placed_by "
    "WHERE h.id = NEW.hold_id AND a.kind = 'counsel')"
)
WITHOUT_LINK = f"(NEW.link_id IS NOT NULL) <> {_BY_COUNSEL}"
"""A stay is placed by staff or by counsel through a link: one of the two."""
LINK_WITHOUT_FORCE = (
    "NEW.link_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {s}counsel_link l "
    "JOIN {s}hold h ON h.id = NEW.hold_id JOIN {s}actor a ON a.id = h.placed_by "
    "WHERE l.id = NEW.link_id AND l.purpose = 'place_stay' AND l.appearance_id = NEW.appearance_id "
    "AND l.person_id = NEW.person_id AND l.counsel_id = a.counsel_id AND l.expires_at > {now} "
    "AND NOT EXISTS (SELECT 1 FROM {s}counsel_link_end e WHERE e.link_id = l.id))"
)

LINK_OF_NO_COUNSEL = (
    "NOT EXISTS (SELECT 1 FROM {s}appearance p WHERE p.id = NEW.appearance_id "
    f"AND p.counsel_id = NEW.counsel_id AND p.person_id = NEW.person_id AND {_IN_FORCE})"
)
LINK_OF_ANOTHER_STAY = (
    "NEW.closing_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {s}closing c "
    "JOIN {s}stay y ON y.hold_id = c.hold_id JOIN {s}appearance p ON p.id = y.appearance_id "
    "WHERE c.id = NEW.closing_id AND c.kind = 'stay_rejected' AND p.counsel_id = NEW.counsel_id)"
)
LINK_TOO_LONG = "NEW.expires_at > {plus:{now}:72 hours}"

READ_BY_ANOTHER = (
    f"{_is_counsel('NEW.recorded_by')} AND (NEW.served_on <> 'placer' OR NOT EXISTS "
    "(SELECT 1 FROM {s}actor a JOIN {s}appearance p ON p.counsel_id = a.counsel_id "
    "JOIN {s}stay y ON y.appearance_id = p.id JOIN {s}closing c ON c.hold_id = y.hold_id "
    "WHERE a.id = NEW.recorded_by AND c.id = NEW.closing_id))"
)
"""Counsel confirms that they read the reasons of their own stay's rejection, and tells of nobody else."""
VERIFIED_BY_COUNSEL = _is_counsel("NEW.verified_by")

_JUDGED = (
    "(SELECT j.verdict FROM {s}appearance_judgement j WHERE j.appearance_id = NEW.id "
    "ORDER BY j.judged_at DESC, j.id DESC LIMIT 1)"
)
APPEARANCE_CHECKS = (
    (
        "appearance.another",
        "NEW.counsel_id <> OLD.counsel_id OR NEW.person_id <> OLD.person_id OR NEW.form <> OLD.form "
        "OR NEW.filed_on <> OLD.filed_on",
    ),
    ("appearance.withdrawn", "OLD.withdrawn_on IS NOT NULL AND NEW.withdrawn_on IS NULL"),
    ("appearance.judged_negative", f"NEW.verified_at IS NOT NULL AND {_JUDGED} = 'negative'"),
)
"""Of an appearance as it changes: it stays that counsel's for that person, a withdrawal stays one, and what
was last judged to be for somebody else is not verified."""
