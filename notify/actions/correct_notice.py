"""Saying that a notice was wrong, and in what: the correction is planned from the ledger row of this."""

from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.held import active_bases
from holds.store.ledger import tell
from notify.content.particulars import Mistake
from notify.store.deliveries import Delivery
from notify.store.due_moves import GIVEN
from notify.store.ended_holds import CORRECTED
from notify.store.notices import Notice
from notify.store.rounds import LEFT
from notify.store.told_once import TELLS


class CorrectionRefusedError(RefusedError):
    """There is nothing to correct; the message says why."""


def correct_notice(
    session: Session, *, acting: Acting, reference: str, mistakes: Collection[Mistake]
) -> None:
    """Note that a person's notice said something wrong. Right facts must be on record first: the correction
    is written from the record as it is then."""
    require(acting, Verb.PLAN_NOTICES)
    if not mistakes:
        raise CorrectionRefusedError("Say what was wrong in the notice.")
    left = exists().where(Delivery.notice_id == Notice.id, Delivery.state.in_([*LEFT, *GIVEN]))
    notice = session.scalar(
        select(Notice).where(
            Notice.reference == reference.strip().upper(),
            Notice.organisation_id == acting.organisation_id,
            Notice.counsel_id.is_(None),
            Notice.kind.in_(TELLS),
            left,
        )
    )
    if notice is None:
        raise CorrectionRefusedError(
            f"No notice {reference} to a person has left; one that has not is written anew when it leaves."
        )
    if not active_bases(session, {notice.person_id}).get(notice.person_id):
        raise CorrectionRefusedError(
            "No hold of this person is active any more, and a correction would say that one is: "
            "a human must write to them."
        )
    codes = {"mistakes": sorted(mistake.value for mistake in mistakes)}
    tell(session, acting, CORRECTED, notice.id, person_id=notice.person_id, codes=codes)
