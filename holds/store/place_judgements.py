"""What people judged a location to be, by a keyed fingerprint of how it reads. Append-only."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from holds.domain.place_word import PlaceVerdict
from holds.store.base import Base, holdfast_now, new_id

_VERDICTS = ", ".join(repr(verdict.value) for verdict in PlaceVerdict)


class PlaceJudgement(Base):
    """One person's word on what a location as written means, and why; a later word never rewrites it.

    `place_key` is the fingerprint of the words and of the city, state and area beside them: whoever writes
    them again is understood. `place_match_id` is the spelling that was looked at, sealed under the key of its
    list as the reason is. `candidate_id`: what the matcher held it to be then.
    """

    __tablename__ = "place_judgement"
    __table_args__ = (
        CheckConstraint(f"verdict IN ({_VERDICTS})", name="verdict"),
        CheckConstraint("(verdict = 'facility') = (facility_id IS NOT NULL)", name="facility"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    place_match_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("place_match.id"), index=True)
    place_key: Mapped[bytes] = mapped_column(index=True)
    verdict: Mapped[str]
    facility_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("facility.id"))
    candidate_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("facility.id"))
    sealed_reason: Mapped[bytes]
    judged_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    judged_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
