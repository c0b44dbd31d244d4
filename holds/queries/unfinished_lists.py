"""Imports that were interrupted."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.staff import Acting
from holds.store.exposures import SourceList


@dataclass(frozen=True)
class UnfinishedList:
    """A list that is half in."""

    reference: str
    kind: str
    started_at: dt.datetime


def unfinished_lists(session: Session, *, acting: Acting) -> list[UnfinishedList]:
    """The organisation's unfinished imports, the oldest first."""
    rows = session.execute(
        select(SourceList.reference, SourceList.kind, SourceList.started_at)
        .where(SourceList.state == "importing", SourceList.organisation_id == acting.organisation_id)
        .order_by(SourceList.started_at)
    )
    return [UnfinishedList(*row) for row in rows]
