"""Giving up an import that can never be finished, once another has taken its place."""

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session, aliased

from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now
from holds.store.exposures import SourceList
from holds.store.ledger import tell


class AbandonRefusedError(RefusedError):
    """The list stays unfinished, and everyone blocked; the message says what is missing."""


def abandon_list(session: Session, *, acting: Acting, reference: str) -> None:
    """Close an unfinished import of which nobody has the file any more.

    Only when a later import of the same kind (and incident) was finished: until somebody has imported the
    whole list, whoever stood in the lost part would be answered `not_on_record`. Nobody is let go by it.
    """
    require(acting, Verb.IMPORT)
    lost = session.scalar(
        select(SourceList).where(
            SourceList.reference == reference.strip().upper(),
            SourceList.organisation_id == acting.organisation_id,
            SourceList.state == "importing",
        )
    )
    if lost is None:
        raise AbandonRefusedError(f"No unfinished import has the reference {reference}.")
    later = aliased(SourceList)
    finished = exists().where(
        later.kind == lost.kind,
        later.incident_id.is_not_distinct_from(lost.incident_id),
        later.state == "done",
        later.started_at > lost.started_at,
    )
    if not session.scalar(select(finished)):
        raise AbandonRefusedError(
            "Import the whole list again first, from whatever file there is; then this one can be given up."
        )
    session.execute(
        update(SourceList)
        .where(SourceList.id == lost.id)
        .values(state="abandoned", finished_at=holdfast_now())
    )
    tell(session, acting, "list.abandoned", lost.id, codes={"kind": lost.kind})
