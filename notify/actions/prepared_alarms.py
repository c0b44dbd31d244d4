"""Looking again at alarms that were claimed: where does the recipient stand now, and what does it say."""

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.tasks import Doubt
from holds.store.merged import members_of
from holds.store.sealing import OwnerKey, SealBrokenError
from holds.store.vault import Vault
from notify.actions.envelope import Envelope
from notify.actions.prepared import Dropped, Ready, unreadable
from notify.content.alarms import LANGUAGE, AlarmFacts, render_alarm_email, render_alarm_text
from notify.content.unsafe_words import Channel, PersonWords, unsafe
from notify.domain.alarm import AlarmKind, RecipientKind
from notify.domain.channel import Sender
from notify.domain.delivery import Carriage, State
from notify.domain.plan import TaskKind
from notify.store.alarm_causes import contact_values, written_value
from notify.store.alarms import Alarm
from notify.store.due_notices import counsel_cards, still_told
from notify.store.outbox import Claimed

CHANNELS = {Carriage.EMAIL: Channel.EMAIL, Carriage.SMS: Channel.SMS, Carriage.VOICE: Channel.VOICE}
GONE = "contact.gone"
WITHOUT_PAGE = frozenset({AlarmKind.COUNSEL.value, AlarmKind.MANIFEST.value, AlarmKind.BOARDING.value})


def prepare_alarms(
    session: Session, vault: Vault, claimed: Sequence[Claimed], sender: Sender
) -> list[Ready | Dropped]:
    """Resolve and render, each by itself: what cannot be read fails alone, and the next is told."""
    alarms = {
        row.id: row for row in session.scalars(select(Alarm).where(Alarm.id.in_([c.told for c in claimed])))
    }
    keys = vault.keys(session, list(alarms))
    made: list[Ready | Dropped] = []
    for one in claimed:
        alarm = alarms[one.told]
        try:
            address = _address(session, vault, alarm)
        except (SealBrokenError, OSError) as error:
            made.append(Dropped(one, State.FAILED, unreadable(error), ()))
            continue
        if address is None or alarm.id not in keys:
            made.append(Dropped(one, State.FAILED, GONE, ()))
            continue
        made.append(_rendered(one, alarm, address, keys[alarm.id], sender))
    return made


def _address(session: Session, vault: Vault, alarm: Alarm) -> str | None:
    """Where the recipient is reached now; None where they are on record no more."""
    if alarm.recipient_kind == RecipientKind.MANIFEST.value:
        return written_value(session, vault, alarm.recipient_id, alarm.place)
    if alarm.recipient_kind == RecipientKind.CONTACT.value:
        return contact_values(session, vault, [alarm.recipient_id]).get(alarm.recipient_id)
    return _of_counsel(session, vault, alarm.recipient_id, alarm.person_id)


def _of_counsel(
    session: Session, vault: Vault, counsel_id: uuid.UUID, person_id: uuid.UUID | None
) -> str | None:
    if person_id is None or not _stands(session, counsel_id, person_id):
        return None
    card = counsel_cards(session, vault, [counsel_id]).get(counsel_id)
    return (card.email or None) if card else None


def _stands(session: Session, counsel_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    members = members_of(session, person_id)
    return bool(still_told(session, [(counsel_id, member) for member in members]))


def _rendered(one: Claimed, alarm: Alarm, address: str, key: OwnerKey, sender: Sender) -> Ready | Dropped:
    facts = AlarmFacts(
        kind=AlarmKind(alarm.kind),
        reference=alarm.reference,
        facts=alarm.facts,
        phone=sender.duty_phone or sender.contact_phone,
        link=_link(alarm.kind, alarm.facts, sender.pages_address),
    )
    subject = html = ""
    if one.carriage is Carriage.EMAIL:
        mail = render_alarm_email(facts)
        subject, text, html = mail.subject, mail.text, mail.html
    else:
        text = render_alarm_text(facts)
    channel = CHANNELS[one.carriage]
    parts = (subject, text, html)
    hits = {
        hit.code.value
        for part in parts
        for hit in unsafe(part, channel=channel, language=LANGUAGE, person=PersonWords())
    }
    if hits:
        doubt = Doubt(
            kind=TaskKind.UNSAFE_WORDS.value,
            subject_id=alarm.id,
            person_id=alarm.person_id,
            detail="+".join(sorted(hits)),
            evidence={"carriage": one.carriage.value, "alarm": alarm.reference},
        )
        return Dropped(one, State.FAILED, "unsafe_words", (doubt,))
    envelope = Envelope(
        reference=alarm.reference,
        carriage=one.carriage,
        language=LANGUAGE,
        folder="",
        key=key,
        address=address,
        text=text,
        subject=subject,
        html=html,
    )
    return Ready(one, envelope)


def _link(kind: str, facts: Mapping[str, object], pages: str) -> str:
    """The page on which the recipient signs in; counsel and a manifest's contacts have none of ours."""
    if not pages or kind in WITHOUT_PAGE:
        return ""
    if kind == AlarmKind.PAGE.value:
        return pages
    reference = facts.get("transmission")
    return f"{pages}/acknowledgements/{reference}" if reference else f"{pages}/acknowledgements"
