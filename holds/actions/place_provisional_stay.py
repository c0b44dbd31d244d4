"""A provisional stay: an order uploaded, or a rule cited, by one person. It blocks at commit, alone."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.documents import keep_document
from holds.actions.place_hold import insert_hold, refuse_real_in_demo
from holds.actions.tasks import NewTask, raise_tasks
from holds.actions.verify_hold import VERIFY_HOLD
from holds.domain.hold import RULES, STAY_BASES, Basis
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now
from holds.store.ledger import tell
from holds.store.representation import Appearance
from holds.store.stays import Stay
from holds.store.vault import Vault, seal_json


class StayRefusedError(RefusedError):
    """The stay cannot be placed as asked; the message says what is missing."""


@dataclass(frozen=True, kw_only=True)
class StayForm:
    """The order as uploaded, or the rule (a key of `RULES`) that stays removal without one; never both.

    `appearance_id` where counsel asked: their verified appearance for this person. Times are aware.
    """

    basis: Basis
    document: bytes = b""
    media_type: str = "application/octet-stream"
    rule: str | None = None
    court: str = ""
    docket_number: str = ""
    issued_at: dt.datetime | None = None
    expires_at: dt.datetime | None = None
    appearance_id: uuid.UUID | None = None


def place_provisional_stay(
    session: Session, vault: Vault, *, acting: Acting, person_id: uuid.UUID, form: StayForm
) -> str:
    """Place the hold and return its reference; a second person's verification is asked for by a task."""
    require(acting, Verb.PLACE_HOLD)
    return place_stay(session, vault, acting=acting, person_id=person_id, form=form)


def place_stay(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    person_id: uuid.UUID,
    form: StayForm,
    link_id: uuid.UUID | None = None,
) -> str:
    """What `place_provisional_stay` does once staff may, and a link for its counsel (`link_id`)."""
    _check(session, form, person_id)
    refuse_real_in_demo(session, vault, person_id)
    key = vault.key(session, person_id)
    document = keep_document(session, vault, acting, key, content=form.document, media_type=form.media_type)
    cites = RULES[form.rule] if form.rule else f"Order, {form.basis.value.replace('_', ' ')}"
    hold_id, reference = insert_hold(session, vault, acting, person_id, form.basis, cites=cites)
    order = {"court": form.court.strip(), "docket_number": form.docket_number.strip()}
    row = {
        "hold_id": hold_id,
        "person_id": person_id,
        "rule": form.rule,
        "document_id": document.id if document else None,
        "asked_by": "counsel" if form.appearance_id else "duty_officer",
        "appearance_id": form.appearance_id,
        "link_id": link_id,
        "sealed_order": seal_json(key, "stay", "sealed_order", hold_id, order),
        "issued_at": form.issued_at,
        "expires_at": form.expires_at,
    }
    session.execute(insert(Stay), [row])
    tell(
        session,
        acting,
        "stay.placed",
        hold_id,
        person_id=person_id,
        codes={"rule": form.rule, "document_sha256": document.sha256.hex() if document else None},
        details=order,
        key=key,
    )
    second = NewTask(
        kind=VERIFY_HOLD,
        subject_id=hold_id,
        person_id=person_id,
        evidence={"basis": form.basis.value, "rule": form.rule},
    )
    raise_tasks(session, acting, [second])
    return reference


def _check(session: Session, form: StayForm, person_id: uuid.UUID) -> None:
    if form.basis not in STAY_BASES:
        raise StayRefusedError("A provisional stay rests on a stay, a restraining order or habeas.")
    if (form.rule is None) == (not form.document):
        raise StayRefusedError("Give the order as a file, or the rule that stays removal: one of the two.")
    if form.rule is not None and form.rule not in RULES:
        raise StayRefusedError(f"No such rule is known; one of: {', '.join(RULES)}.")
    if form.rule is not None and form.basis != Basis.AUTOMATIC_STAY:
        raise StayRefusedError("Only an automatic stay rests on a rule; for any other give the order.")
    if form.appearance_id is None:
        return
    appearance = session.get(Appearance, form.appearance_id)
    today = session.scalars(select(holdfast_now())).one().date()
    verified = (
        appearance is not None
        and appearance.person_id == person_id
        and appearance.verified_at is not None
        and (appearance.withdrawn_on is None or appearance.withdrawn_on > today)
    )
    if not verified:
        raise StayRefusedError(
            "This counsel's appearance for this person is not verified. Any duty officer may place the stay."
        )
