"""Each event calls for its notice once; a notice whose occasion is over leaves no more."""

import datetime as dt
import uuid
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from holds.actions.object_to_release import record_objection
from holds.actions.place_hold import place_hold
from holds.actions.record_service import dispute_services
from holds.domain.hold import Basis
from holds.store.base import holdfast_now
from holds.store.exposures import Exposure, Incident
from holds.store.gates import Hold
from holds.store.ledger import tell
from holds.store.ledger_rows import LedgerRow
from notify.actions.correct_notice import CorrectionRefusedError, correct_notice
from notify.content.particulars import Mistake
from notify.store.notices import Notice
from tests.notify.actions.events import goes_on, hold_of, letters, planned, served, told_and_sent

DAY = 24 * 3600


def nothing_more(record: Any) -> None:
    again = planned(record)
    assert (again.notices, again.deliveries, again.tasks) == (Counter(),) * 3


def test_a_move_is_told_to_whoever_was_served_and_a_later_move_instead(
    record: Any, outbox: Any, office: Any
) -> None:
    first, second, third = (record.facility(f"PLACE0{n}") for n in (1, 2, 3))
    person = told_and_sent(record, outbox, facility=first)
    served(record, office)
    goes_on(record, person, "detained", second, 2)
    assert planned(record).notices == {"custody_change": 1}
    nothing_more(record)
    goes_on(record, person, "detained", third, 3)
    assert planned(record).notices == {"custody_change": 1}
    outbox.approved()
    assert outbox.send() == {"superseded": 1, "accepted": 1}, "where they are not, nobody is told of it"


def test_a_move_before_service_is_a_further_round_and_no_notice_of_its_own(record: Any, outbox: Any) -> None:
    person = told_and_sent(record, outbox, facility=record.facility("PLACE01"))
    goes_on(record, person, "detained", record.facility("PLACE02"), 2)
    assert planned(record).notices == {"exposure_notice": 1}


@pytest.mark.parametrize("status", ["released", "removed"])
def test_who_is_let_out_or_removed_is_told_whether_served_or_not(
    record: Any, outbox: Any, status: str
) -> None:
    person = told_and_sent(record, outbox, facility=record.facility())
    record.contact(person, "post", "5 Example Road\nTown, NY 10001", safe=True)
    goes_on(record, person, status, None, 2)
    kind = "custody_change" if status == "released" else "return_assistance"
    summary = planned(record)
    assert summary.notices == {kind: 1}
    assert summary.deliveries["letter.full"] >= 1
    nothing_more(record)


def test_who_is_detained_again_is_told(record: Any, outbox: Any, office: Any) -> None:
    first = record.facility()
    person = told_and_sent(record, outbox, facility=first)
    served(record, office)
    goes_on(record, person, "released", None, 2)
    goes_on(record, person, "detained", first, 5)
    assert planned(record).notices == {"custody_change": 1}
    outbox.approved()
    assert outbox.send() == {"accepted": 1}


def test_rights_are_told_again_every_fortnight_until_service(record: Any, outbox: Any, office: Any) -> None:
    told_and_sent(record, outbox, facility=record.facility())
    record.later(seconds=13 * DAY)
    nothing_more(record)
    for number in (1, 2):
        record.later(seconds=15 * DAY)
        assert planned(record).notices == {"rights_reminder": 1}
        nothing_more(record)
        outbox.approved()
        assert outbox.send() == {"accepted": 1}
        assert len(letters(record, "rights_reminder")) == number
    record.later(seconds=15 * DAY)
    assert planned(record).notices == {"rights_reminder": 1}
    served(record, office)
    outbox.approved()
    assert outbox.send() == {"superseded": 1}, "who was served is not reminded"
    record.later(seconds=60 * DAY)
    assert planned(record).notices["rights_reminder"] == 0


def test_who_cannot_be_reached_is_a_task_and_gets_no_reminders(record: Any) -> None:
    record.person(status="released")
    assert planned(record).tasks == {"no_safe_way": 1}
    record.later(seconds=60 * DAY)
    nothing_more(record)


def test_the_last_week_of_the_window_is_told_once_and_not_when_disputed(
    record: Any, outbox: Any, office: Any
) -> None:
    person = told_and_sent(record, outbox, facility=record.facility())
    served(record, office)
    record.later(seconds=22 * DAY)
    nothing_more(record)
    record.later(seconds=2 * DAY)
    assert planned(record).notices == {"window_notice": 1}
    nothing_more(record)
    outbox.approved()
    with record.database.transaction() as session:
        dispute_services(
            session, office.vault, acting=office.caseworker, person_id=person, disputed_by="person"
        )
    assert outbox.send() == {"superseded": 1}, "nobody's days run by now"


def test_a_further_disclosure_is_told_as_one_and_served_with_a_slip(
    record: Any, outbox: Any, office: Any
) -> None:
    person = told_and_sent(record, outbox, facility=record.facility())
    exposed_again(record, person)
    assert planned(record).notices == {"further_disclosure": 1}
    nothing_more(record)
    outbox.approved()
    assert outbox.send() == {"accepted": 1}
    served(record, office, "further_disclosure")


def test_news_of_a_hold_that_goes_on(record: Any, outbox: Any, office: Any) -> None:
    person = told_and_sent(record, outbox, facility=record.facility())
    with record.database.transaction() as session:
        place_hold(
            session,
            office.vault,
            acting=office.officer,
            person_id=person,
            basis=Basis.CIRCUIT_STAY,
            cites="No. 23-0000",
        )
    with record.database.transaction() as session:
        record_objection(
            session,
            acting=office.caseworker,
            hold_id=hold_of(record, person),
            objector="person",
            received_at=session.scalars(select(holdfast_now())).one(),
        )
    assert planned(record).notices == {"update": 2}
    nothing_more(record)
    outbox.approved()
    assert outbox.send() == {"accepted": 2}


def test_a_wrong_letter_is_corrected_to_the_person_and_to_counsel(
    record: Any, outbox: Any, office: Any
) -> None:
    person = told_and_sent(record, outbox, facility=record.facility())
    (wrong,) = letters(record, "exposure_notice")
    with record.database.transaction() as session:
        with pytest.raises(CorrectionRefusedError):
            correct_notice(session, acting=office.operator, reference="NO-SUCH", mistakes=[Mistake.DATE])
        correct_notice(session, acting=office.operator, reference=wrong, mistakes=[Mistake.DATE])
    record.appears(record.counsel(), person)
    assert planned(record).notices == {"correction": 2, "counsel_notice": 1}
    nothing_more(record)
    outbox.approved()
    assert outbox.send() == {"accepted": 3}
    served(record, office, "correction")


def test_nobody_is_told_that_a_hold_is_on_which_has_ended(
    record: Any, outbox: Any, office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A move, a removal and a correction say that the hold goes on; when it does not, they do not leave."""
    moved = told_and_sent(record, outbox, facility=record.facility())
    (wrong,) = letters(record, "exposure_notice")
    with record.database.transaction() as session:
        correct_notice(session, acting=office.operator, reference=wrong, mistakes=[Mistake.DATE])
    record.contact(moved, "post", "5 Example Road\nTown, NY 10001", safe=True)
    goes_on(record, moved, "released", None, 2)
    assert planned(record).notices == {"correction": 1, "custody_change": 1}
    outbox.approved()
    monkeypatch.setattr("notify.store.occasions.active_bases", lambda *_: {})
    assert outbox.send().keys() == {"superseded"}
    monkeypatch.setattr("notify.actions.correct_notice.active_bases", lambda *_: {})
    with pytest.raises(CorrectionRefusedError, match="a human"), record.database.transaction() as session:
        correct_notice(session, acting=office.operator, reference=wrong, mistakes=[Mistake.DATE])


def test_each_notice_is_planned_in_the_ledger(record: Any, outbox: Any) -> None:
    person = told_and_sent(record, outbox, facility=record.facility())
    goes_on(record, person, "removed", None, 2)
    planned(record)
    with record.database.reading() as session:
        notice = session.scalars(select(Notice).where(Notice.kind == "return_assistance")).one()
        row = session.scalars(
            select(LedgerRow).where(LedgerRow.verb == "notice.planned", LedgerRow.subject_id == notice.id)
        ).one()
        cause = session.get_one(LedgerRow, notice.cause_id)
    assert (row.codes["kind"], row.person_id) == ("return_assistance", person)
    assert (cause.verb, cause.person_id) == ("custody.changed", person)


def exposed_again(record: Any, person: uuid.UUID) -> None:
    """The same person on the list of a later incident, with its hold."""
    with record.database.transaction() as session:
        by = record.operator.organisation_id
        incident_id = record.put(
            session,
            Incident,
            name="Told to a government",
            occurred_at=dt.datetime(2022, 12, 7, 15, tzinfo=dt.UTC),
            seen_by="own_government",
            fields=["name"],
            recorded_by=record.operator.id,
            organisation_id=by,
        )
        hold_id = record.put(
            session,
            Hold,
            person_id=person,
            epoch=2,
            basis="incident",
            incident_id=incident_id,
            organisation_id=by,
            placed_by=record.operator.id,
        )
        exposure_id = record.put(
            session, Exposure, person_id=person, incident_id=incident_id, hold_id=hold_id, fields=["name"]
        )
        tell(session, record.operator, "exposure.recorded", exposure_id, person_id=person)
