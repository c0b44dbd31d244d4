"""The code that a link takes besides: sent to counsel's card when it is asked for, good for minutes."""

from dataclasses import dataclass

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from holds.actions.counsel_links import LinkView, counsel_actor, look_at_link
from holds.domain.counsel_link import CODE_LIFE, MOST_CODES, MOST_TRIES, LinkState
from holds.domain.staff import Acting
from holds.store.base import holdfast_now, new_id
from holds.store.counsel_links import CounselCode, code_text, is_same
from holds.store.ledger import tell
from holds.store.people import Person
from holds.store.vault import Vault

SHUT, WRONG, TOO_MANY = "link.not_open", "link.code_wrong", "link.too_many_codes"


@dataclass(frozen=True)
class Turned:
    """Not let in, and why, as a code. What was counted against the link stands: this is no error."""

    reason: str


@dataclass(frozen=True)
class Admitted:
    """Counsel, as who acts, behind an open link."""

    acting: Acting
    view: LinkView


def send_code(session: Session, vault: Vault, *, token: str) -> Turned | None:
    """Have a fresh code sent; the one before is void. None when it is on its way."""
    view = look_at_link(session, vault, token=token)
    if view is None or view.state is not LinkState.OPEN:
        return Turned(SHUT)
    made = session.scalar(select(func.count()).where(CounselCode.link_id == view.link.id)) or 0
    if made >= MOST_CODES:
        return Turned(TOO_MANY)
    code_id, now = new_id(), session.scalars(select(holdfast_now())).one()
    row = {"id": code_id, "link_id": view.link.id, "made_at": now, "expires_at": now + CODE_LIFE}
    session.execute(insert(CounselCode), [row])
    # The id is no secret: only the key ring makes letters of it.
    tell(
        session,
        _acting(session, view),
        "link.code_made",
        view.link.id,
        person_id=view.link.person_id,
        codes={"code": str(code_id)},
    )
    return None


def admit(session: Session, vault: Vault, *, token: str, code: str) -> Admitted | Turned:
    """Whether this code opens this link now. Of two who send at once, the second finds it used."""
    view = look_at_link(session, vault, token=token)
    if view is None:
        return Turned(SHUT)
    newest = session.scalar(
        select(CounselCode)
        .where(CounselCode.link_id == view.link.id)
        .order_by(CounselCode.made_at.desc(), CounselCode.id.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    view = look_at_link(session, vault, token=token)
    if view is None or view.state is not LinkState.OPEN:
        return Turned(SHUT)
    now = session.scalars(select(holdfast_now())).one()
    if newest is None or newest.expires_at <= now or newest.tries >= MOST_TRIES:
        return Turned(WRONG)
    if not is_same(code, code_text(vault.ring, newest.id)):
        session.execute(
            update(CounselCode).where(CounselCode.id == newest.id).values(tries=CounselCode.tries + 1)
        )
        return Turned(WRONG)
    return Admitted(_acting(session, view), view)


def _acting(session: Session, view: LinkView) -> Acting:
    organisation = select(Person.organisation_id).where(Person.id == view.link.person_id)
    return counsel_actor(session, view.link.counsel_id, session.scalars(organisation).one())
