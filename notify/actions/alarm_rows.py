"""The rows an alarm is made of: itself, a key of its own, deliveries approved for good, the ledger's."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from holds.domain.alarm_contact import ContactWay
from holds.domain.staff import Acting
from holds.store.base import new_id, new_reference
from holds.store.ledger import Entry, write_ledger
from holds.store.people import DataKey
from holds.store.vault import Vault
from notify.domain.alarm import AlarmKind, RecipientKind
from notify.domain.delivery import Carriage, Form, State
from notify.store.alarms import Alarm
from notify.store.deliveries import Delivery

BEFORE_ALL = -10
WAYS: dict[ContactWay, tuple[Carriage, ...]] = {
    ContactWay.EMAIL: (Carriage.EMAIL,),
    # A duty phone may be a landline, or one that sleeps through a text.
    ContactWay.PHONE: (Carriage.VOICE, Carriage.SMS),
}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An alarm to one recipient. `cause_id` is the ledger row; `facts` are codes that name nobody."""

    kind: AlarmKind
    cause_id: uuid.UUID
    recipient_kind: RecipientKind
    recipient_id: uuid.UUID
    way: ContactWay
    place: int = 0
    person_id: uuid.UUID | None = None
    follows_id: uuid.UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def write_alarms(session: Session, vault: Vault, acting: Acting, drafts: Sequence[Draft]) -> int:
    """Write them all in a few statements; how many there were. Nothing waits for anybody's approval."""
    if not drafts:
        return 0
    keys, alarms, deliveries, entries = [], [], [], []
    for draft in drafts:
        alarm_id, ways = new_id(), WAYS[draft.way]
        keys.append(vault.make_key(alarm_id, "alarm")[1])
        alarms.append(_row(acting, alarm_id, draft))
        deliveries += [_delivery(alarm_id, carriage) for carriage in ways]
        codes: dict[str, Any] = {
            "kind": draft.kind.value,
            "cause": str(draft.cause_id),
            "approval": "standing",
        }
        codes |= {"to": draft.recipient_kind.value, "ways": [carriage.value for carriage in ways]}
        codes |= {"follows": str(draft.follows_id)} if draft.follows_id else {}
        entries.append(
            Entry(
                verb="alarm.planned",
                actor_id=acting.id,
                organisation_id=acting.organisation_id,
                subject_id=alarm_id,
                person_id=draft.person_id,
                codes=codes,
            )
        )
    session.execute(insert(DataKey), keys)
    session.execute(insert(Alarm), alarms)
    session.execute(insert(Delivery), deliveries)
    write_ledger(session, entries)
    return len(drafts)


def _row(acting: Acting, alarm_id: uuid.UUID, draft: Draft) -> dict[str, Any]:
    return {
        "id": alarm_id,
        "organisation_id": acting.organisation_id,
        "kind": draft.kind.value,
        "cause_id": draft.cause_id,
        "person_id": draft.person_id,
        "recipient_kind": draft.recipient_kind.value,
        "recipient_id": draft.recipient_id,
        "place": draft.place,
        "follows_id": draft.follows_id,
        "facts": dict(draft.facts),
        "reference": new_reference(),
        "planned_by": acting.id,
    }


def _delivery(alarm_id: uuid.UUID, carriage: Carriage) -> dict[str, Any]:
    return {
        "id": new_id(),
        "alarm_id": alarm_id,
        "carriage": carriage.value,
        "form": Form.NEUTRAL.value,
        "state": State.APPROVED.value,
        "priority": BEFORE_ALL,
    }
