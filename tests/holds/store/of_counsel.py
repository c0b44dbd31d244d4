"""Counsel with an address on their card, who appears for somebody; and rows of links, past every action."""

import uuid
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.store.base import new_id
from holds.store.counsel_links import CounselCode, CounselLink, CounselLinkEnd, code_text, link_token
from holds.store.exposures import SourceList
from holds.store.representation import Appearance, AppearanceJudgement, Counsel
from holds.store.vault import seal_json
from tests.holds.store.ground import days, put
from tests.holds.store.record import Held, Record


def put_counsel(session: Session, record: Record, *, email: str = "alex@example.org") -> uuid.UUID:
    """An attorney; their EOIR ID is the hex of their id."""
    counsel_id = new_id()
    key = record.vault.add_key(session, counsel_id, "counsel")
    card = {"name": "Alex Attorney", "email": email}
    sealed = seal_json(key, "counsel", "sealed_card", counsel_id, card)
    put(session, Counsel, id=counsel_id, eoir_id=counsel_id.hex, sealed_card=sealed)
    return counsel_id


def appears(
    session: Session, record: Record, counsel_id: uuid.UUID, held: Held, **changes: Any
) -> Appearance:
    """A verified appearance before the court, for everything."""
    casey, list_id, appearance_id = record.staff["casey"], new_id(), new_id()
    listed = {"kind": "counsel", "version": 1, "state": "done", "heading": [], "counts": {}}
    listed |= {"id": list_id, "organisation_id": casey.organisation_id, "imported_by": casey.id}
    put(session, SourceList, sha256=list_id.bytes * 2, **listed)
    row = {
        "id": appearance_id,
        "counsel_id": counsel_id,
        "person_id": held.person_id,
        "form": "EOIR-28",
        "scope": "all",
        "is_primary": True,
        "filed_on": days(session, -20).date(),
        "judgement": "exact",
        "evidence": {},
        "source_list_id": list_id,
        "verified_by": casey.id,
        "verified_at": days(session, -19),
        **changes,
    }
    put(session, Appearance, **row)
    return session.get_one(Appearance, appearance_id)


def link_row(session: Session, record: Record, appearance: Appearance, **changes: Any) -> dict[str, Any]:
    """A link for a stay, good for a day."""
    return {
        "id": new_id(),
        "purpose": "place_stay",
        "counsel_id": appearance.counsel_id,
        "person_id": appearance.person_id,
        "appearance_id": appearance.id,
        "issued_by": record.staff["casey"].id,
        "expires_at": days(session, 1),
        **changes,
    }


def token_of(session: Session, record: Record, reference: str) -> str:
    """The last part of a link's address, as it is sent."""
    link_id = session.scalars(select(CounselLink.id).where(CounselLink.reference == reference)).one()
    return link_token(record.vault.ring, link_id, reference)


def newest_code(session: Session, record: Record, reference: str) -> str:
    """The code that was sent last, as it is sent."""
    of = CounselLink.reference == reference
    codes = select(CounselCode.id).join(CounselLink, CounselLink.id == CounselCode.link_id).where(of)
    code_id = session.scalars(codes.order_by(CounselCode.made_at.desc(), CounselCode.id.desc())).first()
    assert code_id is not None
    return code_text(record.vault.ring, code_id)


def tell_of_counsel(session: Session, record: Record, held: Held) -> None:
    """An appearance that was judged, a link that was withdrawn, and a code of it.

    Nobody acts as counsel: an older schema has no place for one, and would stop every way down.
    """
    counsel_id = put_counsel(session, record)
    appearance = appears(session, record, counsel_id, held)
    judged = {"verdict": "positive", "sealed_reason": b"sealed", "judged_by": record.staff["casey"].id}
    put(session, AppearanceJudgement, appearance_id=appearance.id, **judged)
    link = link_row(session, record, appearance)
    put(session, CounselLink, **link)
    put(session, CounselLinkEnd, link_id=link["id"], how="withdrawn", ended_by=record.staff["casey"].id)
    put(session, CounselCode, link_id=link["id"], expires_at=days(session, 1))
