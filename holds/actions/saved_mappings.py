"""How the columns of one source are understood, kept under a name and used again for its next file."""

import re
import uuid
from collections.abc import Mapping

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from holds.domain.staff import Acting
from holds.intake.problem import IntakeError
from holds.store.base import holdfast_now
from holds.store.exposures import SavedMapping
from holds.store.ledger import tell

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def saved_mapping(session: Session, *, acting: Acting, kind: str, name: str) -> dict[str, str] | None:
    """Field -> heading as kept under the name by the organisation; None where there is none yet."""
    if not _NAME.fullmatch(name):
        raise IntakeError(
            "map.name", "Name a mapping with up to 40 letters, digits, dots and dashes, such as ero-daily."
        )
    fields = session.scalar(select(SavedMapping.fields).where(*_this(acting, kind, name)))
    return None if fields is None else {field: str(heading) for field, heading in fields.items()}


def save_mapping(
    session: Session,
    *,
    acting: Acting,
    kind: str,
    name: str,
    fields: Mapping[str, str],
    list_id: uuid.UUID,
) -> None:
    """Keep a mapping that was confirmed; one of the same name is replaced, the same one left alone."""
    known = saved_mapping(session, acting=acting, kind=kind, name=name)
    if known == dict(fields):
        return
    said = {"fields": dict(fields), "saved_by": acting.id, "saved_at": holdfast_now()}
    if known is None:
        row = {"organisation_id": acting.organisation_id, "kind": kind, "name": name, **said}
        session.execute(insert(SavedMapping).values(**row))
    else:
        session.execute(update(SavedMapping).where(*_this(acting, kind, name)).values(**said))
    codes = {"kind": kind, "fields": sorted(fields), "new": known is None}
    tell(session, acting, "mapping.saved", list_id, codes=codes)


def _this(acting: Acting, kind: str, name: str) -> tuple[ColumnElement[bool], ...]:
    return (
        SavedMapping.organisation_id == acting.organisation_id,
        SavedMapping.kind == kind,
        SavedMapping.name == name,
    )
