"""Affected people: sealed facts, the key that seals them, and the keyed indexes that find them."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import DELETABLE, MUTABLE, Base, holdfast_now, new_id, new_reference


class DataKey(Base):
    """The key that seals one owner's data: a person's, counsel's, a list's, an alarm's: wrapped by the ring.

    Deleting the row shreds everything sealed under it; changing the ring's key only re-wraps it.
    """

    __tablename__ = "data_key"
    __table_args__ = (
        CheckConstraint(
            "owner_kind IN ('person', 'counsel', 'source_list', 'alarm', 'alarm_contact', 'phone_check')",
            name="owner_kind",
        ),
        DELETABLE,
    )

    owner_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    owner_kind: Mapped[str]
    ring_key_id: Mapped[str] = mapped_column(index=True)
    wrapped: Mapped[bytes]


class Person(Base):
    """An affected person. Cannot exist without a gate and without the hold that came with the first exposure.

    `sealed_facts` is JSON under the person's data key, see `holds.domain.person.PersonFacts`.
    """

    __tablename__ = "person"
    __table_args__ = (
        ForeignKeyConstraint(["first_hold_id", "id"], ["hold.id", "hold.person_id"]),
        Index("ix_person_organisation_id_created_at", "organisation_id", "created_at"),
        MUTABLE,
    )

    id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gate.person_id"), primary_key=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    first_hold_id: Mapped[uuid.UUID]
    with_number: Mapped[bool]
    sealed_facts: Mapped[bytes]
    created_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class PersonIndex(Base):
    """A keyed HMAC under which a person is found: of an A-number, or of a name pair with a birth date.

    A name pair alone (`name`) is kept only of those whose birth date was unknown when they were indexed.
    Rows are added (a new alias, a new index key) and never changed: without its rows a person is not found.
    """

    __tablename__ = "person_index"
    __table_args__ = (CheckConstraint("kind IN ('a_number', 'name_birth_date', 'name')", name="kind"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    index_key_id: Mapped[str]


class Contact(Base):
    """A way to reach a person. `sealed_value` is a phone number, an e-mail address or a postal address,
    `sealed_confirmed_by` who said that it is safe. Consent stands only if it is of a later day than its last
    withdrawal, so that an older file never brings it back."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("kind IN ('phone', 'email', 'post')", name="kind"),
        CheckConstraint("(sealed_confirmed_by IS NULL) = (confirmed_on IS NULL)", name="confirmed"),
        CheckConstraint(
            "consent_on IS NULL OR consent_withdrawn_on IS NULL OR consent_on > consent_withdrawn_on",
            name="consent_after_withdrawal",
        ),
        UniqueConstraint("person_id", "kind", "fingerprint"),
        MUTABLE,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    sealed_value: Mapped[bytes]
    fingerprint: Mapped[bytes]
    consent_on: Mapped[dt.date | None]
    consent_withdrawn_on: Mapped[dt.date | None]
    sealed_confirmed_by: Mapped[bytes | None]
    confirmed_on: Mapped[dt.date | None]
    safe_hours: Mapped[str | None]
    time_zone: Mapped[str | None]
    current: Mapped[bool] = mapped_column(default=True)
    noted_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class LanguageNote(Base):
    """What is known of a person's language, and how: stated by them, noted by someone, or only proposed."""

    __tablename__ = "language_note"
    __table_args__ = (
        CheckConstraint("source IN ('stated', 'noted', 'proposed')", name="source"),
        UniqueConstraint("person_id", "source", "tag"),
        MUTABLE,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    source: Mapped[str]
    tag: Mapped[str]
    evidence: Mapped[str]
    noted_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    noted_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class Task(Base):
    """What waits for a human. The same doubt is raised once: by kind, subject and detail."""

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id", "detail"),
        Index("ix_task_open", "kind", "raised_at"),
        MUTABLE,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]
    subject_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    detail: Mapped[str] = mapped_column(default="")
    evidence: Mapped[dict[str, Any]]
    raised_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    due_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    closed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("actor.id"))
