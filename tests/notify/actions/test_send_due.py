"""What leaves, where it lies, and what does not leave."""

import datetime as dt
import stat
from typing import Any

from sqlalchemy import select

from holds.store.people import Task
from notify.actions.open_spooled import open_spooled
from notify.store.deliveries import Attempt, Delivery
from notify.store.notices import Notice


def states(record: Any) -> set[tuple[str, str, str]]:
    with record.database.reading() as session:
        return {(row.carriage, row.form, row.state) for row in session.scalars(select(Delivery))}


def raised(record: Any) -> set[tuple[str, str]]:
    with record.database.reading() as session:
        return {(task.kind, task.detail) for task in session.scalars(select(Task))}


def files(record: Any) -> list[str]:
    root = record.spool.folder
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_letters_lie_sealed_by_facility(record: Any, office: Any, outbox: Any) -> None:
    person = record.person(facility=record.facility("ADAMSMS"), name="GARCIA, JORGE")
    outbox.approved()
    assert outbox.send() == {"accepted": 1}
    with record.database.reading() as session:
        notice = session.scalars(select(Notice).where(Notice.person_id == person)).one()
    assert files(record) == [f"letters/ADAMSMS/{notice.reference}.full.pdf.sealed"]
    path = record.spool.folder / files(record)[0]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"%PDF" not in path.read_bytes()
    with record.database.transaction() as session:
        opened = open_spooled(
            session, record.database.vault, notice.reference, acting=office.operator, spool=record.spool
        )
    assert opened.content.startswith(b"%PDF-")
    assert outbox.send() == {}


def test_nothing_leaves_unapproved(record: Any, outbox: Any) -> None:
    outbox.approved()
    record.person(facility=record.facility())
    assert outbox.send() == {}
    assert not record.spool.folder.exists()


def test_released_people_get_what_is_safe(record: Any, outbox: Any) -> None:
    person = record.person(status="released", nationality="GH", name="MENSAH, KOFI")
    record.contact(person, "post", "5 Example Road\nTown, NY 10001", safe=False)
    record.contact(person, "phone", "+12125550100", safe=True, consent=True)
    record.contact(person, "email", "kofi@example.org", safe=True, consent=True)
    outbox.approved()
    assert outbox.send() == {"accepted": 3}
    assert [name.split("/")[:2] for name in files(record)] == [
        ["letters", "POST"],
        ["messages", "email"],
        ["messages", "sms"],
    ]
    with record.database.transaction() as session:
        reference = session.scalars(select(Notice.reference)).one()
        sms = open_spooled(
            session,
            record.database.vault,
            reference,
            acting=record.operator,
            spool=record.spool,
            carriage="sms",
        ).content.decode()
    assert sms.startswith("To: +12125550100\n")
    for telling in ("kofi", "mensah", "ghana", "asylum", "detention"):
        assert telling not in sms.casefold()


def test_address_is_where_the_person_is_when_it_is_sent(record: Any, outbox: Any) -> None:
    person = record.person(facility=record.facility("ADAMSMS"))
    outbox.approved()
    record.moved(person, "detained", record.facility("BAKERFL"))
    outbox.send()
    assert [name.split("/")[1] for name in files(record)] == ["BAKERFL"]


def test_a_way_that_no_longer_fits_is_not_taken(record: Any, outbox: Any) -> None:
    inside, room = record.facility("ADAMSMS"), record.facility("HOTEL01", mailing=False)
    person = record.person(facility=inside)
    outbox.approved()
    record.moved(person, "detained", room)
    assert outbox.send() == {"superseded": 1}
    assert raised(record) == {("facility_takes_no_mail", "")}
    record.moved(person, "detained", inside)
    outbox.approved()
    assert outbox.send() == {"accepted": 1}


def test_the_address_confirmed_last_is_the_one_written_to(record: Any, outbox: Any) -> None:
    person = record.person(status="released")
    record.contact(person, "post", "6 New Road\nTown, NY 10001", safe=True, on=dt.date(2023, 5, 1))
    record.contact(person, "post", "5 Old Road\nTown, NY 10001", safe=True, on=dt.date(2022, 12, 1))
    outbox.approved()
    assert outbox.send() == {"accepted": 1}
    with record.database.reading() as session:
        attempt = session.scalars(select(Attempt)).one()
        key = record.database.vault.key(session, person)
    address = key.open("delivery_attempt", "sealed_address", attempt.id, attempt.sealed_address)
    assert b"6 New Road" in address


def test_the_full_letter_leaves_the_neutral_one_be(record: Any, outbox: Any, office: Any) -> None:
    person = record.person(status="released")
    record.contact(person, "post", "5 Example Road\nTown, NY 10001", safe=False)
    outbox.approved()
    outbox.send()
    (neutral,) = files(record)
    before = (record.spool.folder / neutral).read_bytes()
    record.contact(person, "post", "6 Example Road\nTown, NY 10001", safe=True)
    outbox.approved()
    assert outbox.send() == {"accepted": 1}
    assert len(files(record)) == 2
    assert (record.spool.folder / neutral).read_bytes() == before
    reference = neutral.split("/")[2].split(".")[0]
    with record.database.transaction() as session:
        opened = open_spooled(
            session, record.database.vault, reference, acting=office.operator, spool=record.spool
        )
    assert opened.name.endswith(".full.pdf")


def test_counsel_who_withdrew_hears_nothing(record: Any, outbox: Any) -> None:
    person = record.person(status="released")
    appearance = record.appears(record.counsel(), person)
    outbox.approved()
    record.withdraws(appearance)
    assert outbox.send() == {"superseded": 1}
    assert not record.spool.folder.exists()


def test_counsel_gets_a_message_that_tells_nothing(record: Any, outbox: Any) -> None:
    person = record.person(status="released", name="GARCIA, JORGE")
    record.appears(record.counsel(email="alex@example.org"), person)
    outbox.approved()
    assert outbox.send() == {"accepted": 1}
    with record.database.transaction() as session:
        notice = session.scalars(select(Notice).where(Notice.kind == "counsel_notice")).one()
        mail = open_spooled(
            session, record.database.vault, notice.reference, acting=record.operator, spool=record.spool
        ).content.decode()
    assert "alex@example.org" in mail
    assert notice.code in mail
    assert "garcia" not in mail.casefold()


def test_a_name_that_is_a_listed_word_becomes_a_task(record: Any, outbox: Any) -> None:
    record.person(facility=record.facility(), name="ASILO, MARIA")
    outbox.approved()
    assert outbox.send() == {"failed": 1}
    assert raised(record) == {("unsafe_words", "name_is_listed_word")}
    assert not record.spool.folder.exists()
    with record.database.reading() as session:
        assert session.scalars(select(Attempt.id)).all() == []


def test_one_letter_that_cannot_be_set_takes_no_other_along(record: Any, outbox: Any) -> None:
    inside = record.facility()
    record.person(facility=inside, name="EXAMPLE, \U00013000")
    for _ in range(12):
        record.person(facility=inside)
    outbox.approved()
    assert outbox.send() == {"accepted": 12, "failed": 1}
    assert raised(record) == {("delivery_failed", "letter.missing_glyph")}


def test_no_personal_data_in_attempts(record: Any, outbox: Any) -> None:
    person = record.person(status="released")
    record.contact(person, "post", "5 Secret Road", safe=True)
    outbox.approved()
    outbox.send()
    with record.database.reading() as session:
        attempt = session.scalars(select(Attempt)).one()
    assert b"Secret" not in attempt.sealed_address
    assert attempt.carrier == "letter"
