"""Looking again at alarms that were claimed: where does the recipient stand now, and what does it say."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask
from holds.store.counsel_links import code_text, link_token
from holds.store.key_ring import KeyRing
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
GONE, NO_PAGES = "contact.gone", "pages.address_missing"
WITHOUT_PAGE = frozenset(
    kind.value for kind in (AlarmKind.COUNSEL, AlarmKind.COUNSEL_CODE, AlarmKind.MANIFEST, AlarmKind.BOARDING)
)


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
        if alarm.kind == AlarmKind.COUNSEL_LINK.value and not sender.pages_address:
            made.append(Dropped(one, State.FAILED, NO_PAGES, ()))
            continue
        made.append(_rendered(one, alarm, address, keys[alarm.id], _facts(alarm, sender, vault.ring)))
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


def _facts(alarm: Alarm, sender: Sender, ring: KeyRing) -> AlarmFacts:
    return AlarmFacts(
        kind=AlarmKind(alarm.kind),
        reference=alarm.reference,
        facts=alarm.facts,
        phone=sender.duty_phone or sender.contact_phone,
        link=_link(ring, alarm, sender.pages_address),
        code=code_text(ring, uuid.UUID(str(alarm.facts["code"]))) if _is_code(alarm) else "",
    )


def _rendered(one: Claimed, alarm: Alarm, address: str, key: OwnerKey, facts: AlarmFacts) -> Ready | Dropped:
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
        doubt = NewTask(
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


def _is_code(alarm: Alarm) -> bool:
    return alarm.kind == AlarmKind.COUNSEL_CODE.value


def _link(ring: KeyRing, alarm: Alarm, pages: str) -> str:
    """The page on which the recipient signs in, or counsel's own; a manifest's contacts have none of ours."""
    if not pages or alarm.kind in WITHOUT_PAGE:
        return ""
    if alarm.kind == AlarmKind.PAGE.value:
        return pages
    if alarm.kind == AlarmKind.COUNSEL_LINK.value:
        link_id, reference = uuid.UUID(str(alarm.facts["link"])), str(alarm.facts["reference"])
        return f"{pages}/counsel/{link_token(ring, link_id, reference)}"
    sent = alarm.facts.get("transmission")
    return f"{pages}/acknowledgements/{sent}" if sent else f"{pages}/acknowledgements"
