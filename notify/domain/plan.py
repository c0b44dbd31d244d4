"""Who is told by which way: tables from what is known of a person to deliveries, or to a human's task.

Pure. The same tables decide twice: when a notice is planned, and again when it is sent, because people move
in between. What is not in a table goes to a human; nobody is dropped in silence.
"""

from dataclasses import dataclass
from enum import StrEnum

from notify.domain.delivery import Carriage, Form


class Whereabouts(StrEnum):
    DETAINED = "detained"
    RELEASED = "released"
    REMOVED = "removed"
    UNKNOWN = "unknown"


class FacilityMail(StrEnum):
    """Whether a letter can be sent to where someone is held. A hold room or hotel is no mailing address."""

    TAKES_MAIL = "takes_mail"
    NO_MAIL = "no_mail"
    UNKNOWN = "unknown"


class Reach(StrEnum):
    """What is known of a postal address. Confirmed: someone asked the person whether it is safe."""

    NONE = "none"
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"


class Wording(StrEnum):
    """Whether the notice exists in a language. A draft goes out on paper only, beside English."""

    NONE = "none"
    DRAFT = "draft"
    REVIEWED = "reviewed"


class Destination(StrEnum):
    FACILITY = "facility"
    POST = "post"
    PHONE = "phone"
    EMAIL = "email"
    OFFICE = "office"


class TaskKind(StrEnum):
    """What waits for a human. The values are stored."""

    ORAL_INTERPRETATION = "oral_interpretation"
    FACILITY_TAKES_NO_MAIL = "facility_takes_no_mail"
    FACILITY_UNKNOWN = "facility_unknown"
    NO_SAFE_WAY = "no_safe_way"
    VERIFY_APPEARANCE = "verify_appearance"
    COUNSEL_WITHOUT_EMAIL = "counsel_without_email"
    DELIVERY_UNKNOWN = "delivery_unknown"
    DELIVERY_FAILED = "delivery_failed"
    DELIVERY_RETURNED = "delivery_returned"
    UNSAFE_WORDS = "unsafe_words"
    SERVICE_NOT_PROVEN = "service_not_proven"
    RECORD_UNREADABLE = "record_unreadable"


@dataclass(frozen=True)
class Planned:
    """A delivery to make."""

    carriage: Carriage
    form: Form
    destination: Destination


@dataclass(frozen=True)
class ForHuman:
    """A task to raise, once; `detail` is a code."""

    kind: TaskKind
    detail: str = ""


Step = Planned | ForHuman


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """What is known of a person. `language` is a BCP 47 tag, None when nobody knows; `written`: many of its
    speakers read it. `named`: a letter has somebody to be addressed to. `phone` and `email`: confirmed safe
    *and* with consent and its date; `phone_in_hours`: it is safe at certain hours only."""

    named: bool
    whereabouts: Whereabouts
    facility: FacilityMail
    language: str | None
    written: bool
    wording: Wording
    address: Reach
    phone: bool
    phone_in_hours: bool
    email: bool


INSIDE: dict[FacilityMail, Step] = {
    FacilityMail.TAKES_MAIL: Planned(Carriage.LETTER, Form.FULL, Destination.FACILITY),
    FacilityMail.NO_MAIL: ForHuman(TaskKind.FACILITY_TAKES_NO_MAIL),
    FacilityMail.UNKNOWN: ForHuman(TaskKind.FACILITY_UNKNOWN),
}
OUTSIDE: dict[Reach, Step | None] = {
    Reach.CONFIRMED: Planned(Carriage.LETTER, Form.FULL, Destination.POST),
    # The reader may be the one they fled from (8 USC 1367): a number and a code, and nothing else.
    Reach.UNCONFIRMED: Planned(Carriage.LETTER, Form.NEUTRAL, Destination.POST),
    Reach.NONE: None,
}
SMS = Planned(Carriage.SMS, Form.NEUTRAL, Destination.PHONE)
EMAIL = Planned(Carriage.EMAIL, Form.NEUTRAL, Destination.EMAIL)
NAMELESS = ForHuman(TaskKind.NO_SAFE_WAY, "no_name")


def plan(facts: PlanFacts) -> tuple[Step, ...]:
    """Every way to tell this person; never empty."""
    paper = _paper(facts)
    if facts.language is None or not facts.written or facts.wording is Wording.NONE:
        # English never takes a translation's place in silence: someone reads it to them instead.
        oral = ForHuman(TaskKind.ORAL_INTERPRETATION, facts.language or "unknown")
        return (oral, paper) if isinstance(paper, ForHuman) else (oral,)
    steps = [step for step in (paper, *_messages(facts)) if step is not None]
    if steps:
        return tuple(steps)
    return (ForHuman(TaskKind.NO_SAFE_WAY, _what_is_missing(facts)),)


def _what_is_missing(facts: PlanFacts) -> str:
    if facts.wording is Wording.DRAFT and (facts.phone or facts.email):
        return "draft_on_paper_only"
    return "safe_hours" if facts.phone and not _inside(facts) else "nothing_known"


def _inside(facts: PlanFacts) -> bool:
    return facts.whereabouts is Whereabouts.DETAINED


def _paper(facts: PlanFacts) -> Step | None:
    step = INSIDE[facts.facility] if _inside(facts) else OUTSIDE[facts.address]
    # A letter to nobody is read by whoever gets hold of it.
    return NAMELESS if isinstance(step, Planned) and not facts.named else step


def _messages(facts: PlanFacts) -> tuple[Planned, ...]:
    # Someone in custody has no phone; who answers theirs is somebody else.
    if _inside(facts) or facts.wording is not Wording.REVIEWED:
        return ()
    # Nothing here waits for an hour of the day, so a phone that is safe at some hours is not texted at any.
    text = facts.phone and not facts.phone_in_hours
    return (*((SMS,) if text else ()), *((EMAIL,) if facts.email else ()))


@dataclass(frozen=True, kw_only=True)
class AppearanceFacts:
    """One counsel's appearance for one person. `limited_help`: EOIR-60 or -61, the person stays pro se."""

    verified: bool
    in_force: bool
    custody_only: bool
    limited_help: bool
    email: bool


def plan_counsel(facts: AppearanceFacts) -> tuple[Step, ...]:
    """How counsel is told. Unverified, an appearance discloses nothing; for custody alone, custody alone."""
    if not facts.in_force or facts.limited_help:
        return ()
    if not facts.verified:
        return (ForHuman(TaskKind.VERIFY_APPEARANCE),)
    if facts.custody_only:
        return ()
    return (EMAIL,) if facts.email else (ForHuman(TaskKind.COUNSEL_WITHOUT_EMAIL),)
