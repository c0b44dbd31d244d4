"""Importing facility directories: the agency's workbooks as they are, and our own CSV, into one directory.

Workbooks of several years name the same places differently: a row joins the facility it certainly is and adds
what it knows; one that may be another waits for a human as a facility of its own.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.list_import import Import
from holds.actions.list_kind import Finishing, Kind, Opening, Work
from holds.actions.list_rows import Intake
from holds.actions.match_places import evidence_of, load_directory
from holds.actions.rematch_places import rematch_places
from holds.actions.source_lists import Done, OpenList
from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.staff import Acting
from holds.intake.facility_list import FacilityRow, read_facility_list
from holds.matching.facility_attachment import Attachment, NewFacility, merge_candidates
from holds.matching.facility_street import street_key
from holds.store.base import new_id
from holds.store.ledger import Entry, write_ledger
from holds.store.places import Facility, FacilityName, FacilityStatement

MAILING_KINDS = frozenset({"facility", "staging", "juvenile", "family", "shelter"})
"""A hold room, hotel, hospital, office or programme is no mailing address for the people there."""
SAID = ("address", "city", "state", "zip", "aor", "operator", "closed_on")
"""What of a row is kept as said by its list."""
WHOLE_FILE = 1_000_000
"""All rows at once: which of two rows joins a facility is seen only beside the other."""


def _start(opening: Opening[FacilityRow]) -> Work[FacilityRow]:
    def work(session: Session, rows: Sequence[FacilityRow]) -> Done:
        intake = Intake(opening.opened, opening.file.mapping, opening.failures)
        return _Batch(session, opening.acting, opening.opened, intake).take_in(rows)

    return work


def _finish(finishing: Finishing) -> Mapping[str, int]:
    """Match again the locations that no facility was known for."""
    vault, acting = finishing.vault, finishing.acting
    found = finishing.run(lambda session: rematch_places(session, vault, acting=acting))
    return {"places_matched_again": found}


@dataclass
class _Batch:
    session: Session
    acting: Acting
    opened: OpenList
    intake: Intake
    by_id: dict[uuid.UUID, Facility] = field(default_factory=dict)
    by_code: dict[str, Facility] = field(default_factory=dict)
    by_entry: dict[tuple[str, ...], Facility] = field(default_factory=dict)
    said: dict[uuid.UUID, tuple[Any, ...]] = field(default_factory=dict)
    statements: list[dict[str, Any]] = field(default_factory=list)
    names: dict[uuid.UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    new_names: list[dict[str, Any]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def take_in(self, rows: Sequence[FacilityRow]) -> Done:
        for facility in self.session.scalars(select(Facility)):
            self._index(facility)
        for facility_id, name in self.session.execute(select(FacilityName.facility_id, FacilityName.name)):
            self.names[facility_id].add(name)
            if facility_id in self.by_id:
                self.by_entry[_entry_key(name, self.by_id[facility_id])] = self.by_id[facility_id]
        for one in self.session.scalars(
            select(FacilityStatement).order_by(FacilityStatement.said_at, FacilityStatement.id)
        ):
            self.said[one.facility_id] = tuple(getattr(one, name) for name in SAID)
        attachments = merge_candidates(load_directory(self.session), [_as_new(row) for row in rows])
        for row, attachment in zip(rows, attachments, strict=True):
            self.intake.count("rows")
            self._take(row, attachment)
        self.session.flush()
        if self.statements:
            self.session.execute(insert(FacilityStatement), self.statements)
        if self.new_names:
            self.session.execute(insert(FacilityName), self.new_names)
        write_ledger(self.session, self.entries)
        raise_tasks(self.session, self.acting, self.intake.doubts)
        return self.intake.done

    def _take(self, row: FacilityRow, attachment: Attachment) -> None:
        joined = self._joined(row, attachment)
        if joined is None:
            self._add(row, attachment)
            return
        if row.detloc and joined.detloc and row.detloc != joined.detloc:
            self.intake.refuse(row, "detloc.taken", at="detloc")
            return
        self.intake.count("attached")
        was = _coded(joined)
        changed = self._amend(joined, row)
        self.intake.count("updated" if changed else "duplicates")
        if changed:
            match = attachment.match
            why = {"rule": match.rule, "agreed": list(match.agreed)} if attachment.facility_id else {}
            before = {name: value for name, value in was.items() if name in changed and value}
            self._tell("facility.amended", joined.id, {"changed": sorted(changed), "was": before, **why})
        self.intake.take_nameless(row)

    def _joined(self, row: FacilityRow, attachment: Attachment) -> Facility | None:
        """The facility a row is: the one it was attached to, or one of the very same code, or name and place.

        The last also keeps a row that waits for a judgement from being added again with each file.
        """
        if attachment.facility_id is not None:
            return self.by_id[uuid.UUID(attachment.facility_id)]
        if row.detloc and row.detloc in self.by_code:
            known = self.by_code[row.detloc]
            return known if (known.state or "") == row.state or not row.state else None
        same = self.by_entry.get(_entry_key(row.name, row))
        return None if same is not None and row.detloc and same.detloc else same

    def _add(self, row: FacilityRow, attachment: Attachment) -> None:
        if row.detloc in self.by_code:
            self.intake.refuse(row, "detloc.taken", at="detloc")
            return
        facility = Facility(
            id=new_id(),
            detloc=row.detloc,
            name=row.name,
            address=row.address or None,
            city=row.city or None,
            state=row.state or None,
            zip=row.zip or None,
            aor=row.aor or None,
            kind=row.kind,
            mailing=row.kind in MAILING_KINDS,
            operator=row.operator,
            closed_on=row.closed_on,
            source_list_id=self.opened.id,
        )
        self.session.add(facility)
        self._index(facility)
        self._add_names(facility, row)
        self._keep(facility, row)
        self.intake.count("imported")
        self.intake.take_nameless(row)
        self._tell("facility.added", facility.id, {"detloc": row.detloc})
        if attachment.match.judgement == "needs_judgement":
            self.intake.count("doubtful")
            self.intake.doubts.append(
                NewTask(
                    kind="facility_doubt",
                    subject_id=facility.id,
                    detail=str(attachment.match.facility_id),
                    evidence=evidence_of(attachment.match),
                )
            )

    def _amend(self, facility: Facility, row: FacilityRow) -> set[str]:
        """Add what was not known. Address, area, operator and closing are the last list's that says them."""
        said = {
            "detloc": facility.detloc or row.detloc,
            **_address(facility, row),
            "operator": row.operator or facility.operator,
            "aor": row.aor or facility.aor,
            "closed_on": row.closed_on or facility.closed_on,
        }
        changed = {name for name, value in said.items() if getattr(facility, name) != value}
        for name in changed:
            setattr(facility, name, said[name])
        if "detloc" in changed and facility.detloc:
            self.by_code[facility.detloc] = facility
        self._keep(facility, row)
        return changed | ({"names"} if self._add_names(facility, row) else set())

    def _add_names(self, facility: Facility, row: FacilityRow) -> bool:
        fresh = [n for n in dict.fromkeys((row.name, *row.aliases)) if n not in self.names[facility.id]]
        self.names[facility.id].update(fresh)
        for name in fresh:
            self.by_entry[_entry_key(name, facility)] = facility
            self.new_names.append(
                {"facility_id": facility.id, "name": name, "source_list_id": self.opened.id}
            )
        return bool(fresh)

    def _keep(self, facility: Facility, row: FacilityRow) -> None:
        """What this list says, unless the last one that said anything of the facility said the same."""
        said = (
            row.address or None,
            row.city or None,
            row.state or None,
            row.zip or None,
            row.aor or None,
            row.operator or None,
            row.closed_on,
        )
        if self.said.get(facility.id) != said:
            self.said[facility.id] = said
            ours = {"facility_id": facility.id, "source_list_id": self.opened.id}
            self.statements.append({**ours, **dict(zip(SAID, said, strict=True))})

    def _index(self, facility: Facility) -> None:
        self.by_id[facility.id] = facility
        if facility.detloc:
            self.by_code[facility.detloc] = facility
        self.by_entry[_entry_key(facility.name, facility)] = facility

    def _tell(self, verb: str, facility_id: uuid.UUID, codes: dict[str, Any]) -> None:
        self.entries.append(
            Entry(
                verb=verb,
                actor_id=self.acting.id,
                organisation_id=self.acting.organisation_id,
                subject_id=facility_id,
                codes={"list": str(self.opened.id), **codes},
            )
        )


import_facilities = Import(
    Kind(name="facilities", read=read_facility_list, start=_start, finish=_finish, batch=WHOLE_FILE)
)
"""Import a facility list, then match again the locations that no facility was known for."""


def _address(facility: Facility, row: FacilityRow) -> dict[str, str | None]:
    """A street goes with its own town and ZIP code: the row's, where it names one in the same state."""
    had = {"address": facility.address, "city": facility.city, "state": facility.state, "zip": facility.zip}
    says = {"address": row.address, "city": row.city, "state": row.state, "zip": row.zip}
    moved = bool(street_key(row.address) and row.city) and (facility.state or "") in {row.state, ""}
    if moved and street_key(row.address) != street_key(facility.address):
        return {name: value or None for name, value in says.items()} | {"state": row.state or facility.state}
    return {name: had[name] or value or None for name, value in says.items()}


def _coded(facility: Facility) -> dict[str, str | None]:
    """What of a facility is a code or a date: its former value is told in the ledger."""
    closed = facility.closed_on.isoformat() if facility.closed_on else None
    return {"detloc": facility.detloc, "aor": facility.aor, "closed_on": closed}


def _as_new(row: FacilityRow) -> NewFacility:
    return NewFacility(
        detloc=row.detloc,
        names=(row.name, *row.aliases),
        city=row.city or None,
        state=row.state or None,
        zip=row.zip or None,
        aor=row.aor or None,
        kind=row.kind,
        address=row.address or None,
    )


def _entry_key(name: str, place: Facility | FacilityRow) -> tuple[str, ...]:
    return tuple((text or "").casefold() for text in (name, place.city, place.state, place.zip))
