"""Importing contacts: ways to reach people, what they consented to, and the language they state.

A stranger's telephone on a person's record re-exposes them, so a row is attached only where name or birth
date bears the number out.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.list_import import Import
from holds.actions.list_kind import Kind, Opening, Work
from holds.actions.list_rows import Intake
from holds.actions.named_people import Named, find_candidates, meant
from holds.actions.source_lists import Done
from holds.actions.tasks import raise_tasks
from holds.domain.staff import Acting
from holds.intake.contacts_file import ContactRow, read_contacts_file
from holds.store.base import holdfast_now, new_id
from holds.store.ledger import Entry, write_ledger
from holds.store.people import Contact, LanguageNote
from holds.store.sealing import OwnerKey, fingerprint
from holds.store.vault import Vault

EVIDENCE = "contacts file"


def _start(opening: Opening[ContactRow]) -> Work[ContactRow]:
    def work(session: Session, rows: Sequence[ContactRow]) -> Done:
        batch = _Batch(
            session=session,
            vault=opening.vault,
            acting=opening.acting,
            intake=Intake(opening.opened, opening.file.mapping, opening.failures),
            now=session.scalars(select(holdfast_now())).one(),
        )
        return batch.take_in(rows)

    return work


@dataclass(frozen=True)
class _Way:
    """One way to reach somebody as a row states it. `consent` None: not said."""

    kind: str
    value: str
    consent: bool | None

    @property
    def normal(self) -> str:
        return " ".join(self.value.split()).casefold()


@dataclass
class _Batch:
    session: Session
    vault: Vault
    acting: Acting
    intake: Intake
    now: dt.datetime
    keys: dict[uuid.UUID, OwnerKey] = field(default_factory=dict)
    known: dict[tuple[uuid.UUID, str, bytes], Contact] = field(default_factory=dict)
    stated: dict[tuple[uuid.UUID, str], LanguageNote] = field(default_factory=dict)
    latest: dict[uuid.UUID, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def take_in(self, rows: Sequence[ContactRow]) -> Done:
        named = [Named(row.a_numbers, row.name, row.birth_dates) for row in rows]
        candidates = find_candidates(self.session, self.vault, named)
        told = [meant(one, found, proof_needed=True) for one, found in zip(named, candidates, strict=True)]
        self._load(sorted({one.person.id for one in told if one.person}))
        for row, one in zip(rows, told, strict=True):
            self.intake.count("rows")
            if row.rejection:
                self.intake.refuse(row)
            elif one.person is None or one.person.id not in self.keys:
                self.intake.nobody(row, one, "contact_doubt")
            elif row.problems and not (row.language or any(_ways(row))):
                self.intake.refuse(row)
            else:
                self._take(row, one.person.id)
        self.session.flush()
        write_ledger(self.session, self.entries)
        raise_tasks(self.session, self.acting, self.intake.doubts)
        return self.intake.done

    def _load(self, people: Sequence[uuid.UUID]) -> None:
        self.keys = self.vault.keys(self.session, people)
        for contact in self.session.scalars(select(Contact).where(Contact.person_id.in_(people))):
            self.known[contact.person_id, contact.kind, contact.fingerprint] = contact
        notes = (
            select(LanguageNote)
            .where(LanguageNote.person_id.in_(people), LanguageNote.source == "stated")
            .order_by(LanguageNote.noted_at, LanguageNote.id)
        )
        for note in self.session.scalars(notes):
            self.stated[note.person_id, note.tag] = note
            self.latest[note.person_id] = note.tag

    def _take(self, row: ContactRow, person_id: uuid.UUID) -> None:
        outcomes = {self._note(row, person_id, way) for way in _ways(row)}
        outcomes.add(self._note_language(row, person_id))
        told = next((name for name in ("imported", "updated") if name in outcomes), None)
        counted = "without_number" if told and not row.a_numbers else told or "duplicates"
        self.intake.take(row, counted, person_id, self.keys[person_id], extra=tuple(self._unfinished(row)))

    def _unfinished(self, row: ContactRow) -> Iterator[tuple[str, str]]:
        """Consent or confirmation that does not count as it stands: it needs its date, and a name."""
        consented = row.consent_sms or row.consent_email
        if consented and self._past(row.consent_on) is None:
            yield ("date.implausible" if row.consent_on else "date.missing", "consent_date")
        if row.confirmed_safe_by and self._past(row.confirmed_on) is None:
            yield ("date.implausible" if row.confirmed_on else "date.missing", "confirmed_on")
        if row.confirmed_on and not row.confirmed_safe_by:
            yield ("name.missing", "confirmed_safe_by")

    def _past(self, day: dt.date | None) -> dt.date | None:
        return day if day is not None and day <= self.now.date() else None

    def _note(self, row: ContactRow, person_id: uuid.UUID, way: _Way) -> str:
        """Add a way, or amend the one on record."""
        mark = fingerprint(self.vault.ring, f"{way.kind}\x1f{way.normal}\x1f{person_id}")
        contact = self.known.get((person_id, way.kind, mark))
        new = contact is None
        if contact is None:
            contact_id, key = new_id(), self.keys[person_id]
            contact = Contact(
                id=contact_id,
                person_id=person_id,
                kind=way.kind,
                sealed_value=key.seal("contact", "sealed_value", contact_id, way.value.encode()),
                fingerprint=mark,
                current=True,
            )
            self.session.add(contact)
            self.known[person_id, way.kind, mark] = contact
            self.intake.count(f"contact.{way.kind}")
        changed = self._amend(contact, row, way)
        if not (new or changed):
            return "duplicates"
        codes = {"kind": way.kind, "new": new, "changed": sorted(changed)}
        self._tell("contact.noted", contact.id, person_id, codes)
        return "imported" if new else "updated"

    def _amend(self, contact: Contact, row: ContactRow, way: _Way) -> dict[str, object]:
        """Set what the row says and the record does not; dates only ever go forward."""
        said: dict[str, object] = {"current": True, **self._consent(contact, row, way)}
        confirmed_on = self._past(row.confirmed_on)
        if row.confirmed_safe_by and confirmed_on and confirmed_on > (contact.confirmed_on or dt.date.min):
            by = self.keys[contact.person_id].seal(
                "contact", "sealed_confirmed_by", contact.id, row.confirmed_safe_by.encode()
            )
            said |= {"sealed_confirmed_by": by, "confirmed_on": confirmed_on}
        if row.safe_hours:
            said["safe_hours"] = "-".join(hour.strftime("%H:%M") for hour in row.safe_hours)
        if row.time_zone:
            said["time_zone"] = row.time_zone
        changed = {name: value for name, value in said.items() if getattr(contact, name) != value}
        for name, value in changed.items():
            setattr(contact, name, value)
        return changed

    def _consent(self, contact: Contact, row: ContactRow, way: _Way) -> dict[str, object]:
        """A `no` is of the row's day, else of the day it came; it outlives every consent up to that day."""
        given, withdrawn = contact.consent_on or dt.date.min, contact.consent_withdrawn_on or dt.date.min
        day = self._past(row.consent_on)
        if way.consent is False:
            withdrawn = max(withdrawn, day or self.now.date())
            return {
                "consent_withdrawn_on": withdrawn,
                "consent_on": contact.consent_on if given > withdrawn else None,
            }
        return {"consent_on": day} if way.consent and day and day > max(given, withdrawn) else {}

    def _note_language(self, row: ContactRow, person_id: uuid.UUID) -> str:
        """The language stated last is the one that counts; saying an earlier one again makes it the last."""
        if not row.language or self.latest.get(person_id) == row.language:
            return "duplicates"
        note = self.stated.get((person_id, row.language))
        outcome = "imported" if note is None else "updated"
        if note is None:
            note = LanguageNote(
                id=new_id(),
                person_id=person_id,
                source="stated",
                tag=row.language,
                evidence=EVIDENCE,
                noted_by=self.acting.id,
            )
            self.session.add(note)
            self.stated[person_id, row.language] = note
        note.noted_at = self.now
        self.latest[person_id] = row.language
        self.intake.count("language")
        self._tell("language.stated", note.id, person_id, {"tag": row.language})
        return outcome

    def _tell(self, verb: str, subject: uuid.UUID, person_id: uuid.UUID, codes: dict[str, object]) -> None:
        self.entries.append(
            Entry(
                verb=verb,
                actor_id=self.acting.id,
                organisation_id=self.acting.organisation_id,
                subject_id=subject,
                person_id=person_id,
                codes=codes,
            )
        )


import_contacts = Import(Kind(name="contacts", read=read_contacts_file, start=_start))
"""Import a contacts file. What it does not say stays as it was; only a stated `no` takes consent back."""


def _ways(row: ContactRow) -> Iterator[_Way]:
    if row.phone:
        yield _Way("phone", row.phone, row.consent_sms)
    if row.email:
        yield _Way("email", row.email, row.consent_email)
    if row.address_lines:
        town = " ".join(part for part in (row.state, row.zip) if part)
        last = ", ".join(part for part in (row.city, town) if part)
        yield _Way("post", "\n".join((*row.address_lines, *((last,) if last else ()))), None)
