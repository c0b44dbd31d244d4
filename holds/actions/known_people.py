"""Who is on record already, of those whom a batch of a record list may mean."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.failing_rows import OpenFailures
from holds.actions.identities import identity_of
from holds.actions.person_records import facts_of_row
from holds.domain.person import PersonFacts
from holds.intake.record_list import PersonRow
from holds.matching.identity import agreement
from holds.store.exposures import Exposure, ExposureRow, Incident, SourceList
from holds.store.facts import facts_of
from holds.store.lookup import find_people, name_terms
from holds.store.merged import one_records
from holds.store.people import LanguageNote, Person
from holds.store.places import Custody, PostureNote
from holds.store.sealing import OwnerKey
from holds.store.vault import Vault, open_json


@dataclass
class Known:
    """Someone on record whom rows of this batch may mean; `root` is the same for merged records.

    `custody_told`: the open stretch of their custody line is from a dated custody file. `same_list`: they
    came on record with a row of the very list that is read, so another of its rows is another person.
    """

    facts: PersonFacts
    key: OwnerKey
    exposure_id: uuid.UUID | None
    with_number: bool
    root: uuid.UUID
    custody: Custody | None = None
    custody_told: bool = False
    same_list: bool = False
    languages: set[str] = field(default_factory=set)
    posture: str | None = None


@dataclass
class KnownPeople:
    """People on record by A-number and by id; new ones are added as the batch goes on.

    `unnumbered`: those whom an earlier list named without a number, which a row of this one may give.
    """

    by_number: dict[str, set[uuid.UUID]]
    by_id: dict[uuid.UUID, Known]
    unnumbered: dict[uuid.UUID, Known]

    def remember(
        self, key: OwnerKey, facts: PersonFacts, exposure_id: uuid.UUID, *, with_number: bool
    ) -> None:
        """Somebody the batch has just put on record."""
        self.by_id[key.owner_id] = Known(
            facts, key, exposure_id, with_number, root=key.owner_id, same_list=True
        )
        for number in facts.a_numbers:
            self.by_number.setdefault(number, set()).add(key.owner_id)

    def meant(
        self, facts: PersonFacts, *, usable: bool, failed_as: uuid.UUID | None
    ) -> tuple[uuid.UUID | None, list[uuid.UUID]]:
        """(who is meant, whom the row conflicts with). Doubt means a person of their own, held too.

        `failed_as` is the person of whom the row is the mended version.
        """
        candidates = sorted({p for number in facts.a_numbers for p in self.by_number.get(number, ())})
        if failed_as is not None and set(candidates) <= {failed_as}:
            asked = identity_of(facts)
            born = agreement(identity_of(self.by_id[failed_as].facts), asked).birth_date
            # A date that could be read both ways must still be one of the two.
            return (failed_as, []) if born != "conflicts" else (None, [failed_as])
        agreeing = self._agreeing(candidates, facts)
        if not usable or candidates:
            # Candidates whose records were merged are one person: the one that agrees is amended.
            if usable and agreeing and len({self.by_id[p].root for p in candidates}) == 1:
                return agreeing[0], []
            return None, candidates
        mended = [
            person_id
            for person_id, known in self.unnumbered.items()
            if not known.with_number
            and facts.birth_dates
            and facts.names
            and known.facts.names[:1] == facts.names
            and known.facts.birth_dates == facts.birth_dates
        ]
        said = facts.nationality
        strangers = [p for p in mended if said and self.by_id[p].facts.nationality not in (None, said)]
        return (mended[0], []) if len(mended) == 1 and not strangers else (None, mended)

    def _agreeing(self, candidates: Sequence[uuid.UUID], facts: PersonFacts) -> list[uuid.UUID]:
        asked = identity_of(facts) if candidates else None
        return [
            person_id
            for person_id in candidates
            if asked and not agreement(identity_of(self.by_id[person_id].facts), asked).disagreed
        ]


def usable_number(row: PersonRow) -> bool:
    """Whether the row says which A-number is this person's; several in one cell do not, nor one in doubt."""
    doubted = {"a_number.several", "a_number.malformed"}
    return bool(row.a_numbers) and not any(problem.code in doubted for problem in row.problems)


def known_people(
    session: Session,
    vault: Vault,
    *,
    incident: Incident,
    list_id: uuid.UUID,
    rows: Sequence[PersonRow],
    failures: OpenFailures,
) -> KnownPeople:
    """Look up everyone the rows may mean: by number, by name and birth date, and as mended."""
    numbers = {number for row in rows for number in row.a_numbers}
    by_number = {n: set(p) for n, p in find_people(session, vault.ring, "a_number", numbers).items()}
    failed = {f.person_id for row in rows for f in failures.like(row) if f.person_id}
    unnumbered = _without_number(session, vault, rows)
    everyone = sorted(failed.union(unnumbered, *by_number.values()))
    if not everyone:
        return KnownPeople(by_number, {}, {})
    found = _by_id(session, vault, incident, everyone)
    _add_notes(session, found, list_id)
    mendable = {p: known for p, known in found.items() if not known.with_number and not known.same_list}
    return KnownPeople(by_number, found, mendable)


def _add_notes(session: Session, found: dict[uuid.UUID, Known], list_id: uuid.UUID) -> None:
    """What is known of their languages and postures, and who came with the list that is read."""
    for person_id, tag in session.execute(
        select(LanguageNote.person_id, LanguageNote.tag).where(LanguageNote.person_id.in_(found))
    ):
        found[person_id].languages.add(tag)
    for note in session.scalars(
        select(PostureNote)
        .where(PostureNote.person_id.in_(found))
        .order_by(PostureNote.noted_at, PostureNote.id)
    ):
        key = found[note.person_id].key
        found[note.person_id].posture = open_json(
            key, "posture_note", "sealed_posture", note.id, note.sealed_posture
        )
    for person_id in session.scalars(
        select(Exposure.person_id)
        .join(ExposureRow, ExposureRow.exposure_id == Exposure.id)
        .where(Exposure.person_id.in_(found), ExposureRow.source_list_id == list_id)
    ):
        found[person_id].same_list = True


def _without_number(session: Session, vault: Vault, rows: Sequence[PersonRow]) -> set[uuid.UUID]:
    """People on record without a number whom a mended row with this name and birth date may mean."""
    terms = set[str]()
    for row in rows:
        if usable_number(row):
            facts = facts_of_row(row)
            terms |= name_terms(identity_of(facts).name_pairs, facts.birth_dates)
    people = frozenset[uuid.UUID]().union(
        *find_people(session, vault.ring, "name_birth_date", terms).values()
    )
    return set(session.scalars(select(Person.id).where(Person.id.in_(people), Person.with_number.is_(False))))


def _by_id(
    session: Session, vault: Vault, incident: Incident, person_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, Known]:
    keys = vault.keys(session, person_ids)
    facts = facts_of(session, vault, person_ids)
    exposed = dict(
        session.execute(
            select(Exposure.person_id, Exposure.id).where(
                Exposure.incident_id == incident.id, Exposure.person_id.in_(person_ids)
            )
        ).all()
    )
    numbered = dict(
        session.execute(select(Person.id, Person.with_number).where(Person.id.in_(person_ids))).all()
    )
    custody = {
        line.person_id: (line, kind == "custody")
        for line, kind in session.execute(
            select(Custody, SourceList.kind)
            .join(SourceList, SourceList.id == Custody.source_list_id)
            .where(Custody.person_id.in_(person_ids), Custody.until.is_(None))
        )
    }
    records = one_records(session, person_ids)
    nowhere: tuple[Custody | None, bool] = (None, False)
    return {
        p: Known(facts[p], keys[p], exposed.get(p), numbered[p], records[p].root, *custody.get(p, nowhere))
        for p in person_ids
        if p in facts
    }
