"""Facilities, and where each person is and was."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from holds.domain.place_zone import place_zone
from holds.store.base import MUTABLE, Base, holdfast_now, new_id


class Facility(Base):
    """A detention facility, or a place that holds people but takes no mail (`mailing` false)."""

    __tablename__ = "facility"
    __table_args__ = (MUTABLE,)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    detloc: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    address: Mapped[str | None]
    city: Mapped[str | None]
    state: Mapped[str | None]
    zip: Mapped[str | None]
    aor: Mapped[str | None]
    kind: Mapped[str]
    mailing: Mapped[bool]
    operator: Mapped[str | None]
    closed_on: Mapped[dt.date | None]
    source_list_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source_list.id"))

    @property
    def time_zone(self) -> str | None:
        """The IANA zone of the place; None where state and ZIP code do not tell."""
        return place_zone(self.state, self.zip)


class FacilityName(Base):
    """A name under which a list knows a facility; its own name is one of them."""

    __tablename__ = "facility_name"
    __table_args__ = (MUTABLE,)

    facility_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("facility.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    source_list_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source_list.id"))


class FacilityStatement(Base):
    """What one list said of a facility, where that is not what the list before said. Never rewritten.

    The facility itself has what the last list said; who looks for a former address, area, operator or name
    of the town finds it here, with the list that gave it. NULL where the list says nothing.
    """

    __tablename__ = "facility_statement"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    facility_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("facility.id"), index=True)
    source_list_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source_list.id"))
    address: Mapped[str | None]
    city: Mapped[str | None]
    state: Mapped[str | None]
    zip: Mapped[str | None]
    aor: Mapped[str | None]
    operator: Mapped[str | None]
    closed_on: Mapped[dt.date | None]
    said_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class PlaceMatch(Base):
    """What a location as written was matched to, on which evidence, and what a human judged of it.

    A list may write anything where a place belongs ("released to her sister, 12 Oak St"). So a spelling is
    known by a keyed fingerprint, and sealed under the key of the list that brought it first. Only a `text`
    that certainly names a facility stands in clear; what stood beside it (city, state, area) never does.
    """

    __tablename__ = "place_match"
    __table_args__ = (
        CheckConstraint("judgement IN ('exact', 'confident', 'needs_judgement', 'none')", name="judgement"),
        CheckConstraint("text IS NULL OR judgement IN ('exact', 'confident')", name="text"),
        MUTABLE,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    fingerprint: Mapped[bytes] = mapped_column(unique=True)
    text: Mapped[str | None]
    sealed_spelling: Mapped[bytes]
    source_list_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source_list.id"), index=True)
    facility_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("facility.id"), index=True)
    judgement: Mapped[str]
    evidence: Mapped[dict[str, Any]]
    matched_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    judged_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("actor.id"))


class Custody(Base):
    """A stretch of a person's custody line; the one without `until` is where they are now.

    `facility_id` stands only where the place match is certain enough to send a letter there. A list may write
    anything as a housing unit ("ward of Dr. …"), so it is sealed under the person's key.
    """

    __tablename__ = "custody"
    __table_args__ = (
        CheckConstraint("status IN ('detained', 'released', 'removed', 'unknown')", name="status"),
        MUTABLE,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    status: Mapped[str]
    place_match_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("place_match.id"))
    facility_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("facility.id"), index=True)
    sealed_housing_unit: Mapped[bytes | None]
    since: Mapped[dt.date | None]
    until: Mapped[dt.date | None]
    source_list_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source_list.id"))
    noted_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class CustodySighting(Base):
    """Which custody file named somebody last, and of which day that was; `earlier_list_id`: the one before.

    Who is in one day's file and not in the next has disappeared, and nobody else would say so.
    """

    __tablename__ = "custody_sighting"
    __table_args__ = (MUTABLE,)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    source_list_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source_list.id"), index=True)
    earlier_list_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("source_list.id"))
    day: Mapped[dt.date]


class PostureNote(Base):
    """Where a person's case stood, as a list or a caseworker said, and when that was noted."""

    __tablename__ = "posture_note"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    sealed_posture: Mapped[bytes]
    source_list_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source_list.id"))
    noted_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
