"""Manifests: flights and days of them, watched until they departed. No name and no number is kept.

A line keeps keyed indexes only, the same under which people are found, so that who comes on record after
the manifest was registered is found on it too.
"""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import DELETABLE, Base, holdfast_now, new_id, new_reference


class Manifest(Base):
    """A journey a field office registered. `sealed_contacts` are its own people, a JSON list of e-mail
    addresses and telephones, under a data key of this manifest's own; `contact_ways` says which each is.

    `carrier_id` is the client that may see the lines' colours, and nothing else of it. Without contacts
    are only manifests that went through an older schema: whoever is on call is told.
    """

    __tablename__ = "manifest"
    __table_args__ = (
        CheckConstraint("length(label) BETWEEN 1 AND 32", name="label"),
        Index("ix_manifest_leaves_at", "leaves_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    registered_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    carrier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("api_client.id"))
    label: Mapped[str]
    departure_kind: Mapped[str]
    destination: Mapped[str]
    leaves_at: Mapped[dt.datetime]
    contact_ways: Mapped[list[str]]
    sealed_contacts: Mapped[bytes | None]
    index_keys: Mapped[list[str]]
    registered_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class ManifestLine(Base):
    """A line, by its number and the sender's own mark, with what it was answered when it was registered.

    A doubt of identity stays: the name it came from is not kept, so it cannot be resolved here.
    """

    __tablename__ = "manifest_line"
    __table_args__ = (
        CheckConstraint("line > 0", name="line"),
        CheckConstraint("mark IS NULL OR length(mark) BETWEEN 1 AND 8", name="mark"),
        CheckConstraint("decision IN ('blocked', 'no_active_hold', 'not_on_record')", name="decision"),
    )

    manifest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("manifest.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[str | None]
    decision: Mapped[str]
    reasons: Mapped[list[str]]


class ManifestIndex(Base):
    """A keyed index under which the person of a line is found. Replaced when index keys are.

    Written before its line: what the line is answered comes from the look-up through it.
    """

    __tablename__ = "manifest_index"
    __table_args__ = (
        CheckConstraint("kind IN ('a_number', 'name_birth_date', 'name')", name="kind"),
        Index("ix_manifest_index_value", "kind", "value"),
        DELETABLE,
    )

    manifest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("manifest.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes] = mapped_column(primary_key=True)


class ManifestDeparture(Base):
    """That the journey has left: from here on a new hold is a recall."""

    __tablename__ = "manifest_departure"

    manifest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("manifest.id"), primary_key=True)
    not_aboard: Mapped[list[int]] = mapped_column(JSON)
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    departed_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class ManifestAlarm(Base):
    """That a line turned red: raised once for each of `do_not_board`, `deplane` and `recall`."""

    __tablename__ = "manifest_alarm"
    __table_args__ = (
        ForeignKeyConstraint(["manifest_id", "line"], ["manifest_line.manifest_id", "manifest_line.line"]),
        CheckConstraint("instruction IN ('do_not_board', 'deplane', 'recall')", name="instruction"),
    )

    manifest_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    instruction: Mapped[str] = mapped_column(primary_key=True)
    evidence: Mapped[dict[str, Any]]
    raised_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
