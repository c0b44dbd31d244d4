"""Listing appearances: masked, or with names and a ledger row for everyone whose name is shown."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from holds.domain.a_number import display, mask
from holds.domain.look import LookReason
from holds.domain.staff import Acting, Verb, require
from holds.store.facts import facts_of
from holds.store.ledger import Entry, write_ledger
from holds.store.people import Person
from holds.store.representation import Appearance, Counsel
from holds.store.vault import Vault, open_json


@dataclass(frozen=True, kw_only=True)
class AppearanceLine:
    """One appearance. `client_name` and `counsel_name` are None unless shown; the number is masked then."""

    id: uuid.UUID
    form: str
    scope: str
    filed_on: dt.date
    withdrawn_on: dt.date | None
    judgement: str
    verified: bool
    client: str
    client_name: str | None
    counsel_name: str | None


def look_at_appearances(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    unverified: bool = False,
    show: bool = False,
    limit: int = 100,
) -> tuple[int, list[AppearanceLine]]:
    """(how many there are, the first `limit` of them), of the actor's own organisation."""
    require(acting, Verb.LOOK_AT_PERSON)
    ours = (
        select(Appearance)
        .join(Person, Person.id == Appearance.person_id)
        .where(Person.organisation_id == acting.organisation_id)
    )
    if unverified:
        ours = ours.where(Appearance.verified_at.is_(None), Appearance.withdrawn_on.is_(None))
    total = session.scalar(select(func.count()).select_from(ours.subquery())) or 0
    found = session.scalars(ours.order_by(Appearance.id).limit(limit)).all()
    people = sorted({appearance.person_id for appearance in found})
    facts = facts_of(session, vault, people)
    names = _counsel_names(session, vault, sorted({a.counsel_id for a in found})) if show else {}
    lines = []
    for appearance in found:
        known = facts.get(appearance.person_id)
        numbers = known.a_numbers if known else ()
        lines.append(
            AppearanceLine(
                id=appearance.id,
                form=appearance.form,
                scope=appearance.scope,
                filed_on=appearance.filed_on,
                withdrawn_on=appearance.withdrawn_on,
                judgement=appearance.judgement,
                verified=appearance.verified_at is not None,
                client=", ".join(display(n) if show else mask(n) for n in numbers),
                client_name=known.display_name if known and show else None,
                counsel_name=names.get(appearance.counsel_id),
            )
        )
    codes = {"shown": show, "reason": LookReason.COMMAND_LINE.value}
    write_ledger(
        session,
        [
            Entry(
                verb="person.seen",
                actor_id=acting.id,
                organisation_id=acting.organisation_id,
                subject_id=person_id,
                person_id=person_id,
                codes=codes,
            )
            for person_id in people
        ],
    )
    return total, lines


def _counsel_names(session: Session, vault: Vault, ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    keys = vault.keys(session, ids)
    rows = session.execute(select(Counsel.id, Counsel.sealed_card).where(Counsel.id.in_(ids)))
    return {
        cid: str(open_json(keys[cid], "counsel", "sealed_card", cid, sealed).get("name", ""))
        for cid, sealed in rows
        if cid in keys
    }
