"""The ledger's tables: rows, their sealed details, the tree's leaves and its signed heads."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import DELETABLE, Base, holdfast_now


class LedgerRow(Base):
    """A decision, or a look at a person. Ids and codes only; `commitment` binds it to the details."""

    __tablename__ = "ledger_row"
    __table_args__ = (
        Index("ix_ledger_row_verb", "verb", "id"),
        Index("ix_ledger_row_person_id", "person_id", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    actor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    verb: Mapped[str]
    subject_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID | None]
    codes: Mapped[dict[str, Any]]
    commitment: Mapped[bytes]
    at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class LedgerDetail(Base):
    """Salt and sealed details of a row. Shredding may empty it: the row and the tree stay whole."""

    __tablename__ = "ledger_detail"
    __table_args__ = (DELETABLE,)

    ledger_row_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ledger_row.id"), primary_key=True)
    salt: Mapped[bytes]
    sealed_details: Mapped[bytes]


class LedgerLeaf(Base):
    """A committed row's place in the tree, given by the sealer, and its leaf hash (RFC 6962, 2.1)."""

    __tablename__ = "ledger_leaf"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ledger_row_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ledger_row.id"), unique=True)
    leaf_hash: Mapped[bytes]


class LedgerHead(Base):
    """A signed tree head: size, root, time. A copy of each leaves the host."""

    __tablename__ = "ledger_head"

    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root: Mapped[bytes]
    sealed_at: Mapped[dt.datetime]
    key_id: Mapped[str]
    signature: Mapped[bytes]
