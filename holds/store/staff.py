"""Who acts: organisations, and the people and processes that act for them."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import DELETABLE, MUTABLE, Base, holdfast_now, new_id


class Organisation(Base):
    """An agency office, a legal-aid organisation, a firm: whoever owns staff, people and ledger rows."""

    __tablename__ = "organisation"
    __table_args__ = (MUTABLE,)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    created_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class Actor(Base):
    """Who did it. `operator` is the host's, `system` a scheduled job, `staff` a person with a credential,
    `client` a system with keys of its own, `counsel` one who acts through a link that they were sent.

    `outside_removing_office` is what rows that end a hold refer to, together with the id: the flag of an
    actor who has recorded or verified a court review cannot be taken back. `office` is the AOR or the
    facility (DETLOC) of a field officer: what is addressed to it is theirs to acknowledge.
    """

    __tablename__ = "actor"
    __table_args__ = (
        UniqueConstraint("id", "outside_removing_office"),
        UniqueConstraint("counsel_id", "organisation_id"),
        CheckConstraint("kind IN ('operator', 'system', 'staff', 'client', 'counsel')", name="kind"),
        CheckConstraint("(kind = 'counsel') = (counsel_id IS NOT NULL)", name="counsel"),
        CheckConstraint("kind = 'staff' OR NOT outside_removing_office", name="only_staff_outside"),
        CheckConstraint("(kind = 'staff') = (credential_hash IS NOT NULL)", name="staff_credential"),
        MUTABLE,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]
    login: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    role: Mapped[str]
    outside_removing_office: Mapped[bool] = mapped_column(default=False)
    office: Mapped[str | None]
    counsel_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("counsel.id"))
    credential_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class SignIn(Base):
    """A signed-in browser. Only a digest of its token is here; ending the row ends the session."""

    __tablename__ = "sign_in"
    __table_args__ = (DELETABLE,)

    token_digest: Mapped[bytes] = mapped_column(primary_key=True)
    actor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"), index=True)
    started_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    seen_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    ended_at: Mapped[dt.datetime | None]
