"""A person's page tells their story in order, from the leak to the hold release."""

import datetime as dt
import uuid
from pathlib import Path

import pytest

from holds.domain.staff import NotAllowedError
from holds.queries.people import NobodyError, find_person, person_page
from holds.queries.person_view import PersonPage
from tests.conftest import OfficeAtWork
from tests.holds.queries.story import Subject, subject, tell_story
from tests.holds.web.pages import ANA, BEN, put_on_record


def _page(office: OfficeAtWork, person_id: uuid.UUID, *, show: bool = False) -> PersonPage:
    with office.database.reading() as session:
        return person_page(session, office.vault, person_id, acting=office.caseworker, show=show)


@pytest.fixture
def ana(office: OfficeAtWork, tmp_path: Path) -> Subject:
    put_on_record(office, office.operator, tmp_path, ANA, BEN)
    return subject(office, "900000001")


def test_a_new_person_is_blocked_and_must_be_served(office: OfficeAtWork, ana: Subject) -> None:
    page = _page(office, ana.person_id)
    assert page.blocked
    told = {str(event.title) for event in page.timeline}
    assert told == {"Data disclosed", "Hold placed: Incident", "In custody"}
    assert "prove the service" in str(page.what_next)
    assert page.days_held is None


def test_the_whole_way_to_the_release_is_told_in_order(office: OfficeAtWork, ana: Subject) -> None:
    tell_story(office, ana)
    page = _page(office, ana.person_id)
    told = [str(event.title) for event in page.timeline]
    order = [
        "Data disclosed",
        "Hold placed: Incident",
        "Removal check: blocked",
        "Refused as a ground for release",
        "Notice served, proven",
        "Hold release proposed",
        "Proposed release served on the person",
        "Hold release refused",
        "Hold released: Incident",
        "Removal check: no active hold",
    ]
    places = [told.index(title) for title in order]
    assert places == sorted(places)
    refusals = [str(e.sentence) for e in page.timeline if str(e.title) == "Refused as a ground for release"]
    assert "The order is older than the leak: the court could not have considered it." in refusals
    assert [event.at for event in page.timeline] == sorted(event.at for event in page.timeline)
    assert not page.blocked
    assert str(page.what_next).startswith("No hold is active.")
    (hold,) = page.holds
    assert hold.ended_by == "Sunny"
    assert {span.lane for span in page.spans} == {"hold", "custody"}


def test_masked_and_shown_differ_in_just_what_names_the_person(office: OfficeAtWork, ana: Subject) -> None:
    masked, shown = _page(office, ana.person_id), _page(office, ana.person_id, show=True)
    assert masked.identity.name == "A. M. P."
    assert masked.identity.a_numbers == ("A***-***-001",)
    assert (masked.identity.nationality, masked.identity.birth_dates) == (None, ())
    assert shown.identity.name == "PEREZ, ANA MARIA"
    assert shown.identity.a_numbers == ("A900-000-001",)
    assert shown.identity.birth_dates == ("1990-04-25",)
    assert "PEREZ" not in repr(shown)


def test_finding_is_for_those_who_may_look(office: OfficeAtWork, ana: Subject) -> None:
    with office.database.reading() as session:
        (found,) = find_person(session, office.vault, "A 900 000 001", acting=office.caseworker)
        assert (found.person_id, found.blocked, found.name) == (ana.person_id, True, "A. M. P.")
        assert find_person(session, office.vault, "", acting=office.caseworker) == ()
        with pytest.raises(NotAllowedError):
            find_person(session, office.vault, "900000001", acting=office.officer)
        with pytest.raises(NotAllowedError):
            person_page(session, office.vault, ana.person_id, acting=office.officer)
        with pytest.raises(NobodyError):
            person_page(session, office.vault, uuid.uuid4(), acting=office.caseworker)


def test_days_in_custody_are_counted(office: OfficeAtWork, ana: Subject) -> None:
    with office.database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE custody SET since = '2022-10-01'")
    page = _page(office, ana.person_id)
    assert page.days_held == (page.as_of.date() - dt.date(2022, 10, 1)).days
