"""The one statement of a check: whoever is asked about, and how the database stands, at the same moment.

It finds people under every index value of every line, follows merged records, and brings of each record what
holds it, what it knows of itself (sealed), and which numbers were judged to be somebody else's.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from holds.domain.closing import EndingKind
from holds.domain.judgement import Judged, Verdict, different_person
from holds.store.driver import ask, bytea_array
from holds.store.standing import STANDING, Standing, outside_of, parameters, standing_of

INDEX_BYTES = 32
"""How long an index value is (HMAC-SHA-256)."""
SLIP = "slip"
"""A number that the one asked for may have been meant to be; looked up among A-numbers."""

_ASKED = {
    "postgresql": "SELECT * FROM unnest(%(lines)s::int[], %(kinds)s::text[], %(values)s::bytea[])",
    # Index values are 32 bytes each (HMAC-SHA-256); they come as one run of bytes.
    "sqlite": "SELECT json_extract(e.value, '$[0]'), json_extract(e.value, '$[1]'), "
    "substr(:values, 1 + 32 * e.key, 32) FROM json_each(:terms) e",
}
_JOINED = {"postgresql": "string_agg(one.said, ' ')", "sqlite": "group_concat(one.said, ' ')"}
_STATEMENT = """
WITH RECURSIVE asked(line, kind, value) AS ({asked}),
found AS (
  SELECT DISTINCT a.line, a.kind, i.person_id
  FROM asked a
  JOIN person_index i
    ON i.value = a.value AND i.kind = CASE a.kind WHEN 'slip' THEN 'a_number' ELSE a.kind END
),
member(person_id, id) AS (
  SELECT f.person_id, f.person_id FROM found f
  UNION
  SELECT m.person_id, CASE WHEN g.person_id = m.id THEN g.merged_into ELSE g.person_id END
  FROM member m JOIN gate g ON g.person_id = m.id OR g.merged_into = m.id WHERE g.merged_into IS NOT NULL
)
SELECT 'found' AS part, f.line AS line, f.person_id AS person_id, CAST(NULL AS {uuid}) AS member_id,
  CAST(NULL AS {uuid}) AS merged_into, CAST(NULL AS {uuid}) AS organisation_id, f.kind AS said,
  CAST(NULL AS text) AS more, CAST(NULL AS boolean) AS with_number,
  CAST(NULL AS {bytes}) AS wrapped, CAST(NULL AS {bytes}) AS facts
FROM found f
UNION ALL
SELECT 'member', NULL, m.person_id, m.id, g.merged_into, p.organisation_id,
  (SELECT {joined} FROM (
    SELECT h.basis || ':' || coalesce(e.kind, '') AS said
    FROM hold h LEFT JOIN hold_ending e ON e.hold_id = h.id WHERE h.person_id = m.id ORDER BY e.ended_at
  ) one),
  k.ring_key_id, p.with_number, k.wrapped, p.sealed_facts
FROM member m JOIN gate g ON g.person_id = m.id
LEFT JOIN person p ON p.id = m.id LEFT JOIN data_key k ON k.owner_id = m.id
UNION ALL
SELECT 'doubt', a.line, d.subject_id, d.doubt_id, NULL, NULL, (
    SELECT j.verdict || CASE WHEN c.judgement_id IS NULL THEN '' ELSE ':confirmed' END
    FROM judgement j LEFT JOIN judgement_confirmation c ON c.judgement_id = j.id
    WHERE j.doubt_id = d.doubt_id ORDER BY j.judged_at DESC, j.id DESC LIMIT 1
  ), NULL, NULL, NULL, NULL
FROM asked a JOIN doubt_number d ON d.value = a.value WHERE a.kind = 'a_number'
UNION ALL
SELECT 'standing', NULL, NULL, NULL, NULL, NULL, s.facts, s.generation, NULL, NULL, NULL
FROM (SELECT {standing}) s
"""
_TYPES = {"postgresql": {"uuid": "uuid", "bytes": "bytea"}, "sqlite": {"uuid": "text", "bytes": "blob"}}


GATE_QUERY = {
    dialect: _STATEMENT.format(
        asked=_ASKED[dialect], joined=_JOINED[dialect], standing=STANDING[dialect], **_TYPES[dialect]
    )
    for dialect in _ASKED
}
"""The statement, by dialect."""


Terms = tuple[int, str, Sequence[bytes]]
"""Keyed indexes of a line, of one kind: line, kind (`a_number`, `name_birth_date`, `name`, `slip`) and the
indexes of 32 bytes each."""


class Member(NamedTuple):
    """One of the records that are one person's. `root`: the one at whose gate their writes end.

    `holds`: basis, and how it ended if it did, by time of the end. A record that was shredded has no `key`
    (id of the ring's key, wrapped data key).
    """

    id: uuid.UUID
    root: bool
    organisation_id: uuid.UUID
    with_number: bool
    holds: tuple[tuple[str, EndingKind | None], ...]
    key: tuple[str, bytes] | None
    sealed_facts: bytes


@dataclass(frozen=True)
class Seen:
    """What one look saw. `found`: of each line that found anybody, who, by kind. `records`: of each, everyone
    who is one with them.

    `doubted`: of each line, who was doubted to be meant by its number; `different`, those of them of whom
    two people judged that it is somebody else's, and nobody doubted it since.
    """

    standing: Standing
    found: Mapping[int, Mapping[str, frozenset[uuid.UUID]]]
    records: Mapping[uuid.UUID, tuple[Member, ...]]
    doubted: Mapping[int, frozenset[uuid.UUID]]
    different: Mapping[int, frozenset[uuid.UUID]]

    def root(self, person_id: uuid.UUID) -> uuid.UUID:
        """The gate at which writes for a person end."""
        for member in self.records[person_id]:
            if member.root:
                return member.id
        return person_id


def asking(terms: Iterable[Terms], dialect: str) -> dict[str, Any]:
    """The terms as the statement's parameters."""
    lines: list[str] = []
    kinds: list[str] = []
    values: list[bytes] = []
    for line, kind, found in terms:
        lines += [str(line)] * len(found)
        kinds += [kind] * len(found)
        values += found
    if dialect == "sqlite":
        places = ",".join([f'[{line},"{kind}"]' for line, kind in zip(lines, kinds, strict=True)])
        return {"terms": f"[{places}]", "values": b"".join(values)}
    # Array literals, because the driver would take longer over ten thousand values than the server does.
    return {
        "lines": f"{{{','.join(lines)}}}",
        "kinds": f"{{{','.join(kinds)}}}",
        "values": bytea_array(values, INDEX_BYTES),
    }


def look(session: Session, terms: Iterable[Terms]) -> Seen:
    """Ask for everybody at once."""
    connection, outside = session.connection(), outside_of(session)
    dialect = connection.dialect.name
    asked = {**asking(terms, dialect), **parameters(outside, dialect)}
    rows = ask(connection, GATE_QUERY[dialect], asked)
    found: dict[int, dict[str, set[uuid.UUID]]] = {}
    records: dict[uuid.UUID, list[Member]] = {}
    doubted: dict[int, set[uuid.UUID]] = {}
    different: dict[int, set[uuid.UUID]] = {}
    standing = None
    for row in rows:
        part, line = row[0], row[1]
        if part == "found":
            found.setdefault(line, {}).setdefault(row[6], set()).add(_id(row[2]))
        elif part == "member":
            records.setdefault(_id(row[2]), []).append(_member(row))
        elif part == "doubt":
            doubted.setdefault(line, set()).add(_id(row[2]))
            if _judged_different(row[6]):
                different.setdefault(line, set()).add(_id(row[2]))
        else:
            standing = standing_of(row[6], row[7], outside)
    if standing is None:
        raise RuntimeError("the database did not say how it stands")
    return Seen(
        standing,
        {line: {kind: frozenset(people) for kind, people in kinds.items()} for line, kinds in found.items()},
        {person_id: tuple(members) for person_id, members in records.items()},
        {line: frozenset(people) for line, people in doubted.items()},
        {line: frozenset(people) for line, people in different.items()},
    )


def _member(row: Sequence[Any]) -> Member:
    return Member(
        id=_id(row[3]),
        root=row[4] is None,
        organisation_id=_id(row[5]),
        with_number=bool(row[8]),
        holds=tuple(_hold(said) for said in (row[6] or "").split()),
        key=None if row[9] is None else (row[7], row[9]),
        sealed_facts=row[10],
    )


def _hold(said: str) -> tuple[str, EndingKind | None]:
    basis, _, kind = said.partition(":")
    return basis, EndingKind(kind) if kind else None


def _judged_different(last: str | None) -> bool:
    if last is None:
        return False
    verdict, _, confirmed = last.partition(":")
    return different_person((Judged(verdict=Verdict(verdict), confirmed=bool(confirmed)),))


def _id(value: uuid.UUID | str) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)
