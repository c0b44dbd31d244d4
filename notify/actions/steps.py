"""The plan's rules, put to what the record knows of someone now."""

from collections.abc import Callable

from notify.domain.delivery import Carriage, Form
from notify.domain.kinds import NoticeKind
from notify.domain.languages import LANGUAGES
from notify.domain.plan import (
    AppearanceFacts,
    Destination,
    ForHuman,
    PlanFacts,
    Planned,
    Step,
    TaskKind,
    Wording,
    plan,
    plan_counsel,
)
from notify.store.circumstances import Circumstances
from notify.store.due_notices import CounselCard

WordingOf = Callable[[NoticeKind, str], Wording]
GONE = ForHuman(TaskKind.NO_SAFE_WAY, "data_shredded")
UNREADABLE = ForHuman(TaskKind.RECORD_UNREADABLE)
OFFICE_STEPS: tuple[Step, ...] = (Planned(Carriage.LETTER, Form.FULL, Destination.OFFICE),)
"""An office is written to on paper; that it was sent the hold, screen and alarm told it before."""


def steps_for(known: Circumstances | None, kind: NoticeKind, wording_of: WordingOf) -> tuple[Step, ...]:
    """The plan for a person as they are now."""
    if known is None:
        return (GONE,)
    tag = known.language.tag
    language = LANGUAGES.get(tag or "")
    return plan(
        PlanFacts(
            named=bool(known.facts.display_name.strip()),
            whereabouts=known.whereabouts,
            facility=known.facility,
            language=tag,
            written=language is not None and language.written,
            wording=wording_of(kind, tag) if tag else Wording.NONE,
            address=known.address,
            phone=known.phone is not None and known.phone.consented,
            phone_in_hours=known.phone is not None and known.phone.in_hours,
            email=known.email is not None and known.email.consented,
        )
    )


def steps_for_counsel(card: CounselCard | None, *, may_be_told: bool) -> tuple[Step, ...]:
    """The plan for counsel; `may_be_told`: a verified appearance in force, not for custody alone."""
    return plan_counsel(
        AppearanceFacts(
            verified=True,
            in_force=may_be_told,
            custody_only=False,
            limited_help=False,
            email=card is not None and bool(card.email),
        )
    )
