"""The link in an office's mail: it leads through the sign-in to that very hold, and confirms nothing."""

import re
from dataclasses import replace
from typing import Any

import pytest

from holds.domain.alarm_contact import Duty
from holds.domain.staff import Role
from holds.web.application import make_application
from holds.web.settings import WebSettings
from tests.holds.web.pages import Pages, words
from tests.notify.actions.alarming import Alarming

MAIL = "nol@example.org"


@pytest.fixture
def alarming(office: Any, record: Any) -> Alarming:
    """New Orleans has a mailbox and an officer; Adams County is in its area."""
    record.sender = replace(record.sender, pages_address="pages.example.org")
    made = Alarming(office, record)
    made.contact(Duty.FIELD_OFFICE, MAIL, office="NOL")
    made.staff("nola", Role.FIELD_OFFICER, office="NOL")
    made.staff("miami", Role.FIELD_OFFICER, office="MIA")
    return made


@pytest.fixture
def adams(alarming: Alarming) -> Any:
    facility = alarming.record.facility("ADAMSMS")
    alarming.in_area(facility, "NOL")
    return facility


@pytest.fixture
def pages(alarming: Alarming) -> Pages:
    office = alarming.office
    key = office.vault.ring.active("session").secret
    app = make_application(office.database, WebSettings(), session_key=key)
    return Pages(office, app, app.test_client())


def mailed(alarming: Alarming) -> str:
    """The path in the newest mail to the office."""
    alarming.transmit()
    alarming.look()
    found = re.search(r"pages\.example\.org(/\S+)", alarming.words(MAIL)[-1])
    assert found is not None
    return found.group(1)


def test_one_hold_has_a_link_of_its_own(alarming: Alarming, adams: Any, pages: Pages) -> None:
    alarming.record.person(facility=adams, name="OKORO, BEN")
    address = mailed(alarming)
    assert re.fullmatch(r"/acknowledgements/[2-9A-Z]{10}", address)
    assert pages.get(address).headers["Location"] == "/sign-in"
    assert pages.sign_in("nola").headers["Location"] == address
    assert "OKORO, BEN" in words(pages.get(address))
    assert pages.ledger("hold.acknowledged") == []
    pages.post("/acknowledgements", reference=address.rsplit("/", 1)[1])
    assert len(pages.ledger("hold.acknowledged")) == 1


def test_several_at_once_share_the_link_to_the_list(alarming: Alarming, adams: Any, pages: Pages) -> None:
    for name in ("OKORO, BEN", "PEREZ, ANA"):
        alarming.record.person(facility=adams, name=name)
    address = mailed(alarming)
    assert address == "/acknowledgements"
    pages.sign_in("nola")
    shown = words(pages.get(address))
    assert ("OKORO, BEN" in shown, "PEREZ, ANA" in shown) == (True, True)


def test_an_officer_of_another_office_finds_nothing_there(
    alarming: Alarming, adams: Any, pages: Pages
) -> None:
    alarming.record.person(facility=adams, name="OKORO, BEN")
    address = mailed(alarming)
    pages.sign_in("miami")
    assert pages.get(address).status_code == 404
