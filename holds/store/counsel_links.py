"""Links that let one counsel do one thing about one client: send an order, or read why a stay is rejected.

No secret is stored. A link's address and a code's letters are keyed digests of their rows (`link_token`,
`code_text`), so that whoever steals the database can neither open a link nor confirm one.
"""

import datetime as dt
import hmac
import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from holds.domain.counsel_link import LinkEnd, LinkPurpose
from holds.store.base import MUTABLE, REFERENCE_ALPHABET, Base, holdfast_now, new_id, new_reference
from holds.store.key_ring import KeyRing
from holds.store.sealing import fingerprint

_PURPOSES = ", ".join(f"'{purpose.value}'" for purpose in LinkPurpose)
_ENDS = ", ".join(f"'{end.value}'" for end in LinkEnd)
TOKEN_LETTERS, CODE_LETTERS = 16, 8


class CounselLink(Base):
    """Issued to counsel on a verified appearance. `closing_id`: the rejection whose reasons it lets read.

    Append-only; a link ends by a `counsel_link_end` or by its hour.
    """

    __tablename__ = "counsel_link"
    __table_args__ = (
        CheckConstraint(f"purpose IN ({_PURPOSES})", name="purpose"),
        CheckConstraint("(purpose = 'read_reasons') = (closing_id IS NOT NULL)", name="closing"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    purpose: Mapped[str]
    counsel_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("counsel.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    appearance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("appearance.id"))
    closing_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("closing.id"), index=True)
    issued_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    issued_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    expires_at: Mapped[dt.datetime]


class CounselLinkEnd(Base):
    """A link was used or withdrawn: one of the two, once."""

    __tablename__ = "counsel_link_end"
    __table_args__ = (CheckConstraint(f"how IN ({_ENDS})", name="how"),)

    link_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("counsel_link.id"), primary_key=True)
    how: Mapped[str]
    ended_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    ended_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class CounselCode(Base):
    """A code sent to the address on counsel's card. The newest of a link counts; `tries` were wrong."""

    __tablename__ = "counsel_code"
    __table_args__ = (CheckConstraint("tries >= 0", name="tries"), MUTABLE)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    link_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("counsel_link.id"), index=True)
    tries: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    expires_at: Mapped[dt.datetime]


def link_token(ring: KeyRing, link_id: uuid.UUID, reference: str) -> str:
    """The last part of a link's address: its reference, and 16 letters that only the ring can make."""
    letters = _letters(ring, f"counsel link\x1f{link_id}", TOKEN_LETTERS)
    return f"{reference}-{letters}"


def code_text(ring: KeyRing, code_id: uuid.UUID) -> str:
    """The code that is sent, eight letters and digits."""
    return _letters(ring, f"counsel code\x1f{code_id}", CODE_LETTERS)


def is_same(given: str, wanted: str) -> bool:
    """Compared in the same time, whatever differs."""
    return hmac.compare_digest(given.strip().upper().encode(), wanted.encode())


def _letters(ring: KeyRing, text: str, length: int) -> str:
    number = int.from_bytes(fingerprint(ring, text))
    letters = []
    for _ in range(length):
        number, place = divmod(number, len(REFERENCE_ALPHABET))
        letters.append(REFERENCE_ALPHABET[place])
    return "".join(letters)
