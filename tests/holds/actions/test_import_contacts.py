"""Contacts are attached to the right person alone, sealed, and say no more than was consented to."""

import datetime as dt

import pytest
from sqlalchemy import select

from holds.store.base import holdfast_now
from holds.store.people import Contact, LanguageNote
from tests.holds.actions.lists import ANA, BEN, Lists, sums_up

WHO = ("A900000001", "PEREZ, ANA MARIA", "1990-04-25")
HOME = ("Spanish", "12 Quillfern St", "Waco", "TX", "76701", "(202) 555-0142", "ana@example.org")
CONSENT = ("Yes", "2023-01-10", "Person, in office", "2023-01-11", "18:00-21:00", "America/Chicago")
FULL = (*WHO, *HOME, *CONSENT)


@pytest.fixture
def known(lists: Lists) -> Lists:
    lists.people(ANA, BEN)
    return lists


def contacts(lists: Lists) -> dict[str, Contact]:
    with lists.office.database.reading() as session:
        return {contact.kind: contact for contact in session.scalars(select(Contact))}


def test_row_becomes_sealed_contacts_with_consent_and_confirmation(known: Lists) -> None:
    outcome = known.contacts(FULL)
    assert outcome.counts["imported"] == 1
    found = contacts(known)
    assert found.keys() == {"phone", "email", "post"}
    with known.office.database.reading() as session:
        key = known.office.vault.key(session, known.person("900000001"))
    opened = {
        kind: key.open("contact", "sealed_value", c.id, c.sealed_value).decode() for kind, c in found.items()
    }
    assert opened["phone"] == "+12025550142"
    assert opened["post"] == "12 Quillfern St\nWaco, TX 76701"
    phone = found["phone"]
    assert phone.consent_on == dt.date(2023, 1, 10)
    assert phone.sealed_confirmed_by is not None
    by = key.open("contact", "sealed_confirmed_by", phone.id, phone.sealed_confirmed_by).decode()
    assert (by, phone.confirmed_on) == ("Person, in office", dt.date(2023, 1, 11))
    assert (phone.safe_hours, phone.time_zone) == ("18:00-21:00", "America/Chicago")
    assert found["email"].consent_on is None, "consent to texts is no consent to e-mail"
    assert all(b"Quillfern" not in c.sealed_value for c in found.values())


def test_same_file_changes_nothing_and_a_stated_no_takes_consent_back(known: Lists) -> None:
    known.contacts(FULL)
    assert known.contacts(FULL).repeated
    assert known.contacts(FULL, FULL, name="twice.csv").counts["duplicates"] == 2
    silent = (*WHO, *HOME, "", "", "", "", "", "")
    assert known.contacts(silent, name="silent.csv").counts["duplicates"] == 1
    assert contacts(known)["phone"].consent_on is not None
    refused = (*WHO, *HOME, "No", *CONSENT[1:])
    assert known.contacts(refused, name="refused.csv").counts["updated"] == 1
    assert contacts(known)["phone"].consent_on is None
    assert known.count(Contact) == 3


def test_consent_taken_back_is_not_brought_back_by_an_older_file(known: Lists) -> None:
    known.contacts(FULL)
    known.contacts((*WHO, *HOME, "No", "2023-02-01", *CONSENT[2:]), name="no.csv")
    assert known.contacts((*WHO, *HOME, "Yes", "2023-01-20", *CONSENT[2:]), name="older.csv").counts[
        "duplicates"
    ]
    assert contacts(known)["phone"].consent_on is None
    known.contacts((*WHO, *HOME, "Yes", "2023-02-02", *CONSENT[2:]), name="later.csv")
    assert contacts(known)["phone"].consent_on == dt.date(2023, 2, 2)
    known.contacts((*WHO, *HOME, "No", "2023-01-25", *CONSENT[2:]), name="older-no.csv")
    assert contacts(known)["phone"].consent_on == dt.date(2023, 2, 2), "said before the consent"


def test_a_refusal_without_a_date_is_of_the_day_it_came(known: Lists) -> None:
    known.contacts((*WHO, *HOME, "No", "", *CONSENT[2:]), name="no.csv")
    known.contacts(FULL, name="older.csv")
    phone = contacts(known)["phone"]
    with known.office.database.reading() as session:
        today = session.scalars(select(holdfast_now())).one().date()
    assert (phone.consent_on, phone.consent_withdrawn_on) == (None, today)


def test_consent_or_confirmation_without_its_date_does_not_count(known: Lists) -> None:
    outcome = known.contacts((*WHO, *HOME, "Yes", "", "Counsel", "", "", ""))
    phone = contacts(known)["phone"]
    assert (phone.consent_on, phone.sealed_confirmed_by, phone.confirmed_on) == (None, None, None)
    assert outcome.counts["rows_to_mend"] == 1


WHOSE = (
    (("A900000001", "PEREZ, ANNA", "1990-04-25"), True),
    (("A900000001", "ZHOU, WEI", "1990-04-25"), True),
    (("A900000001", "PEREZ, ANA", "1960-01-31"), True),
    (("A900000001", "ZHOU, WEI", "1960-01-31"), False),
    (("A900000001", "ZHOU, WEI", ""), False),
    (("A900000001", "", ""), False),
    (("A900000077", "PEREZ, ANA MARIA", "1990-04-25"), False),
    (("", "PEREZ, ANA MARIA", "1990-04-25"), True),
    (("", "PEREZ, ANA MARIA", ""), False),
    (("A900000066", "NOBODY, KNOWN", "1970-05-31"), False),
)


def test_a_strangers_telephone_is_not_attached(known: Lists) -> None:
    for case, (who, attached) in enumerate(WHOSE):
        before = known.count(Contact)
        phone_alone = (*who, "", "", "", "", "", f"(202) 555-010{case}", "", *CONSENT)
        outcome = known.contacts(phone_alone, name=f"case-{case}.csv")
        assert known.count(Contact) - before == attached, who
        assert outcome.counts["rejected"] == (not attached), who
        assert sums_up(outcome)
    doubts = {task.detail: task.person_id for task in known.tasks("contact_doubt")}
    assert len(doubts) == 4, "the three disputed rows, and the right name under another number"
    assert set(doubts.values()) == {known.person("900000001")}


def test_family_may_share_a_telephone_and_no_index_tells_that_it_does(known: Lists) -> None:
    ben = ("A900000002", "OKORO, BEN", "1985-12-30", "", "", "", "", "", HOME[5], "", *CONSENT)
    known.contacts(FULL, ben)
    with known.office.database.reading() as session:
        marks = session.scalars(select(Contact.fingerprint).where(Contact.kind == "phone")).all()
    assert len(set(marks)) == 2


def test_language_stated_last_counts_even_when_it_is_an_earlier_one_again(known: Lists) -> None:
    for number, language in enumerate(("Spanish", "French", "Spanish")):
        zip_code = f"7670{number}"
        known.contacts((*WHO, language, *HOME[1:4], zip_code, *HOME[5:], *CONSENT), name=f"{number}.csv")
    with known.office.database.reading() as session:
        notes = session.scalars(select(LanguageNote).order_by(LanguageNote.noted_at)).all()
    assert [(note.tag, note.source) for note in notes] == [("fr", "stated"), ("es", "stated")]
