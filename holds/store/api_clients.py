"""Systems that ask: clients, the digests of their keys, what they have used, what was answered."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import DELETABLE, MUTABLE, Base, holdfast_now, new_reference


class ApiClient(Base):
    """A system with keys. Its id is that of the actor under which it stands in the ledger.

    `suspicion` and the counters are those of `day` and `minute`; `holds.domain.client` says what they mean.
    """

    __tablename__ = "api_client"
    __table_args__ = (
        CheckConstraint("scope IN ('agency_officer', 'field_office', 'carrier')", name="scope"),
        CheckConstraint("scope <> 'carrier' OR daily_numbers = 0", name="carrier_asks_no_number"),
        CheckConstraint("per_minute > 0 AND daily_numbers >= 0", name="allowance"),
        CheckConstraint("numbers <= daily_numbers", name="budget"),
        MUTABLE,
    )

    id: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"), primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    scope: Mapped[str]
    per_minute: Mapped[int]
    daily_numbers: Mapped[int]
    minute: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    calls: Mapped[int] = mapped_column(default=0)
    day: Mapped[dt.date]
    numbers: Mapped[int] = mapped_column(default=0)
    suspicion: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[dt.datetime | None]
    locked_at: Mapped[dt.datetime | None]


class ApiKey(Base):
    """The SHA-256 of a key of 256 random bits. Two slots: the old key lives until the new one is in place.

    A key that is taken back is deleted here and told in the ledger.
    """

    __tablename__ = "api_key"
    __table_args__ = (CheckConstraint("slot IN (1, 2)", name="slot"), DELETABLE)

    client_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("api_client.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reference: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[bytes]
    made_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class AskedNumber(Base):
    """That a client asked for a number on a day: keyed digests of the number and of its block of ten."""

    __tablename__ = "asked_number"
    __table_args__ = (Index("ix_asked_number_block", "client_id", "day", "block"), DELETABLE)

    client_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("api_client.id"), primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    number: Mapped[bytes] = mapped_column(primary_key=True)
    block: Mapped[bytes]


class KeptAnswer(Base):
    """What a call under an `Idempotency-Key` was answered. `body_digest` is keyed: bodies hold A-numbers.

    Kept for a week (`prune_clients`), and never changed meanwhile.
    """

    __tablename__ = "kept_answer"
    __table_args__ = (Index("ix_kept_answer_kept_at", "kept_at"), DELETABLE)

    client_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("api_client.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    call: Mapped[str]
    body_digest: Mapped[bytes]
    status: Mapped[int]
    answer: Mapped[dict[str, Any]]
    subject_id: Mapped[uuid.UUID | None]
    kept_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
