"""After the alarm in writing: counsel of a refused check, and an office that let a hold wait."""

import io
from collections import Counter
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from holds.actions.acknowledge_hold import acknowledge_holds
from holds.actions.check_removal import answer_check
from holds.actions.climb_ladder import climb_ladder
from holds.actions.questions import Question
from holds.domain.staff import Role
from holds.store.transmissions import Transmission
from notify.actions.open_spooled import open_spooled
from notify.store.notices import Notice
from tests.notify.actions.alarming import Alarming
from tests.notify.actions.events import letters, planned

NUMBER = "900000007"


@pytest.fixture
def alarming(office: Any, record: Any) -> Alarming:
    return Alarming(office, record)


def test_counsel_has_every_alarm_about_a_client_in_writing_once(alarming: Alarming, outbox: Any) -> None:
    person, counsel = alarming.listed(NUMBER), alarming.record.counsel()
    alarming.record.appears(counsel, person)
    planned(alarming.record)
    for _ in range(2):
        answer_check(
            alarming.record.database, acting=alarming.office.officer, question=Question(a_number=NUMBER)
        )
        alarming.look()
    assert planned(alarming.record).notices == {"removal_attempt_alert": 1}
    assert planned(alarming.record).notices == Counter()
    with alarming.record.database.reading() as session:
        alert = session.scalars(select(Notice).where(Notice.kind == "removal_attempt_alert")).one()
        assert (alert.person_id, alert.counsel_id) == (person, counsel)
    outbox.approved()
    assert outbox.send()["accepted"] >= 1
    mail = opened(alarming, alert.reference)
    assert b"an urgent message for you about your work" in mail
    assert NUMBER.encode() not in mail


def waiting_hold(alarming: Alarming) -> None:
    """A hold that was sent to the facility and its field office, and that nobody confirmed for too long."""
    place = alarming.record.facility()
    alarming.in_area(place, "NEW ORLEANS")
    alarming.record.person(facility=place)
    assert alarming.transmit() == 2
    planned(alarming.record)
    alarming.record.later(seconds=2 * 3600)
    with alarming.record.database.transaction() as session:
        climb_ladder(session, acting=alarming.record.operator)


def test_an_office_that_lets_a_hold_wait_gets_it_on_paper(alarming: Alarming, outbox: Any) -> None:
    waiting_hold(alarming)
    assert planned(alarming.record).notices == {"hold_notice": 2}
    assert planned(alarming.record).notices == Counter()
    outbox.approved()
    assert outbox.send() == {"accepted": 3}, "the person's own letter, and one to either office"
    folders = {path.parent.name for path in alarming.record.spool.folder.rglob("*.sealed")}
    assert folders == {"ADAMSMS", "OFFICE-ADAMSMS", "OFFICE-NEW-ORLEANS"}
    pages = [opened(alarming, reference) for reference in letters(alarming.record, "hold_notice")]
    texts = [" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages) for pdf in pages]
    for text in texts:
        assert "Removal hold: do not remove this person" in text
        assert "November 2022" not in text, "whoever must not remove somebody need not know why"


def test_what_an_office_has_confirmed_does_not_follow_on_paper(alarming: Alarming, outbox: Any) -> None:
    waiting_hold(alarming)
    planned(alarming.record)
    outbox.approved()
    officer = alarming.staff("nola", Role.FIELD_OFFICER, "NEW ORLEANS")
    with alarming.record.database.transaction() as session:
        sent = session.scalars(
            select(Transmission.reference).where(Transmission.kind == "field_office")
        ).all()
        acknowledge_holds(session, acting=officer, references=sent)
    assert outbox.send() == {"accepted": 2, "superseded": 1}


def opened(alarming: Alarming, reference: str) -> bytes:
    with alarming.record.database.transaction() as session:
        found: bytes = open_spooled(
            session,
            alarming.record.database.vault,
            reference,
            acting=alarming.office.supervisor,
            spool=alarming.record.spool,
        ).content
    return found
