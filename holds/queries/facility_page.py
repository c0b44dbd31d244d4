"""One facility of the directory: its names, where its mail goes, and what each list changed."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from holds.domain.staff import Acting, Verb, require
from holds.matching.facility_street import street_key
from holds.store.exposures import SourceList
from holds.store.ledger_rows import LedgerRow
from holds.store.places import Facility, FacilityName, FacilityStatement

VERBS = ("facility.added", "facility.amended")


@dataclass(frozen=True, kw_only=True)
class FacilityChange:
    """What one list did: `changed` fields, `was` their former codes, `rule` why its row was joined."""

    at: dt.datetime
    verb: str
    list_reference: str | None
    changed: tuple[str, ...]
    was: Mapping[str, str]
    rule: str | None
    agreed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FacilityBefore:
    """What a list said of a facility that does not stand now: `what` is `address`, `aor` or `operator`."""

    what: str
    value: str
    list_reference: str
    said_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class FacilityPage:
    """A facility as it stands, with every name a list gave it and by which list, oldest change first.

    `before`: addresses, areas and operators that lists said and that do not stand, the oldest first.
    """

    code: str | None
    name: str
    names: Mapping[str, str]
    address: str | None
    city: str | None
    state: str | None
    zip: str | None
    aor: str | None
    operator: str | None
    kind: str
    mailing: bool
    mail_to: str | None
    closed_on: dt.date | None
    before: tuple[FacilityBefore, ...]
    history: tuple[FacilityChange, ...]


def facility_pages(session: Session, text: str, *, acting: Acting) -> list[FacilityPage]:
    """The facilities of that code, or of that name in any list's words; closed ones too."""
    require(acting, Verb.MATCH)
    wanted = " ".join(text.split())
    named = select(FacilityName.facility_id).where(func.lower(FacilityName.name) == wanted.lower())
    found = session.scalars(
        select(Facility)
        .where(
            or_(
                Facility.detloc == wanted.upper(),
                func.lower(Facility.name) == wanted.lower(),
                Facility.id.in_(named),
            )
        )
        .order_by(Facility.name, Facility.id)
    ).all()
    lists = {one.id: one.reference for one in session.scalars(select(SourceList))} if found else {}
    return [_page(session, one, lists) for one in found]


def _page(session: Session, facility: Facility, lists: Mapping[uuid.UUID, str]) -> FacilityPage:
    names = session.execute(
        select(FacilityName.name, FacilityName.source_list_id)
        .where(FacilityName.facility_id == facility.id)
        .order_by(FacilityName.name)
    ).all()
    told = session.scalars(
        select(LedgerRow)
        .where(LedgerRow.verb.in_(VERBS), LedgerRow.subject_id == facility.id)
        .order_by(LedgerRow.id)
    ).all()
    return FacilityPage(
        code=facility.detloc,
        name=facility.name,
        names={name: lists[source] for name, source in names},
        address=facility.address,
        city=facility.city,
        state=facility.state,
        zip=facility.zip,
        aor=facility.aor,
        operator=facility.operator,
        kind=facility.kind,
        mailing=facility.mailing,
        mail_to=None if facility.mailing or not facility.aor else f"ERO field office {facility.aor}",
        closed_on=facility.closed_on,
        before=tuple(_before(session, facility, lists)),
        history=tuple(_changes(told, lists)),
    )


def _before(session: Session, facility: Facility, lists: Mapping[uuid.UUID, str]) -> Iterator[FacilityBefore]:
    """Each value once, by the list that said it last."""
    said = session.scalars(
        select(FacilityStatement)
        .where(FacilityStatement.facility_id == facility.id)
        .order_by(FacilityStatement.said_at, FacilityStatement.id)
    )
    last = {(what, value): one for one in said for what, value in _said(one).items() if value}
    now = _said(facility)
    for (what, value), one in last.items():
        if value != now[what] and not _same_street(what, one, facility):
            yield FacilityBefore(
                what=what, value=value, list_reference=lists[one.source_list_id], said_at=one.said_at
            )


def _same_street(what: str, one: FacilityStatement, facility: Facility) -> bool:
    return what == "address" and street_key(one.address) == street_key(facility.address) is not None


def _said(one: Facility | FacilityStatement) -> dict[str, str | None]:
    lines = (one.address, one.city, one.state, one.zip)
    address = ", ".join(part for part in lines if part) if one.address else None
    return {"address": address, "aor": one.aor, "operator": one.operator}


def _changes(told: Sequence[LedgerRow], lists: Mapping[uuid.UUID, str]) -> list[FacilityChange]:
    return [_change(row.at, row.verb, row.codes, lists) for row in told]


def _change(
    at: dt.datetime, verb: str, codes: Mapping[str, Any], lists: Mapping[uuid.UUID, str]
) -> FacilityChange:
    source = codes.get("list")
    return FacilityChange(
        at=at,
        verb=verb,
        list_reference=lists.get(uuid.UUID(source)) if source else None,
        changed=tuple(codes.get("changed", ())),
        was=dict(codes.get("was", {})),
        rule=codes.get("rule"),
        agreed=tuple(codes.get("agreed", ())),
    )
