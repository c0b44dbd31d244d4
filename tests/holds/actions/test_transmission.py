"""Holds reach the office that has the person, stay with it until an officer confirms, and climb if not."""

import datetime as dt
import uuid
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from holds.actions.acknowledge_hold import AcknowledgementRefusedError, acknowledge_holds, read_inbox
from holds.actions.add_staff import add_staff
from holds.actions.climb_ladder import climb_ladder
from holds.actions.credentials import acting_of
from holds.actions.judge import confirm_judgement, judge, raise_doubt
from holds.actions.place_hold import place_hold
from holds.actions.transmit_hold import Sent, transmit_holds
from holds.domain.hold import Basis
from holds.domain.judgement import DoubtKind, Verdict
from holds.domain.staff import Acting, NotAllowedError, Role
from holds.domain.transmission import Rung
from holds.queries.transmissions import TransmissionFigures, transmission_figures, waiting_offices
from holds.store.base import holdfast_now
from holds.store.demo_time import move_clock
from holds.store.engine import refusal_code
from holds.store.ledger_rows import LedgerRow
from holds.store.staff import Actor
from holds.store.transmissions import Acknowledgement, Transmission, TransmissionRung
from tests.holds.actions.lists import ADAMS, ANA, BEN, CLEO, Lists

KROME = ("KROMEFL", "Krome North", "18201 SW 12th St", "Miami", "FL", "33194", "MIA", "", "", "")


@pytest.fixture
def held(lists: Lists) -> Lists:
    """Ana and Ben at Adams County (New Orleans), Cleo at a place nobody knows."""
    lists.facilities(ADAMS, KROME)
    lists.people(ANA, BEN, CLEO)
    return lists


def officer(lists: Lists, office: str | None, role: Role = Role.FIELD_OFFICER) -> Acting:
    login = f"officer-{uuid.uuid4().hex[:6]}"
    with lists.office.database.transaction() as session:
        admin = lists.office.administrator
        add_staff(session, acting=admin, login=login, display_name=login, role=role, office=office)
        return acting_of(session.scalars(select(Actor).where(Actor.login == login)).one())


def send(lists: Lists) -> Sent:
    with lists.office.database.transaction() as session:
        return transmit_holds(session, lists.office.vault, acting=lists.office.operator)


def climb(lists: Lists, after: dt.timedelta = dt.timedelta(0)) -> int:
    with lists.office.database.transaction() as session:
        if after:
            move_clock(session, after)
        return climb_ladder(session, acting=lists.office.operator)


def figures(lists: Lists) -> TransmissionFigures:
    with lists.office.database.reading() as session:
        return transmission_figures(session, lists.office.operator.organisation_id)


def inbox(lists: Lists, who: Acting) -> dict[str, str]:
    """Reference by A-number of what waits for the officer."""
    with lists.office.database.transaction() as session:
        read = read_inbox(session, lists.office.vault, acting=who)
    return {number: line.reference for line in read.lines for number in line.a_numbers}


def confirm(lists: Lists, who: Acting, *references: str, at: dt.datetime | None = None) -> int:
    with lists.office.database.transaction() as session:
        return acknowledge_holds(session, acting=who, references=references, communicated_at=at)


def verbs(lists: Lists) -> Counter[str]:
    with lists.office.database.reading() as session:
        return Counter(session.scalars(select(LedgerRow.verb)))


def test_holds_of_an_import_go_to_field_office_and_facility_once(held: Lists) -> None:
    assert figures(held).untransmitted == 3
    assert send(held) == Sent(sent=4, ended=0, nobody=1, more=False)
    assert send(held).sent == 0
    assert figures(held) == TransmissionFigures(untransmitted=1, waiting=4, overdue=0, acknowledged=0)
    with held.office.database.reading() as session:
        offices = {o.office: o.waiting for o in waiting_offices(session, acting=held.office.caseworker)}
    assert offices == {"NOL": 2, "ADAMSMS": 2}
    assert verbs(held)["hold.transmitted"] == 4
    (lost,) = held.tasks("hold_without_office")
    assert lost.person_id == held.person("900000003")


def test_a_hold_of_one_merged_record_goes_where_the_other_says_they_are(held: Lists) -> None:
    """Cleo, of whom no place is known, turns out to be Ana."""
    send(held)
    office = held.office
    with office.database.transaction() as session:
        pair = {"subject_id": held.person("900000001"), "other_id": held.person("900000003")}
        doubt = raise_doubt(session, acting=office.caseworker, kind=DoubtKind.SAME_PERSON, **pair)
        said: dict[str, Any] = {"doubt_id": doubt, "verdict": Verdict.POSITIVE, "reason": "same photograph"}
        judge(session, office.vault, acting=office.caseworker, **said)
        confirm_judgement(session, office.vault, acting=office.supervisor, doubt_id=doubt)
    assert send(held) == Sent(sent=2, ended=0, nobody=0, more=False)
    assert send(held) == Sent(sent=0, ended=0, nobody=0, more=False)
    assert figures(held).untransmitted == 0
    assert held.tasks("hold_without_office") == []
    assert "900000003" in inbox(held, officer(held, "NOL"))


def test_reading_confirms_nothing_and_is_told_as_a_look(held: Lists) -> None:
    send(held)
    who = officer(held, "nol")
    assert set(inbox(held, who)) == {"900000001", "900000002"}
    assert figures(held).waiting == 4
    assert verbs(held)["hold.transmission_read"] == 2
    assert verbs(held)["hold.acknowledged"] == 0


def test_an_officer_of_the_office_confirms_by_name_and_the_facility_still_waits(held: Lists) -> None:
    send(held)
    who = officer(held, "NOL")
    reference = inbox(held, who)["900000001"]
    assert confirm(held, who, reference) == 1
    assert confirm(held, who, reference) == 0
    assert set(inbox(held, who)) == {"900000002"}
    assert set(inbox(held, officer(held, "ADAMSMS"))) == {"900000001", "900000002"}
    with held.office.database.reading() as session:
        kept = session.scalars(select(Acknowledgement)).one()
    assert kept.acknowledged_by == who.id
    assert kept.communicated_at == kept.acknowledged_at
    assert figures(held) == TransmissionFigures(1, 3, 0, 1)


def test_nobody_else_confirms(held: Lists) -> None:
    send(held)
    reference = inbox(held, officer(held, "NOL"))["900000001"]
    with pytest.raises(AcknowledgementRefusedError, match="Not all of these"):
        confirm(held, officer(held, "MIA"), reference)
    with pytest.raises(AcknowledgementRefusedError, match="no office"):
        confirm(held, officer(held, None), reference)
    for other in (officer(held, "NOL", Role.SUPERVISOR), held.office.operator):
        with pytest.raises(NotAllowedError):
            confirm(held, other, reference)
    assert figures(held).acknowledged == 0


@pytest.mark.parametrize("who", ["MIA", None, "supervisor", "inactive"])
def test_the_database_itself_refuses_another_office(held: Lists, who: str | None) -> None:
    """Past every action."""
    send(held)
    role = Role.SUPERVISOR if who == "supervisor" else Role.FIELD_OFFICER
    other = officer(held, "NOL" if who in {"supervisor", "inactive"} else who, role)
    with held.office.database.transaction() as session:
        if who == "inactive":
            session.get_one(Actor, other.id).active = False
            session.flush()
        sent = session.scalars(select(Transmission).where(Transmission.office == "NOL")).first()
        assert sent is not None
        now = session.scalars(select(holdfast_now())).one()
        row = {"transmission_id": sent.id, "acknowledged_by": other.id, "communicated_at": now}
        with pytest.raises(IntegrityError) as caught, session.begin_nested():
            session.execute(insert(Acknowledgement), [row])
        assert refusal_code(caught.value) == "transmission.not_of_this_office"


def test_the_time_communicated_is_kept_and_lies_between_placing_and_now(held: Lists) -> None:
    send(held)
    who = officer(held, "NOL")
    reference = inbox(held, who)["900000001"]
    with held.office.database.transaction() as session:
        move_clock(session, dt.timedelta(minutes=20))
        now = session.scalars(select(holdfast_now())).one()
    for wrong in (now + dt.timedelta(hours=1), now - dt.timedelta(hours=1)):
        with pytest.raises(AcknowledgementRefusedError, match="must lie between"):
            confirm(held, who, reference, at=wrong)
    by_phone = now - dt.timedelta(minutes=10)
    confirm(held, who, reference, at=by_phone)
    with held.office.database.reading() as session:
        assert session.scalars(select(Acknowledgement.communicated_at)).one() == by_phone


def test_a_hold_placed_later_is_sent_too(held: Lists) -> None:
    send(held)
    with held.office.database.transaction() as session:
        acting, ana = held.office.caseworker, held.person("900000001")
        place_hold(
            session, held.office.vault, acting=acting, person_id=ana, basis=Basis.TRO, cites="1:26-cv-9"
        )
    assert send(held) == Sent(sent=2, ended=0, nobody=1, more=False)


def test_a_transfer_opens_it_for_the_new_office_and_coming_back_opens_it_again(held: Lists) -> None:
    send(held)
    first, second = officer(held, "NOL"), officer(held, "MIA")
    reference = inbox(held, first)["900000001"]
    confirm(held, first, reference)
    unread = inbox(held, first)["900000002"]
    for row in (ANA, BEN):
        held.custody((*row[:3], "Transferred", "KROMEFL", "", "2026-01-02", ""))
    assert send(held) == Sent(sent=4, ended=4, nobody=1, more=False)
    assert inbox(held, first) == {}
    assert set(inbox(held, second)) == {"900000001", "900000002"}
    with pytest.raises(AcknowledgementRefusedError, match="transferred"):
        confirm(held, first, unread)
    held.custody((*ANA[:3], "Transferred", "ADAMSMS", "", "2026-01-03", ""))
    assert send(held).sent == 2
    again = inbox(held, first)
    assert set(again) == {"900000001"}
    assert again["900000001"] != reference


def test_the_released_stay_with_the_office_that_released_them(held: Lists) -> None:
    held.custody((*ANA[:3], "Released", "", "", "2026-01-02", ""))
    send(held)
    with held.office.database.reading() as session:
        sent = session.scalars(
            select(Transmission).where(Transmission.person_id == held.person("900000001"))
        ).one()
    assert (sent.kind, sent.office, sent.detained) == ("field_office", "NOL", False)
    assert sent.due_at - sent.transmitted_at == dt.timedelta(hours=24)


def test_an_overdue_hold_climbs_every_rung_once(held: Lists) -> None:
    send(held)
    assert climb(held) == 0
    assert climb(held, dt.timedelta(minutes=61)) == 4
    assert climb(held) == 0
    assert figures(held).overdue == 4
    assert {task.detail for task in held.tasks("hold_unacknowledged")} == {Rung.ADDRESSEE_AGAIN}
    assert len(held.tasks("hold_unacknowledged")) == 2  # one alarm an office, with how many it is about
    assert {task.evidence["holds"] for task in held.tasks("hold_unacknowledged")} == {2}
    assert climb(held, dt.timedelta(minutes=15)) == 4
    assert climb(held, dt.timedelta(hours=3)) == 8
    assert climb(held, dt.timedelta(days=30)) == 0
    rungs = {task.detail for task in held.tasks("hold_unacknowledged")}
    assert rungs == {rung.value for rung in Rung}
    with held.office.database.reading() as session:
        raised = Counter(session.scalars(select(TransmissionRung.rung)))
    assert raised == dict.fromkeys((rung.value for rung in Rung), 4)


def test_alarms_end_when_all_of_the_office_is_confirmed(held: Lists) -> None:
    send(held)
    who = officer(held, "NOL")
    climb(held, dt.timedelta(minutes=61))
    waiting = inbox(held, who)
    confirm(held, who, waiting["900000001"])
    assert {task.evidence["office"] for task in held.tasks("hold_unacknowledged")} == {"NOL", "ADAMSMS"}
    confirm(held, who, waiting["900000002"])
    assert {task.evidence["office"] for task in held.tasks("hold_unacknowledged")} == {"ADAMSMS"}
    assert climb(held, dt.timedelta(minutes=15)) == 2


def test_a_confirmed_hold_does_not_climb(held: Lists) -> None:
    send(held)
    for office in ("NOL", "ADAMSMS"):
        who = officer(held, office)
        confirm(held, who, *inbox(held, who).values())
    assert climb(held, dt.timedelta(days=2)) == 0


def test_the_database_refuses_a_rung_before_it_is_overdue(held: Lists) -> None:
    send(held)
    with held.office.database.transaction() as session:
        sent = session.scalars(select(Transmission.id)).first()
        with pytest.raises(IntegrityError) as caught, session.begin_nested():
            session.execute(insert(TransmissionRung), [{"transmission_id": sent, "rung": "duty_desk"}])
        assert refusal_code(caught.value) == "transmission.not_overdue"


def test_a_long_list_is_sent_in_pieces(held: Lists) -> None:
    found = []
    for _ in range(3):
        with held.office.database.transaction() as session:
            found.append(transmit_holds(session, held.office.vault, acting=held.office.operator, most=2))
    assert [(sent.sent, sent.more) for sent in found] == [(2, True), (2, False), (0, False)]
