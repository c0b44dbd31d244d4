"""Signed-in browsers: begun with a credential, resumed by a token, ended by a click, by rest or by time.

Only a digest of the token is stored, and the time is the database's.
"""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from holds.actions.credentials import acting_of
from holds.domain.staff import Acting
from holds.store.base import holdfast_now
from holds.store.ledger import tell
from holds.store.staff import Actor, SignIn

IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)
NOTED_EVERY = dt.timedelta(minutes=1)
"""A browser is noted as seen at most this often, so that reading a page seldom writes."""


def start_browser_session(session: Session, *, acting: Acting) -> str:
    """Begin a session for somebody whose credential was just verified; returns its token, stored nowhere."""
    token = secrets.token_urlsafe(32)
    now = session.scalars(select(holdfast_now())).one()
    session.execute(delete(SignIn).where(SignIn.started_at < now - LONGEST))
    session.execute(insert(SignIn), [{"token_digest": _digest(token), "actor_id": acting.id}])
    tell(session, acting, "staff.signed_in", acting.id)
    return token


@dataclass(frozen=True)
class Resumed:
    """Who a browser acts for. `to_note`: it is time to note that it was seen."""

    acting: Acting
    to_note: bool


def resume_browser_session(session: Session, *, token: str) -> Resumed | None:
    """Who this browser acts for; None when it has ended, rested too long, or the actor is not active.

    Only reads, so that looking at a page waits for no writer.
    """
    row = session.execute(
        select(SignIn, Actor, holdfast_now().label("now"))
        .join(Actor, Actor.id == SignIn.actor_id)
        .where(SignIn.token_digest == _digest(token))
    ).one_or_none()
    if row is None:
        return None
    sign_in, actor, now = row
    over = sign_in.ended_at is not None or not actor.active
    if over or now - sign_in.seen_at >= IDLE or now - sign_in.started_at >= LONGEST:
        return None
    return Resumed(acting_of(actor), now - sign_in.seen_at >= NOTED_EVERY)


def note_browser_seen(session: Session, *, token: str) -> None:
    """The browser is not resting. One that has ended meanwhile stays ended."""
    session.execute(
        update(SignIn)
        .where(SignIn.token_digest == _digest(token), SignIn.ended_at.is_(None))
        .values(seen_at=holdfast_now())
    )


def end_browser_session(session: Session, *, token: str) -> None:
    """End it for good. A token that is unknown or has ended already is let pass."""
    sign_in = session.get(SignIn, _digest(token))
    if sign_in is None or sign_in.ended_at is not None:
        return
    sign_in.ended_at = session.scalars(select(holdfast_now())).one()
    tell(session, acting_of(session.get_one(Actor, sign_in.actor_id)), "staff.signed_out", sign_in.actor_id)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
