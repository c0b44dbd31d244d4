"""The letter that says that a hold has ended: planned once, approved, sent, and read as its reader would."""

import io
import re
import uuid

from pypdf import PdfReader
from sqlalchemy import select

from holds.store.gates import Hold
from notify.actions.approve_batch import approve_batch, find_batch
from notify.actions.envelope import wording_of
from notify.actions.open_spooled import open_spooled
from notify.actions.plan_notices import plan_everything
from notify.actions.send_due import send_due
from notify.actions.transport import spool_in, transport
from notify.settings import NoticeSettings
from notify.store.notices import Notice
from tests.conftest import OfficeAtWork


def the_person_is_told_once_that_the_hold_has_ended(office: OfficeAtWork, hold_id: uuid.UUID) -> None:
    """Planned again, nothing more is due; the letter does not say that the deportation is on hold."""
    database = office.database
    plan = plan_everything(database, acting=office.operator, wording_of=wording_of)
    assert plan.notices == {"hold_released": 1}
    assert not plan_everything(database, acting=office.operator, wording_of=wording_of).notices
    with database.reading() as session:
        notice = session.scalars(select(Notice).where(Notice.kind == "hold_released")).one()
        reference, told = notice.reference, notice.person_id
        assert told == session.get_one(Hold, hold_id).person_id

    assert plan.batch is not None
    with database.transaction() as session:
        approve_batch(
            session, acting=office.manager, batch_id=find_batch(session, plan.batch, acting=office.manager)
        )
    carried = transport(database, NoticeSettings(), office.home)
    sent = send_due(database, carried.channels, acting=office.operator, sender=carried.sender)
    assert sent["accepted"] == 1
    with database.transaction() as session:
        letter = open_spooled(
            session, office.vault, reference, acting=office.supervisor, spool=spool_in(office.home)
        )
    pages = PdfReader(io.BytesIO(letter.content)).pages
    text = " ".join(re.sub("[\u2068\u2069]", "", " ".join(page.extract_text() for page in pages)).split())
    assert "Your removal hold has ended. Talk with a lawyer today." in text
    assert "You may be deported if there is an order." in text
    assert "Your deportation is on hold" not in text
