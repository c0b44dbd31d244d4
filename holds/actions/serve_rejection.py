"""Serving the reasons of a rejection on who placed the stay: counsel through a link, staff on their own page.

Reading serves nothing; confirming that they were read does, in the name of who reads, at the database's time.
Until then, or until somebody records a service by hand, the stay cannot be rejected.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session

from holds.actions.appearing_counsel import in_force
from holds.actions.counsel_codes import Admitted, Turned, admit
from holds.actions.counsel_links import LinkView, end_link, has_address, issue_link, look_at_link
from holds.actions.tasks import NewTask, close_tasks, raise_tasks
from holds.domain.closing import EndingKind
from holds.domain.counsel_link import LinkEnd, LinkPurpose
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now
from holds.store.closings import Closing, ClosingService
from holds.store.gates import Hold, HoldEnding
from holds.store.ledger import tell
from holds.store.ownership import own_hold
from holds.store.representation import Appearance
from holds.store.stays import Stay
from holds.store.vault import Vault, open_json

SERVE_REASONS = "serve_rejection"
PLACER = "placer"


class NotYoursError(RefusedError):
    """There are no such reasons for this member of staff to read, or no counsel to send them to."""


@dataclass(frozen=True)
class Reasons:
    """Why a stay is to be rejected. Nothing else about the person is told."""

    closing_id: uuid.UUID
    hold_reference: str
    placed_at: dt.datetime
    proposed_at: dt.datetime
    text: str = field(repr=False)


def send_reasons(session: Session, vault: Vault, *, acting: Acting, closing: Mapping[str, Any]) -> None:
    """On the proposal: a link to counsel who asked for the stay, and a task until the reasons are served."""
    hold = session.get_one(Hold, closing["hold_id"])
    asked = _asked(session, hold.id)
    link = _link(session, vault, acting, asked, closing["id"]) if asked else None
    serve = NewTask(
        kind=SERVE_REASONS,
        subject_id=closing["id"],
        person_id=hold.person_id,
        evidence={"on": str(hold.placed_by), "by": "link" if link else "hand" if asked else "page"},
    )
    raise_tasks(session, acting, [serve])


def send_reasons_again(
    session: Session, vault: Vault, *, acting: Acting, hold_id: uuid.UUID, closing_id: uuid.UUID
) -> str:
    """Another link to the counsel who asked for the stay, where the first one's time is over."""
    require(acting, Verb.ADMIT_COUNSEL)
    own_hold(session, acting, hold_id)
    asked = _asked(session, hold_id)
    link = _link(session, vault, acting, asked, closing_id) if asked else None
    if link is None:
        raise NotYoursError(
            "No counsel who asked for this stay appears now and has an e-mail address; serve the reasons by "
            "hand, and record it: holdfast closing tell --on placer"
        )
    return link


def _asked(session: Session, hold_id: uuid.UUID) -> Appearance | None:
    stay = session.get(Stay, hold_id)
    return session.get(Appearance, stay.appearance_id) if stay and stay.appearance_id else None


def _link(
    session: Session, vault: Vault, acting: Acting, asked: Appearance, closing_id: uuid.UUID
) -> str | None:
    """The reference of a link to the same counsel, on their appearance as it stands now: who withdrew is
    told nothing more of the person."""
    same = (Appearance.counsel_id == asked.counsel_id, Appearance.person_id == asked.person_id)
    newest = select(Appearance).where(*same, *in_force(session)).order_by(Appearance.filed_on.desc())
    appearing = session.scalars(newest.limit(1)).one_or_none()
    if appearing is None or not has_address(session, vault, appearing.counsel_id):
        return None
    return issue_link(session, acting, appearing, LinkPurpose.READ_REASONS, closing_id=closing_id)


def read_reasons_by_link(session: Session, vault: Vault, *, token: str, code: str) -> Reasons | Turned:
    """Show counsel the reasons. A look at the person, and no service yet."""
    admitted = _admitted(session, vault, token, code)
    if isinstance(admitted, Turned):
        return admitted
    closing = session.get_one(Closing, admitted.view.link.closing_id)
    return _read(session, vault, admitted.acting, closing)


def confirm_reasons_by_link(session: Session, vault: Vault, *, token: str, code: str) -> LinkView | Turned:
    """Counsel has read them: they are served, and the link is used."""
    admitted = _admitted(session, vault, token, code)
    if isinstance(admitted, Turned):
        return admitted
    link = admitted.view.link
    _serve(session, admitted.acting, session.get_one(Closing, link.closing_id))
    end_link(session, admitted.acting, link, LinkEnd.USED)
    return look_at_link(session, vault, token=token) or Turned("link.not_open")


def _admitted(session: Session, vault: Vault, token: str, code: str) -> Admitted | Turned:
    admitted = admit(session, vault, token=token, code=code)
    if isinstance(admitted, Admitted) and admitted.view.purpose is not LinkPurpose.READ_REASONS:
        return Turned("link.not_open")
    return admitted


def read_own_reasons(session: Session, vault: Vault, *, acting: Acting) -> tuple[Reasons, ...]:
    """Why stays that this member of staff placed are to be rejected, as far as they have not confirmed it."""
    waiting = select(Closing).join(Hold, Hold.id == Closing.hold_id).where(*_own(acting))
    return tuple(
        _read(session, vault, acting, closing)
        for closing in session.scalars(waiting.order_by(Closing.proposed_at)).all()
    )


def confirm_own_reasons(session: Session, *, acting: Acting, hold_reference: str) -> None:
    """Who placed the stay has read why it is to be rejected."""
    wanted = Hold.reference == hold_reference.strip().upper()
    found = session.scalars(
        select(Closing).join(Hold, Hold.id == Closing.hold_id).where(wanted, *_own(acting))
    ).all()
    if not found:
        raise NotYoursError("No reasons wait for you under this reference; load the page again.")
    for closing in found:
        _serve(session, acting, closing)


def reasons_waiting(session: Session, *, acting: Acting) -> int:
    """How many reasons wait to be read by this member of staff."""
    waiting = select(Closing.id).join(Hold, Hold.id == Closing.hold_id).where(*_own(acting))
    return len(session.scalars(waiting).all())


def _own(acting: Acting) -> tuple[Any, ...]:
    return (
        Closing.kind == EndingKind.STAY_REJECTED.value,
        Hold.placed_by == acting.id,
        ~exists().where(ClosingService.closing_id == Closing.id, ClosingService.served_on == PLACER),
        ~exists().where(HoldEnding.hold_id == Closing.hold_id),
    )


def _read(session: Session, vault: Vault, acting: Acting, closing: Closing) -> Reasons:
    hold = session.get_one(Hold, closing.hold_id)
    key = vault.key(session, closing.person_id)
    text = open_json(key, "closing", "sealed_reasons", closing.id, closing.sealed_reasons)
    tell(session, acting, "closing.reasons_read", closing.hold_id, person_id=closing.person_id)
    return Reasons(closing.id, hold.reference, hold.placed_at, closing.proposed_at, str(text))


def _serve(session: Session, acting: Acting, closing: Closing) -> None:
    """Once: what somebody recorded by hand meanwhile stands."""
    if session.get(ClosingService, (closing.id, PLACER)) is None:
        record_telling(session, acting, closing, PLACER, session.scalars(select(holdfast_now())).one())


def record_telling(
    session: Session, acting: Acting, closing: Closing, served_on: str, served_at: dt.datetime
) -> None:
    """The row of it and the ledger's; who placed the stay need not be served any more."""
    row = {"closing_id": closing.id, "served_on": served_on, "served_at": served_at}
    session.execute(insert(ClosingService), [row | {"recorded_by": acting.id}])
    tell(
        session,
        acting,
        "closing.told",
        closing.hold_id,
        person_id=closing.person_id,
        codes={"on": served_on, "kind": closing.kind},
    )
    if served_on == PLACER:
        close_tasks(session, acting, SERVE_REASONS, [closing.id])
