"""Links for counsel: issued by staff or by a rejection, sent to the e-mail on counsel's card, withdrawn.

A link does one thing, once, within three days. Opening it does nothing; what it is for takes a code besides,
which goes to the same card at the moment it is asked for, so that a forwarded link is worth nothing.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.appearing_counsel import in_force
from holds.actions.credentials import acting_of
from holds.domain.counsel_link import LIFE, LinkEnd, LinkPurpose, LinkState, link_state
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Role, Verb, require
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.counsel_links import CounselLink, CounselLinkEnd, is_same, link_token
from holds.store.gates import Hold, HoldEnding
from holds.store.ledger import tell
from holds.store.ownership import own_person
from holds.store.representation import Appearance, Counsel
from holds.store.staff import Actor
from holds.store.stays import Stay
from holds.store.vault import Vault, open_json


class LinkRefusedError(RefusedError):
    """The link cannot be issued or withdrawn as asked; the message says what to do instead."""


@dataclass(frozen=True)
class LinkView:
    """What stands behind an address. `hold_reference` and `blocked_since`: what a used one placed;
    `stay_ended_at`: since when that very hold stands no more, whatever else may block."""

    link: CounselLink
    state: LinkState
    ended_at: dt.datetime | None
    hold_reference: str | None = None
    blocked_since: dt.datetime | None = None
    stay_ended_at: dt.datetime | None = None

    @property
    def purpose(self) -> LinkPurpose:
        return LinkPurpose(self.link.purpose)


def issue_stay_link(session: Session, vault: Vault, *, acting: Acting, appearance: Appearance) -> str:
    """Let counsel place one stay for one client; returns the link's reference. The ledger has it sent."""
    require(acting, Verb.ADMIT_COUNSEL)
    own_person(session, acting, appearance.person_id)
    if not has_address(session, vault, appearance.counsel_id):
        raise LinkRefusedError(
            "There is no e-mail address on this counsel's card, so nothing can be sent. Take the order by "
            "hand, and place it: holdfast stay place --counsel EOIR-ID"
        )
    return issue_link(session, acting, appearance, LinkPurpose.PLACE_STAY)


def issue_link(
    session: Session,
    acting: Acting,
    appearance: Appearance,
    purpose: LinkPurpose,
    *,
    closing_id: uuid.UUID | None = None,
) -> str:
    """The row of a link, with an actor for its counsel and the ledger row that has it sent."""
    counsel_actor(session, appearance.counsel_id, acting.organisation_id)
    link_id, reference = new_id(), new_reference()
    row = {
        "id": link_id,
        "reference": reference,
        "purpose": purpose.value,
        "counsel_id": appearance.counsel_id,
        "person_id": appearance.person_id,
        "appearance_id": appearance.id,
        "closing_id": closing_id,
        "issued_by": acting.id,
        "expires_at": session.scalars(select(holdfast_now())).one() + LIFE,
    }
    session.execute(insert(CounselLink), [row])
    codes = {"purpose": purpose.value, "counsel": str(appearance.counsel_id)}
    tell(session, acting, "link.issued", link_id, person_id=appearance.person_id, codes=codes)
    return reference


def withdraw_link(session: Session, *, acting: Acting, reference: str) -> None:
    """Take a link back before it is used. From here on it only says that it was."""
    require(acting, Verb.ADMIT_COUNSEL)
    link = session.scalar(select(CounselLink).where(CounselLink.reference == reference.strip().upper()))
    if link is None:
        raise LinkRefusedError(f"There is no link {reference}.")
    own_person(session, acting, link.person_id)
    ended = session.get(CounselLinkEnd, link.id)
    if ended is not None:
        raise LinkRefusedError(f"The link {link.reference} was {ended.how} already.")
    end_link(session, acting, link, LinkEnd.WITHDRAWN)


def end_link(session: Session, acting: Acting, link: CounselLink, how: LinkEnd) -> None:
    """Nothing is done with this link from here on."""
    session.execute(insert(CounselLinkEnd), [{"link_id": link.id, "how": how.value, "ended_by": acting.id}])
    codes = {"purpose": link.purpose}
    tell(session, acting, f"link.{how.value}", link.id, person_id=link.person_id, codes=codes)


def look_at_link(session: Session, vault: Vault, *, token: str) -> LinkView | None:
    """What an address is worth now; None where it is none of ours. Writes nothing."""
    reference = token.strip().upper().partition("-")[0]
    link = session.scalar(select(CounselLink).where(CounselLink.reference == reference))
    if link is None or not is_same(token, link_token(vault.ring, link.id, link.reference)):
        return None
    ended = session.get(CounselLinkEnd, link.id, populate_existing=True)
    appears = session.scalar(
        select(Appearance.id).where(
            Appearance.counsel_id == link.counsel_id,
            Appearance.person_id == link.person_id,
            *in_force(session),
        )
    )
    state = link_state(
        ended=LinkEnd(ended.how) if ended else None,
        appears=appears is not None,
        expires_at=link.expires_at,
        now=session.scalars(select(holdfast_now())).one(),
    )
    placed = session.execute(
        select(Hold.reference, Hold.placed_at, HoldEnding.ended_at)
        .join(Stay, Stay.hold_id == Hold.id)
        .outerjoin(HoldEnding, HoldEnding.hold_id == Hold.id)
        .where(Stay.link_id == link.id)
    ).one_or_none()
    return LinkView(link, state, ended.ended_at if ended else None, *(placed or ()))


def counsel_actor(session: Session, counsel_id: uuid.UUID, organisation_id: uuid.UUID) -> Acting:
    """Counsel as one who acts for a client of this organisation. Named by a reference: the card is sealed."""
    ours = (Actor.counsel_id == counsel_id, Actor.organisation_id == organisation_id)
    found = session.scalar(select(Actor).where(*ours))
    if found is None:
        name = f"counsel {new_reference()}"
        row = {
            "id": new_id(),
            "organisation_id": organisation_id,
            "kind": "counsel",
            "login": name,
            "display_name": name,
            "role": Role.COUNSEL.value,
            "counsel_id": counsel_id,
        }
        session.execute(insert(Actor), [row])
        found = session.scalars(select(Actor).where(*ours)).one()
    return acting_of(found)


def has_address(session: Session, vault: Vault, counsel_id: uuid.UUID) -> bool:
    """Whether counsel's card has an e-mail address; a card that was shredded has none."""
    key = vault.keys(session, [counsel_id]).get(counsel_id)
    sealed = session.scalars(select(Counsel.sealed_card).where(Counsel.id == counsel_id)).one()
    return key is not None and bool(open_json(key, "counsel", "sealed_card", counsel_id, sealed).get("email"))
