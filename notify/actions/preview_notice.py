"""What a person would get if a notice were planned now, and why: the plan's own rules, and what they see."""

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from holds.actions.look_at_person import look_at_person
from holds.domain.look import LookReason
from holds.domain.staff import Acting
from holds.store.vault import Vault
from notify.actions.steps import WordingOf, steps_for
from notify.domain.kinds import NoticeKind
from notify.domain.languages import LANGUAGES, LanguageSource, propose_language
from notify.domain.plan import Step, Wording
from notify.store.circumstances import circumstances_of


@dataclass(frozen=True)
class Preview:
    """`steps` are what would be done; the rest is what they follow from. `evidence`: what a proposed language
    rests on; empty where somebody said it."""

    steps: tuple[Step, ...]
    language: str | None
    source: str
    evidence: str
    written: bool
    wording: str
    whereabouts: str
    facility: str
    address: str
    phone: bool
    email: bool


def preview_notice(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    person_id: uuid.UUID,
    kind: NoticeKind,
    wording_of: WordingOf,
) -> Preview | None:
    """The preview; None of somebody whose data was shredded. It is a look, and the ledger says so."""
    look_at_person(session, acting=acting, person_id=person_id, shown=False, reason=LookReason.COMMAND_LINE)
    known = circumstances_of(session, vault, [person_id]).get(person_id)
    if known is None:
        return None
    tag, source = known.language.tag, known.language.source
    guessed = propose_language(known.facts.nationality or "") if source is LanguageSource.PROPOSED else None
    return Preview(
        steps=steps_for(known, kind, wording_of),
        language=tag,
        source=source.value,
        evidence=guessed.evidence if guessed else "",
        written=bool(tag) and tag in LANGUAGES and LANGUAGES[tag].written,
        wording=(wording_of(kind, tag) if tag else Wording.NONE).value,
        whereabouts=known.whereabouts.value,
        facility=known.facility.value,
        address=known.address.value,
        phone=known.phone is not None and known.phone.consented,
        email=known.email is not None and known.email.consented,
    )
