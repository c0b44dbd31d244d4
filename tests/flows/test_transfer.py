"""A daily custody file moves somebody: her holds go to the new office, and her letter follows her."""

from pathlib import Path

import pytest
from sqlalchemy import select

from holds.actions.transmit_hold import transmit_holds
from holds.store.transmissions import Transmission, TransmissionEnd
from notify.actions.approve_batch import approve_batch
from notify.actions.envelope import wording_of
from notify.actions.plan_notices import plan_everything
from notify.actions.send_due import send_due
from notify.actions.transport import transport
from notify.queries.coverage import coverage
from notify.settings import NoticeSettings
from notify.store.notices import Batch, Notice
from tests.conftest import OfficeAtWork
from tests.holds.actions.lists import ADAMS, ANA, Lists

BAKER = ("BAKERFL", "Baker County Facility", "1 Sheriff Rd", "Macclenny", "FL", "32063", "MIA", "", "", "")
HERS = ("A900-000-001", "PEREZ, ANA MARIA", "1990-04-25")


@pytest.fixture
def lists(office: OfficeAtWork, tmp_path: Path) -> Lists:
    folder = tmp_path / "lists"
    folder.mkdir()
    made = Lists(office, folder)
    made.register()
    made.facilities(ADAMS, BAKER)
    made.people(ANA)
    made.custody((*HERS, "Detained", "ADAMSMS", "C-3", "2022-12-01", ""))
    return made


def test_a_transfer_sends_the_hold_and_the_letter_after_her(lists: Lists, tmp_path: Path) -> None:
    office = lists.office
    assert sent_to(office) == {"NOL", "ADAMSMS"}
    assert letters_sent(office, tmp_path) == 1
    lists.custody((*HERS, "Transferred", "BAKERFL", "A-1", "2022-12-05", ""), name="next day.csv")
    assert sent_to(office) == {"MIA", "BAKERFL"}
    with office.database.reading() as session:
        ended = set(session.scalars(select(Transmission.office).join(TransmissionEnd)))
    assert ended == {"NOL", "ADAMSMS"}, "the old office and facility are no longer waited for"
    assert letters_sent(office, tmp_path) == 1, "what was not served there is handed over here"
    assert letters_sent(office, tmp_path) == 0
    with office.database.reading() as session:
        assert set(session.scalars(select(Notice.round))) == {1, 2}
        assert coverage(session, acting=office.operator).people["sent_in_full"] == 1


def sent_to(office: OfficeAtWork) -> set[str]:
    """The offices that her holds wait at, after whatever is due was sent."""
    with office.database.transaction() as session:
        transmit_holds(session, office.vault, acting=office.operator)
    with office.database.reading() as session:
        over = select(TransmissionEnd.transmission_id)
        return set(session.scalars(select(Transmission.office).where(Transmission.id.not_in(over))))


def letters_sent(office: OfficeAtWork, home: Path) -> int:
    """How many more letters went to the spool, once planned and approved."""
    database, operator = office.database, office.operator
    plan_everything(database, acting=operator, wording_of=wording_of)
    with database.transaction() as session:
        for batch_id in session.scalars(select(Batch.id)).all():
            approve_batch(session, acting=office.manager, batch_id=batch_id)
    ways = transport(database, NoticeSettings(), home)
    done = send_due(database, ways.channels, acting=operator, sender=ways.sender)
    return done["accepted"]
