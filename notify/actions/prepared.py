"""Looking again at what was claimed: is this way still right, who is the recipient now, what does it say."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask
from holds.store.base import holdfast_now
from holds.store.sealing import SealBrokenError
from holds.store.vault import Vault
from notify.actions.envelope import Envelope, Recipient, Stopped, fill, wording_of
from notify.actions.steps import OFFICE_STEPS, steps_for, steps_for_counsel
from notify.domain.channel import Sender
from notify.domain.delivery import State
from notify.domain.kinds import NoticeKind
from notify.domain.plan import ForHuman, Planned, Step, TaskKind
from notify.store.circumstances import circumstances_of
from notify.store.due_notices import OF_EXPOSURE, counsel_cards, still_told
from notify.store.outbox import Claimed
from notify.store.subjects import Subject, postures_of, subjects_of
from notify.store.told_once import covered_exposures


@dataclass(frozen=True)
class Ready:
    """A claimed delivery, rendered for where its recipient is now."""

    claimed: Claimed
    envelope: Envelope


@dataclass(frozen=True)
class Dropped:
    """A claimed delivery that must not be attempted: what becomes of it, and what a human has to do."""

    claimed: Claimed
    state: State
    code: str
    doubts: tuple[NewTask, ...]


def prepare(
    session: Session, vault: Vault, claimed: Sequence[Claimed], sender: Sender
) -> list[Ready | Dropped]:
    """Decide and render, with the same rules as the plan: contacts are resolved now, and not before.

    What cannot be read (a broken seal, a file that is gone) becomes a task, and takes no other along.
    """
    try:
        return _prepared(session, vault, claimed, sender)
    except (SealBrokenError, OSError) as error:
        if len(claimed) == 1:
            return [_stopped(claimed[0], Stopped(TaskKind.DELIVERY_FAILED, unreadable(error)))]
    return [made for one in claimed for made in prepare(session, vault, [one], sender)]


def unreadable(error: SealBrokenError | OSError) -> str:
    """A code for what could not be read; it names no file and nobody."""
    return "seal.broken" if isinstance(error, SealBrokenError) else f"system.{type(error).__name__}"


def _prepared(
    session: Session, vault: Vault, claimed: Sequence[Claimed], sender: Sender
) -> list[Ready | Dropped]:
    now = session.scalars(select(holdfast_now())).one()
    subjects = subjects_of(session, [one.told for one in claimed])
    known = circumstances_of(session, vault, [one.person_id for one in claimed if one.person_id])
    postures = postures_of(session, {pid: one.key for pid, one in known.items()})
    pairs = [(s.counsel_id, s.person_id) for s in subjects.values() if s.counsel_id]
    counsel = [counsel_id for counsel_id, _ in pairs]
    cards, keys = counsel_cards(session, vault, counsel), vault.keys(session, counsel)
    told = still_told(session, pairs)
    covered = covered_exposures(session)
    made: list[Ready | Dropped] = []
    for one in claimed:
        subject = subjects[one.told]
        of_person = known.get(subject.person_id)
        card = cards.get(subject.counsel_id) if subject.counsel_id else None
        if subject.past:
            made.append(Dropped(one, State.SUPERSEDED, "occasion.past", ()))
            continue
        if subject.kind is NoticeKind.HOLD_NOTICE:
            steps = OFFICE_STEPS
        elif subject.counsel_id:
            in_force = (subject.counsel_id, subject.person_id) in told
            steps = steps_for_counsel(card, may_be_told=in_force)
        else:
            steps = steps_for(of_person, subject.kind, wording_of)
        if subject.exposure_id in covered and subject.kind.value in OF_EXPOSURE:
            # Two records became one after both were planned: the other's notice tells the person of it.
            made.append(Dropped(one, State.SUPERSEDED, "told.on_other_record", ()))
            continue
        step = _still_right(one, steps)
        if step is None or of_person is None:
            made.append(_superseded(one, subject, steps))
            continue
        recipient = Recipient(
            known=of_person,
            posture=postures.get(subject.person_id),
            card=card,
            card_key=keys.get(subject.counsel_id) if subject.counsel_id else None,
        )
        envelope = fill(subject, recipient, step, sender, now)
        made.append(_stopped(one, envelope) if isinstance(envelope, Stopped) else Ready(one, envelope))
    return made


def _still_right(one: Claimed, steps: tuple[Step, ...]) -> Planned | None:
    for step in steps:
        if isinstance(step, Planned) and (step.carriage, step.form) == (one.carriage, one.form):
            return step
    return None


def _superseded(one: Claimed, subject: Subject, steps: tuple[Step, ...]) -> Dropped:
    doubts = tuple(
        NewTask(
            kind=step.kind.value,
            subject_id=one.told,
            person_id=one.person_id,
            detail=step.detail,
            evidence={"notice_kind": subject.kind.value},
        )
        for step in steps
        if isinstance(step, ForHuman)
    )
    return Dropped(one, State.SUPERSEDED, "circumstances.changed", doubts)


def _stopped(one: Claimed, stopped: Stopped) -> Dropped:
    doubt = NewTask(
        kind=stopped.kind.value,
        subject_id=one.told,
        person_id=one.person_id,
        detail=stopped.code,
        evidence={"carriage": one.carriage.value, "form": one.form.value},
    )
    return Dropped(one, State.FAILED, stopped.code, (doubt,))
