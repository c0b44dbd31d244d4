"""Whose letter left in one language before another was noted as theirs: it is due again, in theirs."""

import uuid

from sqlalchemy import exists, or_
from sqlalchemy.orm import Session, aliased

from holds.store.people import LanguageNote
from notify.domain.kinds import NoticeKind
from notify.store.deliveries import Attempt
from notify.store.notices import Notice
from notify.store.rounds import Cause, letters_out


def misread_people(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """Full letters that were not served and left before a language other than theirs was noted, for the next
    round. What the person states counts; what others note, only as long as the person stated none."""
    stated = aliased(LanguageNote)
    rows = session.execute(
        letters_out(organisation_id)
        .join(LanguageNote, LanguageNote.person_id == Notice.person_id)
        .where(
            LanguageNote.noted_at > Attempt.started_at,
            LanguageNote.tag != Attempt.language,
            or_(
                LanguageNote.source == "stated",
                (LanguageNote.source == "noted")
                & ~exists().where(stated.person_id == LanguageNote.person_id, stated.source == "stated"),
            ),
        )
        .order_by(Notice.id)
        .limit(limit)
    )
    causes = {
        row.cause_id: Cause(
            row.cause_id,
            row.person_id,
            row.exposure_id,
            round=row.round + 1,
            kind=NoticeKind(row.kind),
        )
        for row in rows
        if row.exposure_id
    }
    return list(causes.values())
