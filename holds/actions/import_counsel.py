"""Importing a counsel roster: who appears for whom. Until verified, an appearance discloses nothing."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.confirm_counsel import KIND, confirm_listed_counsel
from holds.actions.counsel_book import CounselBook
from holds.actions.counsel_clients import REFUSED, Client, ClientBook, Judged, judged_before
from holds.actions.counsel_conflicts import tell_conflicts
from holds.actions.list_import import Import
from holds.actions.list_kind import Finishing, Kind, Opening, Work
from holds.actions.list_rows import Intake
from holds.actions.match_places import PlaceBook
from holds.actions.source_lists import NOT_ON_RECORD, Done
from holds.actions.tasks import NewTask, close_tasks, raise_tasks
from holds.domain.staff import Acting
from holds.intake.counsel_roster import CounselRow, read_counsel_roster
from holds.store.base import new_id
from holds.store.ledger import Entry, write_ledger
from holds.store.merged import one_records
from holds.store.representation import Appearance
from holds.store.sealing import OwnerKey
from holds.store.vault import Vault, seal_json

DOUBT = "counsel_doubt"


def _start(opening: Opening[CounselRow]) -> Work[CounselRow]:
    book = CounselBook(opening.session, opening.vault, opening.acting)
    placed = "facility" in opening.file.mapping.fields
    places = PlaceBook(opening.session, opening.vault, opening.opened) if placed else None
    people = ClientBook(opening.vault, places)

    def work(session: Session, rows: Sequence[CounselRow]) -> Done:
        intake = Intake(opening.opened, opening.file.mapping, opening.failures)
        return _Batch(session, opening.vault, opening.acting, intake, book, people).take_in(rows)

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
    people: ClientBook
    keys: dict[uuid.UUID, OwnerKey] = field(default_factory=dict)
    known: dict[uuid.UUID, list[Appearance]] = field(default_factory=dict)
    fresh: list[Appearance] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    represented: set[uuid.UUID] = field(default_factory=set)
    settled: set[uuid.UUID] = field(default_factory=set)
    judged: Judged = field(default_factory=Judged)

    def take_in(self, rows: Sequence[CounselRow]) -> Done:
        clients = self.people.clients(self.session, rows)
        people = sorted({client.person_id for found in clients for client in found})
        records = one_records(self.session, people).values()
        # An appearance for any member of a merged record counts for all of them, here as everywhere.
        roots = {member: record.root for record in records for member in record.members}
        self.judged = judged_before(self.session, records)
        self.keys = self.vault.keys(self.session, sorted(roots))
        on_record = select(Appearance).where(Appearance.person_id.in_(sorted(roots))).order_by(Appearance.id)
        for appearance in self.session.scalars(on_record):
            self.known.setdefault(roots[appearance.person_id], []).append(appearance)
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
        tell_conflicts(self.session, self.acting, self.known)
        close_tasks(self.session, self.acting, KIND, self.represented)
        close_tasks(self.session, self.acting, DOUBT, self.settled)
        return self.intake.done

    def _take(self, row: CounselRow, found: Sequence[Client]) -> None:
        hindrance = _hindrance(row)
        counsel = self.book.counsel_of(row) if hindrance is None else None
        if hindrance is not None:
            self.intake.refuse(row, hindrance[0], at=hindrance[1])
            return
        if not isinstance(counsel, uuid.UUID):
            at = "counsel_name" if counsel == "name.missing" else "eoir_id"
            self.intake.refuse(row, counsel or "counsel.unidentified", at=at)
            return
        clients = self._as_judged(counsel, found)
        if not clients:
            self.intake.refuse(row, "client.judged_another")
            return
        outcomes = {self._appear(row, counsel, client) for client in clients}
        if outcomes == {"unproven"}:
            self.intake.refuse(row, "identity.unproven", at="name")
            return
        told = next((name for name in ("imported", "updated") if name in outcomes), "duplicates")
        if told == "imported":
            self.intake.count(
                {"exact": "exact", "confident": "confident"}.get(clients[0].judgement, "doubtful")
            )
            told = told if row.client_a_numbers else "without_number"
        elif "nothing_to_withdraw" in outcomes and told == "duplicates":
            self.intake.refuse(row, "date.missing", at="filed_on")
            return
        person_id = clients[0].person_id
        unknown = self._substitute(row, clients[0]) if row.replaces else ()
        self.intake.take(row, told, person_id, self.keys.get(person_id), unknown)

    def _substitute(self, row: CounselRow, client: Client) -> Sequence[tuple[str, str]]:
        """Who takes over ends the other's appearance on this form; only for a client who is certain."""
        replaced = self.book.counsel_under(row.replaces)
        if replaced is None:
            return (("counsel.unidentified", "replaces"),)
        for appearance in self.known.get(client.person_id, []):
            same = appearance.counsel_id == replaced and appearance.form == row.form
            if not (client.certain and same and appearance.withdrawn_on is None and row.filed_on):
                continue
            # Every later roster repeats the row: whoever has come back since is not replaced once more.
            if appearance.filed_on <= row.filed_on:
                appearance.withdrawn_on = row.filed_on
                self.intake.count("withdrawn")
                self._tell("appearance.withdrawn", appearance, {"changed": ["substituted"]})
        return ()

    def _as_judged(self, counsel: uuid.UUID, found: Sequence[Client]) -> list[Client]:
        """Whom the row may mean after what was judged before."""
        judged = (one.as_judged(counsel, self.judged) for one in found)
        left = [one for one in judged if one is not None]
        return [one for one in left if one.certain] or left

    def _appear(self, row: CounselRow, counsel: uuid.UUID, client: Client) -> str:
        """One appearance for one client: added, amended or known already."""
        person_id = client.person_id
        of_counsel = [a for a in self.known.get(person_id, []) if a.counsel_id == counsel]
        if row.filed_on is None or row.form is None:
            # Nobody loses counsel by a row that may be about somebody else.
            return self._withdraw_all(row, of_counsel) if client.certain else "unproven"
        exact = [a for a in of_counsel if a.judgement == "exact" and a.evidence_mark == client.mark]
        if row.withdrawn_on and not client.certain and not exact:
            return "unproven"
        same = [a for a in of_counsel if (a.form, a.filed_on) == (row.form, row.filed_on)]
        if same:
            sure = [a for a in same if client.certain or a.judgement != "exact" or a in exact]
            outcomes = {self._amend(row, one, client) for one in sure}
            return "updated" if "updated" in outcomes else "duplicates" if sure else "unproven"
        appearance = Appearance(
            id=new_id(),
            counsel_id=counsel,
            person_id=person_id,
            form=row.form,
            scope=row.scope or "all",
            is_primary=bool(row.primary),
            filed_on=row.filed_on,
            withdrawn_on=row.withdrawn_on,
            judgement=client.judgement,
            source_list_id=self.intake.opened.id,
        )
        self._keep_evidence(appearance, client)
        self.fresh.append(appearance)
        self.known.setdefault(person_id, []).append(appearance)
        if row.withdrawn_on:
            self.intake.count("withdrawn")
        self._tell("appearance.recorded", appearance, {"form": row.form, "judgement": client.judgement})
        self._doubt_or_settle(appearance)
        return "imported"

    def _amend(self, row: CounselRow, appearance: Appearance, client: Client) -> str:
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
        if appearance.verified_at is None and self._weighed_anew(appearance, client):
            changed.append("judgement")
        if not changed:
            return "duplicates"
        withdrawn = "withdrawn_on" in changed
        verb = "appearance.withdrawn" if withdrawn else "appearance.amended"
        self._tell(verb, appearance, {"changed": changed})
        return "updated"

    def _withdraw_all(self, row: CounselRow, of_counsel: Sequence[Appearance]) -> str:
        """A withdrawal that does not say which appearance ends all of that form, or of every form, that were
        filed by then: whoever has come back since has not withdrawn."""
        filed = [a for a in of_counsel if row.withdrawn_on and a.filed_on <= row.withdrawn_on]
        meant = [a for a in filed if row.form in (None, a.form)]
        if not meant:
            return "nothing_to_withdraw"
        open_ones = [a for a in meant if a.withdrawn_on is None]
        for appearance in open_ones:
            appearance.withdrawn_on = row.withdrawn_on
            self.intake.count("withdrawn")
            self._tell("appearance.withdrawn", appearance, {"changed": ["withdrawn_on"]})
        return "updated" if open_ones else "duplicates"

    def _weighed_anew(self, appearance: Appearance, client: Client) -> bool:
        """Whether other evidence than before judges it otherwise. What a human refused is never certain again
        by itself: it goes back to a human."""
        if appearance.judgement == "exact" or appearance.evidence_mark == client.mark:
            return False
        refused = self.judged.by_appearance.get(appearance.id) in REFUSED
        appearance.judgement = "needs_judgement" if refused else client.judgement
        self._keep_evidence(appearance, client)
        self._doubt_or_settle(appearance)
        return True

    def _keep_evidence(self, appearance: Appearance, client: Client) -> None:
        """The codes of the evidence; of a doubt what the row says of the client too, for whoever judges."""
        key = self.keys.get(appearance.person_id)
        appearance.evidence, appearance.evidence_mark = client.evidence, client.mark
        appearance.sealed_claim = None
        if appearance.judgement != "exact" and key is not None:
            appearance.sealed_claim = seal_json(
                key, "appearance", "sealed_claim", appearance.id, client.claim
            )

    def _doubt_or_settle(self, appearance: Appearance) -> None:
        if appearance.judgement == "exact":
            self.represented.add(appearance.person_id)
            self.settled.add(appearance.id)
            return
        self.intake.doubts.append(
            NewTask(
                kind=DOUBT,
                subject_id=appearance.id,
                person_id=appearance.person_id,
                evidence=appearance.evidence,
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


def _hindrance(row: CounselRow) -> tuple[str, str] | None:
    """What keeps a row from being an appearance, as code and field; a withdrawal needs less."""
    if any(problem.code == "scope.unknown" for problem in row.problems):
        return ("scope.unknown", "scope")
    if row.form is None and (not row.withdrawn_on or any(p.code == "form.unknown" for p in row.problems)):
        return ("form.unknown", "form")
    if row.withdrawn_on and row.filed_on and row.withdrawn_on < row.filed_on:
        return ("date.before_filing", "withdrawn_on")
    if row.withdrawn_on and (row.form is None or row.filed_on is None):
        return None
    if row.filed_on is None:
        return ("date.missing", "filed_on")
    return ("scope.missing", "scope") if row.form == "EOIR-28" and row.scope is None else None
