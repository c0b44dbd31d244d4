"""The letters about the end of a hold: proposed, and ended; planned once, and read as their reader would."""

import io
import re
import uuid

from pypdf import PdfReader
from sqlalchemy import select

from holds.store.demo_time import database_time
from holds.store.gates import Hold
from notify.actions.approve_batch import approve_batch, find_batch
from notify.actions.envelope import wording_of
from notify.actions.open_spooled import open_spooled
from notify.actions.plan_notices import plan_everything
from notify.actions.send_due import send_due
from notify.actions.serve_notice import serve_notice
from notify.actions.transport import spool_in, transport
from notify.settings import NoticeSettings
from notify.store.notices import Notice
from tests.conftest import OfficeAtWork
from tests.proven import PROVEN


def to_the_person(office: OfficeAtWork, hold_id: uuid.UUID, kind: str) -> str:
    """The reference of the one notice of a kind to the person whose hold it is; counsel has a copy."""
    with office.database.reading() as session:
        notices = session.scalars(select(Notice).where(Notice.kind == kind)).all()
        person_id = session.get_one(Hold, hold_id).person_id
    assert {notice.person_id for notice in notices} == {person_id}
    assert any(notice.counsel_id for notice in notices)
    (own,) = (notice.reference for notice in notices if notice.counsel_id is None)
    return own


def the_proposal_is_told_and_served_with_its_slip(office: OfficeAtWork, hold_id: uuid.UUID) -> None:
    """The seven days run from the slip of the very letter that told of the proposal."""
    plan_everything(office.database, acting=office.operator, wording_of=wording_of)
    assert not plan_everything(office.database, acting=office.operator, wording_of=wording_of).notices
    reference = to_the_person(office, hold_id, "release_proposed")
    with office.database.transaction() as session:
        served = serve_notice(
            session,
            office.vault,
            acting=office.caseworker,
            reference=reference,
            act=PROVEN,
            served_at=database_time(session),
        )
    assert served.missing == ()


def the_person_is_told_once_that_the_hold_has_ended(office: OfficeAtWork, hold_id: uuid.UUID) -> None:
    """Planned again, nothing more is due; the letter does not say that the deportation is on hold."""
    database = office.database
    plan = plan_everything(database, acting=office.operator, wording_of=wording_of)
    assert plan.notices.keys() == {"hold_released"}
    assert not plan_everything(database, acting=office.operator, wording_of=wording_of).notices
    reference = to_the_person(office, hold_id, "hold_released")

    assert plan.batch is not None
    with database.transaction() as session:
        approve_batch(
            session, acting=office.manager, batch_id=find_batch(session, plan.batch, acting=office.manager)
        )
    carried = transport(database, NoticeSettings(), office.home)
    sent = send_due(database, carried.channels, acting=office.operator, sender=carried.sender)
    assert sent["accepted"] == plan.deliveries.total()
    with database.transaction() as session:
        letter = open_spooled(
            session, office.vault, reference, acting=office.supervisor, spool=spool_in(office.home)
        )
    pages = PdfReader(io.BytesIO(letter.content)).pages
    text = " ".join(re.sub("[\u2068\u2069]", "", " ".join(page.extract_text() for page in pages)).split())
    assert "Your removal hold has ended. Talk with a lawyer today." in text
    assert "You may be deported if there is an order." in text
    assert "Your deportation is on hold" not in text
