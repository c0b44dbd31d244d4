"""Who is moved before the letter was served is told again where they are, once a move."""

import uuid
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from holds.actions.note_language import LanguageRefusedError, SaidBy, note_language
from holds.store.base import holdfast_now
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Task
from holds.store.places import Facility
from notify.actions.envelope import wording_of
from notify.actions.plan_notices import PlanSummary, plan_everything
from notify.actions.serve_notice import serve_notice
from notify.queries.coverage import coverage
from notify.store.deliveries import Attempt, Delivery
from notify.store.notices import Notice
from tests.proven import PROVEN


def planned(record: Any) -> PlanSummary:
    return plan_everything(record.database, acting=record.operator, wording_of=wording_of)


def sent(record: Any, outbox: Any, place: uuid.UUID) -> uuid.UUID:
    """Somebody whose full letter waits at the place."""
    person: uuid.UUID = record.person(facility=place)
    outbox.approved()
    assert outbox.send() == {"accepted": 1}
    return person


def rounds(record: Any) -> list[tuple[int, str | None]]:
    with record.database.reading() as session:
        rows = session.execute(
            select(Notice.round, Delivery.state)
            .outerjoin(Delivery, Delivery.notice_id == Notice.id)
            .order_by(Notice.round)
        )
        return [(row[0], row[1]) for row in rows]


def outcome(record: Any) -> str:
    with record.database.reading() as session:
        people = coverage(session, acting=record.operator).people
    (found,) = (name for name, number in people.items() if number)
    return found


def served(record: Any, office: Any, number: int) -> None:
    with record.database.transaction() as session:
        reference = session.scalars(select(Notice.reference).where(Notice.round == number)).one()
        when = session.scalars(select(holdfast_now())).one()
        serve_notice(
            session, office.vault, acting=office.caseworker, reference=reference, act=PROVEN, served_at=when
        )


def test_a_letter_follows_whoever_was_transferred(record: Any, outbox: Any) -> None:
    person = sent(record, outbox, record.facility("ADAMSMS"))
    assert outcome(record) == "sent_in_full"
    record.moved(person, "detained", record.facility("BAKERFL"))
    assert planned(record).notices == Counter(exposure_notice=1)
    assert rounds(record) == [(1, "accepted"), (2, "planned")]
    assert outcome(record) == "on_its_way"
    assert outbox.send() == {}, "a further round needs its approval as well"
    outbox.approved()
    assert outbox.send() == {"accepted": 1}
    letters = {path.parent.name: path.name for path in record.spool.folder.rglob("*.sealed")}
    assert letters.keys() == {"ADAMSMS", "BAKERFL"}
    assert letters["ADAMSMS"] != letters["BAKERFL"], "each has a reference of its own"
    assert outcome(record) == "sent_in_full"
    again = planned(record)
    assert (again.notices, again.deliveries, again.tasks) == (Counter(),) * 3


def test_each_move_makes_one_more_round(record: Any, outbox: Any) -> None:
    first, second = record.facility("ADAMSMS"), record.facility("BAKERFL")
    person = sent(record, outbox, first)
    for place in (second, first):
        record.moved(person, "detained", place)
        outbox.approved()
        assert outbox.send() == {"accepted": 1}
        planned(record)
    assert rounds(record) == [(1, "accepted"), (2, "accepted"), (3, "accepted")]


def test_who_stays_or_leaves_custody_gets_no_further_round(record: Any, outbox: Any) -> None:
    with record.database.transaction() as session:
        unlisted = record.put(
            session,
            Facility,
            detloc=None,
            name="Example County Jail",
            city="Natchez",
            state="MS",
            zip="39120",
            address="1 Example Road",
            kind="jail",
            mailing=True,
            source_list_id=record.list_id,
        )
    person = sent(record, outbox, unlisted)
    record.moved(person, "detained", unlisted)
    assert planned(record).notices == Counter()
    record.moved(person, "released")
    assert planned(record).notices == Counter()


def test_whoever_was_moved_where_no_mail_arrives_waits_for_a_human(record: Any, outbox: Any) -> None:
    person = sent(record, outbox, record.facility("ADAMSMS"))
    record.moved(person, "detained", record.facility("HOTEL01", mailing=False))
    planned(record)
    assert outcome(record) == "waiting_for_human"
    with record.database.reading() as session:
        assert session.scalars(select(Task.kind)).all() == ["facility_takes_no_mail"]
    assert planned(record).tasks == Counter()


def test_a_letter_that_came_back_follows_too(record: Any, outbox: Any) -> None:
    person = sent(record, outbox, record.facility("ADAMSMS"))
    with record.database.transaction() as session:
        session.scalars(select(Delivery)).one().state = "returned"
    record.moved(person, "detained", record.facility("BAKERFL"))
    outbox.approved()
    assert outbox.send() == {"accepted": 1}
    assert outcome(record) == "sent_in_full"


def test_who_was_served_is_not_told_again(record: Any, outbox: Any, office: Any) -> None:
    person = sent(record, outbox, record.facility("ADAMSMS"))
    served(record, office, 1)
    record.moved(person, "detained", record.facility("BAKERFL"))
    assert planned(record).notices == Counter()
    assert outcome(record) == "served"


def test_service_of_the_first_letter_withdraws_the_second(record: Any, outbox: Any, office: Any) -> None:
    person = sent(record, outbox, record.facility("ADAMSMS"))
    record.moved(person, "detained", record.facility("BAKERFL"))
    outbox.approved()
    served(record, office, 1)
    assert rounds(record) == [(1, "served"), (2, "superseded")]
    assert outcome(record) == "served"
    outbox.approved()
    assert outbox.send() == {}


def says(record: Any, office: Any, person: uuid.UUID, language: str, said_by: SaidBy) -> str:
    with record.database.transaction() as session:
        return note_language(
            session, acting=office.caseworker, person_id=person, language=language, said_by=said_by
        )


def test_a_letter_in_the_wrong_language_follows_in_the_persons_own(
    record: Any, outbox: Any, office: Any
) -> None:
    person = sent(record, outbox, record.facility("ADAMSMS"))
    assert says(record, office, person, "Portuguese (Brazil)", SaidBy.CASEWORKER) == "pt"
    assert planned(record).notices == Counter(exposure_notice=1)
    outbox.approved()
    assert outbox.send() == {"accepted": 1}
    with record.database.reading() as session:
        assert session.scalars(select(Attempt.language).order_by(Attempt.id)).all() == ["es", "pt"]
    assert planned(record).notices == Counter()
    # The person's own word counts before others', who may say what they like after it.
    says(record, office, person, "ht", SaidBy.PERSON)
    says(record, office, person, "fr", SaidBy.COUNSEL)
    assert planned(record).notices == Counter(exposure_notice=1)
    outbox.approved()
    outbox.send()
    with record.database.reading() as session:
        assert session.scalars(select(Attempt.language).order_by(Attempt.id)).all()[-1] == "ht"
        told = session.scalars(select(LedgerRow.verb).where(LedgerRow.verb.like("language.%"))).all()
    assert sorted(told) == ["language.noted", "language.noted", "language.stated"]
    assert planned(record).notices == Counter()


def test_a_language_we_cannot_write_is_an_interpreters_task(record: Any, outbox: Any, office: Any) -> None:
    person = sent(record, outbox, record.facility("ADAMSMS"))
    says(record, office, person, "Mam", SaidBy.PERSON)
    assert planned(record).tasks == Counter(oral_interpretation=1)
    assert planned(record).notices == Counter()
    with pytest.raises(LanguageRefusedError):
        says(record, office, person, "the usual", SaidBy.CASEWORKER)
