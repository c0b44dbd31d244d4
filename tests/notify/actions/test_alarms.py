"""Alarms leave by themselves: to the contacts of a manifest, the office, counsel and whoever is on call."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from sqlalchemy import delete, select

from holds.actions.check_removal import answer_check
from holds.actions.manifests import ManifestError, report_departure
from holds.actions.questions import Question
from holds.domain.alarm_contact import Duty
from holds.store.ledger_rows import LedgerRow
from holds.store.manifests import Manifest
from holds.store.people import DataKey
from notify.channels.spool import SpoolChannel
from notify.content.unsafe_words import Channel, PersonWords, unsafe
from notify.domain.channel import Accepted, Channels, Outgoing, Rejected
from notify.domain.delivery import Carriage
from tests.notify.actions.alarming import Alarming
from tests.notify.actions.conftest import Provider

NUMBER = "900000007"


@pytest.fixture
def alarming(office: Any, record: Any) -> Alarming:
    return Alarming(office, record)


def nobody_hurt(texts: list[str]) -> bool:
    """No confidential word, no name, no number of a person in anything that was told."""
    person = PersonWords(names=("PEREZ, ANA MARIA",), a_numbers=(NUMBER,))
    return not any(unsafe(text, channel=Channel.SMS, language="en", person=person) for text in texts)


def refusing(record: Any, *addresses: str) -> Channels:
    """A provider that refuses some addresses for good; the spool for the rest."""
    spool = SpoolChannel(record.spool)

    def answer(out: Outgoing) -> Accepted:
        if out.address in addresses:
            raise Rejected("unknown.address")
        return spool.send(out)

    return dict.fromkeys((Carriage.EMAIL, Carriage.SMS, Carriage.VOICE), Provider(answer, name="spool"))


def test_everybody_named_on_a_manifest_is_told_when_a_line_turns_red(alarming: Alarming) -> None:
    """By e-mail, by a call and by a text; the line and the list, nothing of the person."""
    reference = alarming.manifest("900000001", NUMBER, contacts=("desk@example.org", "305 555 0142"))
    assert not alarming.look().decided.alarms
    alarming.listed(NUMBER)
    raised = alarming.look()
    assert (raised.red, raised.decided.alarms, raised.sent) == (1, 2, {"accepted": 3})
    told = alarming.told()
    assert {way.rsplit(" ", 1)[0] for way in told} == {
        "email desk@example.org",
        "voice +13055550142",
        "sms +13055550142",
    }
    for text in told.values():
        assert f"STOP. List {reference}, line 2: must not board." in text
        assert "1-800-555-0199" in text
    assert nobody_hurt(list(told.values()))
    assert not alarming.look().anything


def test_people_of_one_moment_are_told_together_and_each_once(alarming: Alarming) -> None:
    numbers = [f"9000001{n:02d}" for n in range(12)]
    reference = alarming.manifest(*numbers, contacts=("desk@example.org",))
    alarming.listed(numbers[0])
    alarming.listed(numbers[3])
    alarming.look()
    for number in numbers[4:]:
        alarming.listed(number)
    alarming.listed(numbers[1])
    assert alarming.look().red == 9
    first, second = alarming.words("desk@example.org")
    assert f"List {reference}, line 1, 4: must not board." in first
    assert f"9 people of list {reference} must not board." in second


def test_after_the_hour_of_leaving_they_must_get_off_and_after_departure_come_back(
    alarming: Alarming,
) -> None:
    person = alarming.listed(NUMBER)
    journey = alarming.manifest("900000044", contacts=("desk@example.org",), leaves_in=60)
    alarming.record.later(seconds=120)
    alarming.listed("900000044")
    alarming.look()
    with alarming.record.database.transaction() as session:
        report_departure(session, acting=alarming.office.officer, reference=journey, not_aboard=())
    alarming.look()
    assert person
    words = alarming.words("desk@example.org")
    assert [("get off" in text, "brought back" in text) for text in words] == [(True, False), (False, True)]


def test_a_contact_nobody_can_write_to_is_refused_with_the_manifest(alarming: Alarming) -> None:
    with pytest.raises(ManifestError, match="e-mail address, or a telephone number"):
        alarming.manifest(NUMBER, contacts=("desk@example.org", "the desk in Miami"))


def test_a_contact_that_cannot_be_opened_any_more_is_followed_by_whoever_is_on_call(
    alarming: Alarming,
) -> None:
    alarming.on_call("sunny", "sunny@example.org")
    alarming.manifest(NUMBER, contacts=("desk@example.org",))
    with alarming.record.database.transaction() as session:
        session.execute(delete(DataKey).where(DataKey.owner_id.in_(select(Manifest.id))))
    alarming.listed(NUMBER)
    assert alarming.look().sent == {"failed": 1, "accepted": 1}
    first, second = alarming.alarms()
    assert (second.follows_id, second.facts) == (first.id, first.facts)


def test_who_cannot_be_reached_is_followed_by_the_next_and_the_last_by_a_task(alarming: Alarming) -> None:
    alarming.on_call("sunny", "sunny@example.org")
    alarming.on_call("casey", "casey@example.org", rank=2)
    reference = alarming.manifest(NUMBER, contacts=("gone@example.org",))
    alarming.listed(NUMBER)
    channels = refusing(alarming.record, "gone@example.org", "sunny@example.org", "casey@example.org")
    for _ in range(3):
        alarming.look(channels)
    assert [alarm.facts["manifest"] for alarm in alarming.alarms()] == [reference] * 3
    assert len({alarm.follows_id for alarm in alarming.alarms()}) == 3
    (task,) = alarming.tasks("alarm_unreached")
    assert task.subject_id == alarming.alarms()[-1].id
    assert not alarming.look(channels).anything


def test_who_is_reached_by_one_way_of_two_is_reached(alarming: Alarming) -> None:
    alarming.on_call("sunny", "sunny@example.org")
    alarming.manifest(NUMBER, contacts=("305 555 0142",))
    alarming.listed(NUMBER)
    channels = {**alarming.spool(), Carriage.SMS: refusing(alarming.record, "+13055550142")[Carriage.SMS]}
    alarming.look(channels)
    assert len(alarming.alarms()) == 1
    assert alarming.tasks("alarm_unreached") == []


def test_an_office_is_sent_a_link_and_the_next_office_after_a_transfer(alarming: Alarming) -> None:
    adams, krome = alarming.record.facility("ADAMSMS"), alarming.record.facility("KROMEFL")
    alarming.in_area(adams, "NOL")
    alarming.in_area(krome, "MIA")
    for office in ("NOL", "MIA"):
        alarming.contact(Duty.FIELD_OFFICE, f"{office.lower()}@example.org", office=office)
    person = alarming.record.person(facility=adams)
    assert alarming.transmit() == 2
    alarming.look()
    (mail,) = alarming.words("nol@example.org")
    assert "Subject: Your office has a new message to confirm" in mail
    assert "Opening the link confirms nothing" in mail
    assert alarming.words("mia@example.org") == []
    assert [task.evidence["office"] for task in alarming.tasks("office_without_contact")] == ["ADAMSMS"]
    alarming.contact(Duty.FACILITY, "adams@example.org", office="adamsms")
    assert alarming.tasks("office_without_contact") == []
    alarming.record.moved(person, "detained", krome)
    assert alarming.transmit() == 2
    alarming.look()
    assert len(alarming.words("mia@example.org")) == 1
    assert len(alarming.words("nol@example.org")) == 1
    assert nobody_hurt(list(alarming.told().values()))


def test_counsel_is_told_of_a_refused_check_at_once_and_once_an_hour(alarming: Alarming) -> None:
    person, counsel = alarming.listed(NUMBER), alarming.record.counsel()
    alarming.record.appears(counsel, person)
    asked = Question(a_number=NUMBER)
    for _ in range(2):
        answer_check(alarming.record.database, acting=alarming.office.officer, question=asked)
        alarming.look()
    (mail,) = alarming.words("alex@example.org")
    assert "URGENT" in mail
    assert nobody_hurt([mail])
    alarming.record.later(seconds=3700)
    answer_check(alarming.record.database, acting=alarming.office.officer, question=asked)
    alarming.look()
    assert len(alarming.words("alex@example.org")) == 2


def test_counsel_of_each_who_may_have_been_meant_is_told_no_more_than_that(alarming: Alarming) -> None:
    """Two records bear one number; and somebody asked for under another number has a held person's name."""
    people = [alarming.listed(NUMBER, "PEREZ, ANA MARIA"), alarming.listed(NUMBER, "ROE, RUTH")]
    near = alarming.listed("900000222", "HAILE, ABEBA")
    other = alarming.listed("900000333", "OKORO, BEN")
    for place, person in enumerate((*people, near, other)):
        alarming.record.appears(
            alarming.record.counsel(f"Counsel {place}", f"counsel{place}@example.org"), person
        )
    database, acting = alarming.record.database, alarming.office.officer
    answer_check(database, acting=acting, question=Question(a_number=NUMBER))
    asked = Question(a_number="900555777", name="HAILE, ABEBA", birth_date="1990-04-25")
    answer_check(database, acting=acting, question=asked)
    alarming.look()
    for place in range(3):
        (mail,) = alarming.words(f"counsel{place}@example.org")
        assert "may be about your work" in mail
        assert nobody_hurt([mail])
    assert alarming.words("counsel3@example.org") == []
    alarming.record.later(seconds=3700)
    answer_check(database, acting=acting, question=dataclasses.replace(asked, a_number="900000222"))
    alarming.look()
    assert "Something about your work happened" in alarming.words("counsel2@example.org")[1]
    assert alarming.tasks("counsel_untold") == []


def test_a_near_match_without_counsel_is_the_judges_alone(alarming: Alarming) -> None:
    alarming.listed(NUMBER)
    asked = Question(a_number="900555777", name="PEREZ, ANA MARIA", birth_date="1990-04-25")
    answer_check(alarming.record.database, acting=alarming.office.officer, question=asked)
    alarming.look()
    assert alarming.tasks("counsel_untold") == []
    assert len(alarming.tasks("near_match")) == 1


@pytest.mark.parametrize(
    "appearance", [{"verified": False}, {"withdrawn": True}, {"scope": "custody_and_bond"}]
)
def test_counsel_who_may_not_know_is_told_nothing_and_it_is_a_task(
    alarming: Alarming, appearance: dict[str, Any]
) -> None:
    person, counsel = alarming.listed(NUMBER), alarming.record.counsel()
    alarming.record.appears(counsel, person, **appearance)
    answer_check(alarming.record.database, acting=alarming.office.officer, question=Question(a_number=NUMBER))
    alarming.look()
    assert alarming.told() == {}
    assert [task.person_id for task in alarming.tasks("counsel_untold")] == [person]


def test_alarms_carry_standing_approval_and_it_is_in_the_ledger(alarming: Alarming) -> None:
    alarming.manifest(NUMBER, contacts=("desk@example.org",))
    alarming.listed(NUMBER)
    alarming.look()
    with alarming.record.database.reading() as session:
        (row,) = session.scalars(select(LedgerRow).where(LedgerRow.verb == "alarm.planned"))
        sent = session.scalars(select(LedgerRow).where(LedgerRow.verb == "delivery.sent")).one()
        (alarm,) = alarming.alarms()
        caused_by = session.get_one(LedgerRow, alarm.cause_id)
    assert row.codes["approval"] == "standing"
    assert caused_by.verb == "manifest.turned_red"
    assert sent.codes["alarm"] == str(row.subject_id)
    assert dt.timedelta(0) <= sent.at - caused_by.at < dt.timedelta(seconds=5)
