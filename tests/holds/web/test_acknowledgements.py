"""A field officer's page: loading it confirms nothing, the officer's own form does."""

import csv
import re
from pathlib import Path

import pytest

from holds.actions.add_staff import add_staff
from holds.actions.import_facilities import import_facilities
from holds.actions.transmit_hold import transmit_holds
from holds.domain.staff import Role
from holds.queries.figures import figures
from holds.queries.transmissions import TransmissionFigures
from tests.holds.actions.lists import ADAMS, FACILITIES
from tests.holds.web.pages import ANA, BEN, EMBEDDED, Pages, put_on_record, words

pytestmark = EMBEDDED


@pytest.fixture
def sent(pages: Pages, tmp_path: Path) -> Pages:
    """Ana's hold is at the field office NOL and at Adams County; nobody has Ben's."""
    office, path = pages.office, tmp_path / "facilities.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([FACILITIES, ADAMS])
    import_facilities(office.database, acting=office.operator, path=path)
    put_on_record(office, office.operator, tmp_path, ANA, BEN)
    with office.database.transaction() as session:
        transmit_holds(session, office.vault, acting=office.operator)
        for login, place in (("nola", "NOL"), ("miami", "MIA")):
            office.credentials[login] = add_staff(
                session,
                acting=office.administrator,
                login=login,
                display_name=login.title(),
                role=Role.FIELD_OFFICER,
                office=place,
            )
    return pages


def standing(pages: Pages) -> TransmissionFigures:
    with pages.office.database.reading() as session:
        return figures(session, acting=pages.office.caseworker).transmissions


def test_an_officer_comes_to_the_holds_of_their_office_and_confirms_them(sent: Pages) -> None:
    assert sent.sign_in("nola").headers["Location"] == "/acknowledgements"
    page = sent.get("/acknowledgements")
    assert "Holds addressed to NOL" in words(page)
    assert "A900000001" in words(page)
    assert "PEREZ, ANA MARIA" in words(page)
    assert standing(sent) == TransmissionFigures(untransmitted=1, waiting=2, overdue=0, acknowledged=0)
    (reference,) = re.findall(r'name="reference" value="([^"]+)"', page.text)
    assert sent.post("/acknowledgements", reference=reference).status_code == 303
    assert standing(sent) == TransmissionFigures(untransmitted=1, waiting=1, overdue=0, acknowledged=1)
    assert "Nothing waits for your office" in words(sent.get("/acknowledgements"))
    (row,) = sent.ledger("hold.acknowledged")
    assert row.codes["office"] == "NOL"


def test_another_office_sees_nothing_and_confirms_nothing(sent: Pages) -> None:
    sent.sign_in("nola")
    (reference,) = re.findall(r'name="reference" value="([^"]+)"', sent.get("/acknowledgements").text)
    sent.sign_in("miami")
    assert "A900000001" not in sent.get("/acknowledgements").text
    assert sent.post("/acknowledgements", reference=reference).status_code == 400
    assert standing(sent).acknowledged == 0


def test_staff_who_are_no_field_officers_are_refused(sent: Pages) -> None:
    sent.sign_in("sunny")
    assert sent.get("/acknowledgements").status_code == 403
    assert sent.post("/acknowledgements", reference="X").status_code == 403


@pytest.mark.parametrize("time", ["tomorrow", "2026-13-45T10:00", "2099-01-01T00:00"])
def test_a_wrong_time_is_refused(sent: Pages, time: str) -> None:
    sent.sign_in("nola")
    (reference,) = re.findall(r'name="reference" value="([^"]+)"', sent.get("/acknowledgements").text)
    assert sent.post("/acknowledgements", reference=reference, communicated=time).status_code == 400
    assert standing(sent).acknowledged == 0


def test_today_says_how_many_nobody_has_acknowledged(sent: Pages) -> None:
    sent.wait(minutes=61)
    sent.sign_in("casey")
    page = words(sent.get("/"))
    assert "Sent, not acknowledged 2" in page
    assert "of these overdue 2" in page
    assert "Holds sent to nobody yet 1" in page
