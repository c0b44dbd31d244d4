"""Whose counsel a roster row names: by the number, then by everything else, and what was judged of it."""

import dataclasses
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.match_places import PlaceBook
from holds.actions.people_book import PeopleBook, described, described_facts, facts_of_records
from holds.domain.judgement import Verdict
from holds.domain.person import PersonFacts
from holds.intake.counsel_roster import CounselRow
from holds.matching.facility import Location
from holds.matching.people import Candidate, PeopleIndex
from holds.matching.weighing import Described
from holds.store.lookup import find_people
from holds.store.merged import OneRecord
from holds.store.representation import Appearance, AppearanceJudgement
from holds.store.sealing import fingerprint
from holds.store.vault import Vault

REFUSED = frozenset({Verdict.NEGATIVE, Verdict.UNSURE})
"""After these nothing is certain by itself; a human judges anew."""


@dataclass(frozen=True)
class Judged:
    """What was judged last, of appearances for records by their root: by counsel, person and evidence; by
    counsel and person, whatever the evidence was; and of each appearance by its id."""

    by_evidence: Mapping[tuple[uuid.UUID, uuid.UUID, bytes | None], Verdict] = field(default_factory=dict)
    by_person: Mapping[tuple[uuid.UUID, uuid.UUID], Verdict] = field(default_factory=dict)
    by_appearance: Mapping[uuid.UUID, Verdict] = field(default_factory=dict)


@dataclass(frozen=True)
class Client:
    """Somebody on record who may be the client of a row. `claim` is what the row says of the client."""

    person_id: uuid.UUID
    judgement: str
    rule: str
    score: float
    agreed: tuple[str, ...]
    disagreed: tuple[str, ...]
    mark: bytes
    claim: Mapping[str, object]

    @property
    def evidence(self) -> dict[str, object]:
        """The codes that are kept in clear; none of them names anybody."""
        codes = {"agreed": list(self.agreed), "disagreed": list(self.disagreed)}
        return {"rule": self.rule, "score": self.score, **codes}

    @property
    def certain(self) -> bool:
        return self.judgement == "exact"

    def as_judged(self, counsel: uuid.UUID, judged: Judged) -> "Client | None":
        """With what somebody judged of this counsel and person: none where this very evidence was said to be
        of somebody else. What was refused last on any evidence, or left open on this, is not certain."""
        person = (counsel, self.person_id)
        verdict = judged.by_evidence.get((*person, self.mark))
        if verdict is Verdict.NEGATIVE:
            return None
        if not self.certain and verdict is not Verdict.POSITIVE:
            return self
        if verdict in REFUSED or judged.by_person.get(person) in REFUSED:
            return dataclasses.replace(self, judgement="needs_judgement")
        return self if self.certain else dataclasses.replace(self, judgement="exact", rule="judged")


class ClientBook:
    """Finds the clients of roster rows, batch by batch."""

    def __init__(self, vault: Vault, places: PlaceBook | None = None) -> None:
        self._vault = vault
        self._people = PeopleBook(vault)
        self._places = places

    def clients(self, session: Session, rows: Sequence[CounselRow]) -> list[list[Client]]:
        """Of each row whom it may mean, likeliest first; one alone where that is certain or nearly so."""
        numbers = {number for row in rows for number in row.client_a_numbers}
        under = find_people(session, self._vault.ring, "a_number", numbers)
        known = facts_of_records(session, self._vault, sorted(frozenset[uuid.UUID]().union(*under.values())))
        # Those under the row's own numbers settle most rows, and nobody else's record need be opened.
        numbered: dict[str, dict[uuid.UUID, Described]] = {}
        for root, facts in known.items():
            for number in facts.a_numbers:
                numbered.setdefault(number, {})[root] = described_facts(facts)
        said = self._said(session, rows)
        return [
            self._clients(session, row, one, numbered, known) for row, one in zip(rows, said, strict=True)
        ]

    def _clients(
        self,
        session: Session,
        row: CounselRow,
        said: Described,
        numbered: Mapping[str, Mapping[uuid.UUID, Described]],
        known: Mapping[uuid.UUID, PersonFacts],
    ) -> list[Client]:
        if row.rejection:
            return []
        mine = {pid: one for number in row.client_a_numbers for pid, one in numbered.get(number, {}).items()}
        found = PeopleIndex(mine).match(said) if mine else []
        if [one.judgement for one in found] != ["exact"]:
            found = self._people.index(session).match(said)
        facts = {**self._people.facts, **known}
        return [self._client(row, one, facts[one.id]) for one in found]

    def _client(self, row: CounselRow, found: Candidate[uuid.UUID], facts: PersonFacts) -> Client:
        claim = claim_of(row)
        on_record = [
            sorted(facts.names),
            sorted(facts.a_numbers),
            sorted(facts.birth_dates),
            facts.nationality,
        ]
        text = json.dumps([claim, on_record], sort_keys=True, ensure_ascii=False)
        return Client(
            person_id=found.id,
            judgement=found.judgement,
            rule=found.rule,
            score=round(found.bits, 1),
            agreed=found.evidence.agreed,
            disagreed=found.evidence.disagreed,
            mark=fingerprint(self._vault.ring, text),
            claim=claim,
        )

    def _said(self, session: Session, rows: Sequence[CounselRow]) -> list[Described]:
        places = {}
        if self._places is not None:
            places = self._places.places(session, [Location(row.client_facility) for row in rows])
        said = []
        for row in rows:
            place = places.get(Location(row.client_facility))
            names = (row.client_name.display(),) if row.client_name else ()
            facility = place.facility_id if place else None
            said.append(
                described(
                    names, row.client_a_numbers, row.client_birth_dates, row.client_nationality, facility
                )
            )
        return said


def claim_of(row: CounselRow) -> dict[str, object]:
    """What a row says of the client, as it is sealed and shown beside the record."""
    return {
        "name": row.client_name.display() if row.client_name else "",
        "a_numbers": list(row.client_a_numbers),
        "birth_dates": [day.isoformat() for day in row.client_birth_dates],
        "nationality": row.client_nationality or "",
    }


def judged_before(session: Session, records: Iterable[OneRecord]) -> Judged:
    """What was judged of appearances for these records, whichever of their members it was judged for."""
    roots = {member: record.root for record in records for member in record.members}
    rows = session.execute(
        select(
            Appearance.id,
            Appearance.counsel_id,
            Appearance.person_id,
            AppearanceJudgement.evidence_mark,
            AppearanceJudgement.verdict,
        )
        .join(Appearance, Appearance.id == AppearanceJudgement.appearance_id)
        .where(Appearance.person_id.in_(sorted(roots)))
        .order_by(AppearanceJudgement.judged_at, AppearanceJudgement.id)
    ).all()
    return Judged(
        by_evidence={(r.counsel_id, roots[r.person_id], r.evidence_mark): Verdict(r.verdict) for r in rows},
        by_person={(r.counsel_id, roots[r.person_id]): Verdict(r.verdict) for r in rows},
        by_appearance={r.id: Verdict(r.verdict) for r in rows},
    )
