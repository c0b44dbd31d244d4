"""Incidents, the files that told of them, and who was exposed."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import MUTABLE, Base, holdfast_now, new_id, new_reference


class Incident(Base):
    """A disclosure. `fields` are codes of the kinds of data exposed; a further disclosure is a new one.

    `discovered_at`: when it was noticed; `seen_by`: who got to see it; both None while nobody knows.
    """

    __tablename__ = "incident"
    __table_args__ = (
        CheckConstraint("seen_by IN ('own_government', 'other_government', 'public')", name="seen_by"),
        CheckConstraint("discovered_at IS NULL OR discovered_at >= occurred_at", name="discovered"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    name: Mapped[str] = mapped_column(unique=True)
    occurred_at: Mapped[dt.datetime]
    discovered_at: Mapped[dt.datetime | None]
    seen_by: Mapped[str | None]
    fields: Mapped[list[str]]
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class SourceList(Base):
    """A file that was imported. While one of kind `people` is `importing`, nobody is `not_on_record`.

    `counts` and `reached` (the last row that was taken in) are written with each batch, so that a run that
    broke off goes on and counts nothing twice. `mapping` is field -> heading, as the columns were
    understood. `sealed_source`: the names of file and sheet, under the list's own key.
    """

    __tablename__ = "source_list"
    __table_args__ = (
        CheckConstraint("state IN ('importing', 'done', 'abandoned')", name="state"),
        CheckConstraint("(kind = 'people') = (incident_id IS NOT NULL)", name="people_of_an_incident"),
        Index("ix_source_list_sha256", "kind", "sha256"),
        MUTABLE,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    kind: Mapped[str]
    incident_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("incident.id"))
    version: Mapped[int]
    sha256: Mapped[bytes]
    state: Mapped[str]
    heading: Mapped[list[str]]
    counts: Mapped[dict[str, Any]]
    reached: Mapped[int | None]
    mapping: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    sealed_source: Mapped[bytes | None]
    imported_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    started_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    finished_at: Mapped[dt.datetime | None]


class SavedMapping(Base):
    """How the columns of one source were confirmed to be understood: field -> heading, under a name."""

    __tablename__ = "saved_mapping"
    __table_args__ = (MUTABLE,)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    fields: Mapped[dict[str, Any]]
    saved_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    saved_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class Exposure(Base):
    """One person exposed in one incident, and the hold that came of it."""

    __tablename__ = "exposure"
    __table_args__ = (
        ForeignKeyConstraint(["hold_id", "person_id"], ["hold.id", "hold.person_id"]),
        UniqueConstraint("person_id", "incident_id"),
        UniqueConstraint("id", "person_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    incident_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("incident.id"), index=True)
    hold_id: Mapped[uuid.UUID] = mapped_column(index=True)
    fields: Mapped[list[str]]
    created_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class ExposureRow(Base):
    """The row of a list that tells of an exposure. The same row is taken once for an incident."""

    __tablename__ = "exposure_row"
    __table_args__ = (UniqueConstraint("incident_id", "fingerprint"),)

    source_list_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source_list.id"), primary_key=True)
    row_number: Mapped[int] = mapped_column(primary_key=True)
    exposure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("exposure.id"), index=True)
    incident_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("incident.id"))
    fingerprint: Mapped[bytes]


class FailingRow(Base):
    """A row of an import with something to mend. Its cells are sealed under `key_owner_id`'s data key:
    the person's where the row made or amended one, else the list's own."""

    __tablename__ = "failing_row"
    __table_args__ = (MUTABLE,)

    source_list_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source_list.id"), primary_key=True)
    row_number: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    key_owner_id: Mapped[uuid.UUID]
    sealed_cells: Mapped[bytes]
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    mended_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("source_list.id"))
