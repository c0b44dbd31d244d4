"""From what is known to what goes out: the one seam between the outbox and the content of notices.

Here the rendered text is read by the unsafe-words check, right before the attempt (guarantee 11).
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from holds.domain.a_number import mask
from holds.domain.person import PersonFacts
from holds.domain.posture import Posture
from holds.store.sealing import OwnerKey
from notify.actions.particulars_of import addressee, particulars_of
from notify.actions.typesetting import Letter
from notify.content.exposed_fields import UnknownField
from notify.content.facts import IncidentFacts, NeutralFacts, NoticeFacts
from notify.content.letter_data import letter_languages
from notify.content.letters import LetterFacts, NeutralLetter, can_be_typeset
from notify.content.messages import DraftNotAllowed, MessageTooLong, render_email, render_sms
from notify.content.notices import write_notice
from notify.content.packet import cover_words, neutral_letter_words
from notify.content.particulars import WrongParticulars
from notify.content.phrasebook import Untranslated, has_catalog, phrasebook
from notify.content.review import shipped_reviews
from notify.content.unsafe_words import Channel, PersonWords, Unsafe, unsafe
from notify.domain.channel import Sender
from notify.domain.delivery import Carriage, Form
from notify.domain.kinds import COPIED, CURRENT_VERSION, NoticeKind, Reader
from notify.domain.plan import Destination, Planned, TaskKind, Wording
from notify.store.circumstances import Circumstances
from notify.store.due_notices import CounselCard
from notify.store.subjects import Subject

COUNSEL_LANGUAGE = OFFICE_LANGUAGE = "en"


@dataclass(frozen=True)
class Stopped:
    """Must not, or cannot, go out like this: a task of this kind, with a code that names nobody."""

    kind: TaskKind
    code: str


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """To whom: the person, or counsel of theirs (`card`). `known` is the person's in either case."""

    known: Circumstances
    posture: str | None = field(default=None, repr=False)
    card: CounselCard | None = None
    card_key: OwnerKey | None = None

    @property
    def key(self) -> OwnerKey:
        """The key under which what goes out is sealed."""
        return self.card_key or self.known.key

    @property
    def reader(self) -> Reader | None:
        """Counsel reads a copy as counsel; else whoever the kind is for."""
        return Reader.COUNSEL if self.card else None

    @property
    def language(self) -> str:
        """BCP 47; the plan let nobody through without one."""
        return COUNSEL_LANGUAGE if self.card else self.known.language.tag or ""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """Addressed, rendered and checked; a letter is still to be typeset."""

    reference: str
    carriage: Carriage
    language: str
    folder: str
    key: OwnerKey
    address: str = field(repr=False)
    letter: Letter | None = field(default=None, repr=False)
    text: str = field(default="", repr=False)
    subject: str = ""
    html: str = field(default="", repr=False)


def wording_of(kind: NoticeKind, tag: str) -> Wording:
    """Whether a kind of notice exists in a language, and whether anybody but its writer has read it.

    What the fonts cannot write does not exist on paper, and a person is told it by an interpreter.
    """
    if not has_catalog(tag) or not can_be_typeset(tag):
        return Wording.NONE
    state = shipped_reviews().state(tag, kind, CURRENT_VERSION[kind])
    return Wording.DRAFT if state.paper_only else Wording.REVIEWED


def fill(
    subject: Subject, recipient: Recipient, step: Planned, sender: Sender, now: dt.datetime
) -> Envelope | Stopped:
    """Render one delivery for its recipient, or say why it must not leave."""
    try:
        return _fill(subject, recipient, step, sender, now)
    except DraftNotAllowed:
        return Stopped(TaskKind.DELIVERY_FAILED, "wording.draft")
    except Untranslated:
        return Stopped(TaskKind.ORAL_INTERPRETATION, recipient.language)
    except MessageTooLong:
        return Stopped(TaskKind.DELIVERY_FAILED, "wording.too_long")
    except UnknownField:
        return Stopped(TaskKind.DELIVERY_FAILED, "wording.unknown_field")
    except WrongParticulars:
        return Stopped(TaskKind.DELIVERY_FAILED, "wording.facts_missing")


def _fill(
    subject: Subject, recipient: Recipient, step: Planned, sender: Sender, now: dt.datetime
) -> Envelope | Stopped:
    today = now.astimezone(ZoneInfo(sender.time_zone)).date()
    if step.destination is Destination.OFFICE:
        return _to_office(subject, recipient, sender, today)
    folder, lines = _addressed(recipient, step)
    neutral = NeutralFacts(
        reference=subject.reference,
        language=recipient.language,
        issued_on=today,
        contact_phone=sender.contact_phone,
        verification_code=subject.code,
        verify_address=sender.verify_address,
    )
    words = _person_words(recipient, lines)
    name = recipient.known.facts.display_name
    letter: Letter | None = None
    text = mail_subject = html = ""
    if step.carriage is Carriage.SMS:
        text = render_sms(subject.kind, neutral, recipient.language, reader=recipient.reader)
        texts = [(Channel.SMS, recipient.language, text)]
    elif step.carriage is Carriage.EMAIL:
        mail = render_email(subject.kind, neutral, recipient.language, reader=recipient.reader)
        text, mail_subject, html = mail.text, mail.subject, mail.html
        texts = [(Channel.EMAIL, recipient.language, part) for part in (mail.subject, mail.text, mail.html)]
    elif step.form is Form.NEUTRAL:
        letter = NeutralLetter(neutral, name, lines)
        texts = [
            (Channel.NEUTRAL_LETTER, tag, "\n".join(neutral_letter_words(neutral, phrasebook(tag))))
            for tag in letter_languages(recipient.language)
        ]
    else:
        by_hand = step.destination is Destination.FACILITY
        facts = _notice_facts(subject, recipient, sender, today)
        letter = LetterFacts(facts, name, lines, "by_hand" if by_hand else "by_post")
        texts = list(_letter_texts(facts, name, lines, by_hand=by_hand))
    stopped = _check(texts, words)
    if stopped is not None:
        return stopped
    return Envelope(
        reference=subject.reference,
        carriage=step.carriage,
        language=recipient.language,
        folder=folder,
        key=recipient.key,
        address="\n".join((name, *lines)) if letter else lines[0],
        letter=letter,
        text=text,
        subject=mail_subject,
        html=html,
    )


def _to_office(subject: Subject, recipient: Recipient, sender: Sender, today: dt.date) -> Envelope | Stopped:
    """A letter to whoever is in charge where the person is held, or of the field office, in English."""
    facts = replace(_notice_facts(subject, recipient, sender, today), language=OFFICE_LANGUAGE)
    name, place = addressee(subject.told), recipient.known.place
    held_there = place is not None and subject.told["office"] in (place.detloc, place.name.upper())
    lines = place.lines if place is not None and held_there else ()
    stopped = _check(
        [(Channel.LETTER, OFFICE_LANGUAGE, write_notice(facts).plain_text())], _person_words(recipient, lines)
    )
    if stopped is not None:
        return stopped
    return Envelope(
        reference=subject.reference,
        carriage=Carriage.LETTER,
        language=OFFICE_LANGUAGE,
        folder=_folder_of(subject.told["office"]),
        key=recipient.known.key,
        address="\n".join((name, *lines)),
        letter=LetterFacts(facts, name, lines, "by_post"),
    )


def _folder_of(office: str) -> str:
    """Letters to offices lie apart from those to people."""
    return "OFFICE-" + re.sub(r"[^A-Z0-9]+", "-", office.upper()).strip("-")


def _addressed(recipient: Recipient, step: Planned) -> tuple[str, tuple[str, ...]]:
    """The folder a letter is sorted into, and the lines under the name, or the number or address alone."""
    known = recipient.known
    if step.destination is Destination.FACILITY and known.place is not None:
        unit = (known.place.housing_unit,) if known.place.housing_unit else ()
        return known.place.folder, (*unit, *known.place.lines)
    if recipient.card is not None:
        return "", (recipient.card.email,)
    way = {
        Destination.POST: known.post,
        Destination.PHONE: known.phone,
        Destination.EMAIL: known.email,
        Destination.FACILITY: None,
        Destination.OFFICE: None,
    }[step.destination]
    if way is None:
        raise ValueError("The plan chose a way that is not there.")
    folder = "POST" if step.destination is Destination.POST else ""
    return folder, tuple(line.strip() for line in known.opened(way).splitlines() if line.strip())


def _notice_facts(subject: Subject, recipient: Recipient, sender: Sender, today: dt.date) -> NoticeFacts:
    known = recipient.known
    zone = ZoneInfo(sender.time_zone)
    numbers = known.facts.a_numbers
    postures = {posture.value for posture in Posture}
    return NoticeFacts(
        kind=subject.kind,
        reference=subject.reference,
        language=recipient.language,
        issued_on=today,
        person_name=known.facts.display_name,
        incident=IncidentFacts(
            name=subject.incident,
            agency=sender.agency,
            occurred_on=subject.occurred_at.astimezone(zone).date(),
            fields=subject.fields,
            discovered_on=_day(subject.discovered_at, zone),
        ),
        hold_since=subject.held_since.astimezone(zone).date(),
        organisation_name=sender.organisation_name,
        organisation_address=sender.organisation_address,
        contact_phone=sender.contact_phone,
        verification_code=subject.code,
        verify_address=sender.verify_address,
        a_number=mask(numbers[0]) if numbers else None,
        posture=recipient.posture if recipient.posture in postures else None,
        facility_name=known.place.name if known.place else None,
        housing_unit=known.place.housing_unit if known.place else None,
        particulars=particulars_of(subject, zone, today),
        copy_to_counsel=recipient.card is not None and subject.kind in COPIED,
    )


def _day(moment: dt.datetime | None, zone: ZoneInfo) -> dt.date | None:
    return None if moment is None else moment.astimezone(zone).date()


def _letter_texts(
    facts: NoticeFacts, name: str, lines: tuple[str, ...], *, by_hand: bool
) -> Iterable[tuple[Channel, str, str]]:
    for tag in letter_languages(facts.language):
        yield Channel.LETTER, tag, write_notice(facts, tag).plain_text()
        if by_hand:
            yield Channel.COVER, tag, cover_words(name, lines, True, phrasebook(tag)).plain_text()


def _person_words(recipient: Recipient, lines: tuple[str, ...]) -> PersonWords:
    facts: PersonFacts = recipient.known.facts
    place = recipient.known.place
    facilities = (place.name, *((place.detloc,) if place.detloc else ()), *lines) if place else ()
    return PersonWords(
        names=facts.names,
        a_numbers=facts.a_numbers,
        countries=tuple(c for c in (facts.nationality, facts.country_of_birth) if c),
        facilities=facilities,
    )


def _check(texts: Iterable[tuple[Channel, str, str]], words: PersonWords) -> Stopped | None:
    found: set[Unsafe] = set()
    for channel, language, text in texts:
        found |= {hit.code for hit in unsafe(text, channel=channel, language=language, person=words)}
    return Stopped(TaskKind.UNSAFE_WORDS, "+".join(sorted(code.value for code in found))) if found else None
