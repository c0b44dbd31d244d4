"""Importing a counsel roster: who appears for whom. Until verified, an appearance discloses nothing."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.confirm_counsel import KIND, confirm_listed_counsel
from holds.actions.counsel_book import CounselBook
from holds.actions.list_import import Import
from holds.actions.list_kind import Finishing, Kind, Opening, Work
from holds.actions.list_rows import Intake
from holds.actions.named_people import Candidates, Named, Person, find_candidates
from holds.actions.source_lists import NOT_ON_RECORD, Done
from holds.actions.tasks import NewTask, close_tasks, raise_tasks
from holds.domain.staff import Acting
from holds.intake.counsel_roster import CounselRow, read_counsel_roster
from holds.matching.counsel import ClientClaim, CounselMatch, PersonFacts, match_client
from holds.store.base import new_id
from holds.store.ledger import Entry, write_ledger
from holds.store.representation import Appearance
from holds.store.sealing import OwnerKey
from holds.store.vault import Vault

DOUBT = "counsel_doubt"


def _start(opening: Opening[CounselRow]) -> Work[CounselRow]:
    book = CounselBook(opening.session, opening.vault, opening.acting)

    def work(session: Session, rows: Sequence[CounselRow]) -> Done:
        intake = Intake(opening.opened, opening.file.mapping, opening.failures)
        return _Batch(session, opening.vault, opening.acting, intake, book).take_in(rows)

    return work


def _finish(finishing: Finishing) -> Mapping[str, int]:
    """A task for everyone whose listed counsel the roster does not bear out."""
    vault, acting = finishing.vault, finishing.acting
    return {"listed_counsel_unconfirmed": confirm_listed_counsel(finishing.run, vault, acting=acting)}


@dataclass
class _Batch:
    session: Session
    vault: Vault
    acting: Acting
    intake: Intake
    book: CounselBook
    keys: dict[uuid.UUID, OwnerKey] = field(default_factory=dict)
    known: dict[uuid.UUID, list[Appearance]] = field(default_factory=dict)
    fresh: list[Appearance] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    represented: set[uuid.UUID] = field(default_factory=set)
    settled: set[uuid.UUID] = field(default_factory=set)

    def take_in(self, rows: Sequence[CounselRow]) -> Done:
        named = [Named(r.client_a_numbers, r.client_name, r.client_birth_dates) for r in rows]
        candidates = find_candidates(self.session, self.vault, named)
        clients = [_clients(one, found) for one, found in zip(named, candidates, strict=True)]
        people = sorted({person.id for found in clients for person, _ in found})
        self.keys = self.vault.keys(self.session, people)
        for appearance in self.session.scalars(select(Appearance).where(Appearance.person_id.in_(people))):
            self.known.setdefault(appearance.person_id, []).append(appearance)
        for row, found in zip(rows, clients, strict=True):
            self.intake.count("rows")
            if row.rejection:
                self.intake.refuse(row)
            elif not found:
                self.intake.refuse(row, NOT_ON_RECORD)
            else:
                self._take(row, found)
        self.book.save(self.session)
        self.session.add_all(self.fresh)
        self.session.flush()
        write_ledger(self.session, self.entries)
        raise_tasks(self.session, self.acting, self.intake.doubts)
        close_tasks(self.session, self.acting, KIND, self.represented)
        close_tasks(self.session, self.acting, DOUBT, self.settled)
        return self.intake.done

    def _take(self, row: CounselRow, clients: Sequence[tuple[Person, CounselMatch]]) -> None:
        hindrance = _hindrance(row)
        counsel = self.book.counsel_of(row) if hindrance is None else None
        if hindrance is not None:
            self.intake.refuse(row, hindrance[0], at=hindrance[1])
            return
        if not isinstance(counsel, uuid.UUID):
            at = "counsel_name" if counsel == "name.missing" else "eoir_id"
            self.intake.refuse(row, counsel or "counsel.unidentified", at=at)
            return
        outcomes = {self._appear(row, counsel, person, match) for person, match in clients}
        told = next((name for name in ("imported", "updated") if name in outcomes), "duplicates")
        if told == "imported":
            self.intake.count("exact" if clients[0][1].judgement == "exact" else "doubtful")
            told = told if row.client_a_numbers else "without_number"
        elif "nothing_to_withdraw" in outcomes and told == "duplicates":
            self.intake.refuse(row, "date.missing", at="filed_on")
            return
        person_id = clients[0][0].id
        self.intake.take(row, told, person_id, self.keys.get(person_id))

    def _appear(self, row: CounselRow, counsel: uuid.UUID, person: Person, match: CounselMatch) -> str:
        """One appearance for one client: added, amended or known already."""
        of_counsel = [a for a in self.known.get(person.id, []) if a.counsel_id == counsel]
        if row.filed_on is None or row.form is None:
            return self._withdraw_all(row, of_counsel)
        same = next((a for a in of_counsel if (a.form, a.filed_on) == (row.form, row.filed_on)), None)
        if same is not None:
            return self._amend(row, same, match)
        appearance = Appearance(
            id=new_id(),
            counsel_id=counsel,
            person_id=person.id,
            form=row.form,
            scope=row.scope or "all",
            is_primary=bool(row.primary),
            filed_on=row.filed_on,
            withdrawn_on=row.withdrawn_on,
            judgement=match.judgement,
            evidence=_evidence(match),
            source_list_id=self.intake.opened.id,
        )
        self.fresh.append(appearance)
        self.known.setdefault(person.id, []).append(appearance)
        if row.withdrawn_on:
            self.intake.count("withdrawn")
        self._tell("appearance.recorded", appearance, {"form": row.form, "judgement": match.judgement})
        self._doubt_or_settle(appearance, match)
        return "imported"

    def _amend(self, row: CounselRow, appearance: Appearance, match: CounselMatch) -> str:
        """A withdrawal stays one; a scope that somebody verified is not changed by a file."""
        changed = []
        if row.withdrawn_on and row.withdrawn_on != appearance.withdrawn_on:
            appearance.withdrawn_on = row.withdrawn_on
            changed.append("withdrawn_on")
            self.intake.count("withdrawn")
        if row.primary is not None and row.primary != appearance.is_primary:
            appearance.is_primary = row.primary
            changed.append("is_primary")
        if row.scope and row.scope != appearance.scope and appearance.verified_at is None:
            appearance.scope = row.scope
            changed.append("scope")
        if match.judgement == "exact" and appearance.judgement != "exact":
            appearance.judgement, appearance.evidence = "exact", _evidence(match)
            changed.append("judgement")
            self._doubt_or_settle(appearance, match)
        if not changed:
            return "duplicates"
        withdrawn = "withdrawn_on" in changed
        verb = "appearance.withdrawn" if withdrawn else "appearance.amended"
        self._tell(verb, appearance, {"changed": changed})
        return "updated"

    def _withdraw_all(self, row: CounselRow, of_counsel: Sequence[Appearance]) -> str:
        """A withdrawal that does not say which appearance ends all of that form, or of every form."""
        meant = [a for a in of_counsel if row.form in (None, a.form)]
        if not meant:
            return "nothing_to_withdraw"
        open_ones = [a for a in meant if a.withdrawn_on is None]
        for appearance in open_ones:
            appearance.withdrawn_on = row.withdrawn_on
            self.intake.count("withdrawn")
            self._tell("appearance.withdrawn", appearance, {"changed": ["withdrawn_on"]})
        return "updated" if open_ones else "duplicates"

    def _doubt_or_settle(self, appearance: Appearance, match: CounselMatch) -> None:
        if match.judgement == "exact":
            self.represented.add(appearance.person_id)
            self.settled.add(appearance.id)
            return
        self.intake.doubts.append(
            NewTask(
                kind=DOUBT,
                subject_id=appearance.id,
                person_id=appearance.person_id,
                evidence=_evidence(match),
            )
        )

    def _tell(self, verb: str, appearance: Appearance, codes: Mapping[str, object]) -> None:
        self.entries.append(
            Entry(
                verb=verb,
                actor_id=self.acting.id,
                organisation_id=self.acting.organisation_id,
                subject_id=appearance.id,
                person_id=appearance.person_id,
                codes=codes,
            )
        )


import_counsel = Import(Kind(name="counsel", read=read_counsel_roster, start=_start, finish=_finish))
"""Import a roster, then raise a task for everyone whose listed counsel it does not bear out."""


def _clients(named: Named, candidates: Candidates) -> list[tuple[Person, CounselMatch]]:
    """Who on record may be the client: the one exact match, else everyone a human must look at."""
    claim = ClientClaim(frozenset(named.a_numbers), named.identity)
    people = {person.id: person for person in (*candidates.by_number, *candidates.by_name)}
    matches = [
        (person, match_client(claim, PersonFacts(frozenset(person.facts.a_numbers), person.identity)))
        for person in people.values()
    ]
    exact = [(person, match) for person, match in matches if match.judgement == "exact"]
    if len(exact) > 1:
        exact = [(person, match) for person, match in exact if not match.disagreed] or exact
    if len(exact) == 1:
        return exact
    # Two people under one number and one name: which of them is the client, a human must say.
    exact = [
        (person, CounselMatch("needs_judgement", m.agreed, m.disagreed, "several")) for person, m in exact
    ]
    return exact or [(person, match) for person, match in matches if match.judgement == "needs_judgement"]


def _hindrance(row: CounselRow) -> tuple[str, str] | None:
    """What keeps a row from being an appearance, as code and field; a withdrawal needs less."""
    if any(problem.code == "scope.unknown" for problem in row.problems):
        return ("scope.unknown", "scope")
    if row.form is None and (not row.withdrawn_on or any(p.code == "form.unknown" for p in row.problems)):
        return ("form.unknown", "form")
    if row.withdrawn_on and (row.form is None or row.filed_on is None):
        return None
    if row.filed_on is None:
        return ("date.missing", "filed_on")
    return ("scope.missing", "scope") if row.form == "EOIR-28" and row.scope is None else None


def _evidence(match: CounselMatch) -> dict[str, object]:
    return {"rule": match.rule, "agreed": list(match.agreed), "disagreed": list(match.disagreed)}
