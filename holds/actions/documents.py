"""Keeping a document of somebody's case: sealed beside the database, with its SHA-256 on record."""

import hashlib
import uuid
from dataclasses import dataclass

from sqlalchemy import insert
from sqlalchemy.orm import Session

from holds.domain.staff import Acting
from holds.store.base import new_id
from holds.store.reviews import Document
from holds.store.sealing import OwnerKey
from holds.store.vault import Vault


@dataclass(frozen=True)
class KeptDocument:
    """The row of a sealed document; `sha256` is over what is inside."""

    id: uuid.UUID
    sha256: bytes


def keep_document(
    session: Session, vault: Vault, acting: Acting, key: OwnerKey, *, content: bytes, media_type: str
) -> KeptDocument | None:
    """Seal a document under its person's key; None where there is none."""
    if not content:
        return None
    kept = KeptDocument(new_id(), hashlib.sha256(content).digest())
    row = {
        "id": kept.id,
        "person_id": key.owner_id,
        "sha256": kept.sha256,
        "media_type": media_type,
        "file_name": vault.write_file(key, "document", content),
        "recorded_by": acting.id,
    }
    session.execute(insert(Document), [row])
    return kept
