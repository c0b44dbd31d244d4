"""Counsel's way from the mail to the block, and from a rejection's mail to its reasons."""

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from holds.actions.appearing_counsel import appearance_of
from holds.actions.close_hold import close_hold, propose_closing
from holds.actions.counsel_links import issue_stay_link, withdraw_link
from holds.domain.closing import EndingKind
from holds.store.gates import Hold
from holds.web.application import make_application
from holds.web.settings import WebSettings
from tests.holds.web.pages import Pages, words
from tests.notify.actions.alarming import Alarming

NUMBER = "900000007"
MAIL = "alex@example.org"
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
FORM = {"client": f"A{NUMBER}", "basis": "tro", "rule": "", "court": "D. Nev.", "docket": "2:26-cv-9"}
TELLING = re.compile(r"perez|a?900|removal|deport|detain|asylum|immigra|\bice\b|cuba", re.IGNORECASE)


class AtCounsel(Pages):
    """A browser at counsel's, with a mailbox."""

    alarming: Alarming

    def mails(self) -> list[str]:
        self.alarming.look()
        return self.alarming.words(MAIL)

    def address(self) -> str:
        """The path of the link that came by mail last."""
        found = [re.search(r"https://pages\.example\.org(/counsel/\S+)", mail) for mail in self.mails()]
        return [one.group(1) for one in found if one][-1]

    def code(self, address: str) -> str:
        """Ask for a code on the page, and read it in the mail."""
        before = len(self.mails())
        asked = self.post(f"{address}/code")
        assert asked.status_code == 200, words(asked)
        found = re.search(r"Your code is (\w+)\.", self.mails()[before])
        assert found is not None
        return found.group(1)

    def send(self, address: str, *, order: bytes = PDF, **form: Any) -> TestResponse:
        data = {"csrf_token": self.form_token(), **FORM, **form}
        data |= {"order": (io.BytesIO(order), "order.exe")} if order else {}
        return self.browser.post(f"{address}/stay", base_url="http://127.0.0.1:8000", data=data)


@pytest.fixture
def counsel(office: Any, record: Any) -> AtCounsel:
    alarming = Alarming(office, record)
    record.sender = replace(record.sender, pages_address="pages.example.org")
    record.appears(record.counsel(email=MAIL), alarming.listed(NUMBER))
    app = make_application(
        office.database, WebSettings(), session_key=office.vault.ring.active("session").secret
    )
    made = AtCounsel(office, app, app.test_client())
    object.__setattr__(made, "alarming", alarming)
    return made


def issue(counsel: AtCounsel) -> str:
    with counsel.office.database.transaction() as session:
        person_id = session.scalars(select(Hold.person_id)).first()
        assert person_id is not None
        appearance = appearance_of(session, person_id)
        casey = counsel.office.caseworker
        return issue_stay_link(session, counsel.office.vault, acting=casey, appearance=appearance)


def stays(counsel: AtCounsel) -> list[Hold]:
    with counsel.office.database.reading() as session:
        return list(session.scalars(select(Hold).where(Hold.basis == "tro")))


def test_from_the_mail_to_the_block(counsel: AtCounsel) -> None:
    issue(counsel)
    address = counsel.address()
    first = counsel.get(address)
    assert "Opening it has done nothing" in words(first)
    assert stays(counsel) == []
    assert counsel.ledger("link.used") == []
    sent = counsel.send(address, code=counsel.code(address))
    assert sent.status_code == 303, words(sent)
    (hold,) = stays(counsel)
    after = counsel.get(sent.headers["Location"])
    assert hold.reference in words(after)
    assert f"{hold.placed_at:%-d %b %Y, %H:%M}" in words(after)
    for page in (first, after, counsel.get(address)):
        assert not re.search(r"perez|900000007|cuba", page.text, re.IGNORECASE)


def test_the_mails_name_nobody_and_nothing(counsel: AtCounsel) -> None:
    issue(counsel)
    address = counsel.address()
    counsel.code(address)
    mails = counsel.mails()
    assert len(mails) == 2
    for mail in mails:
        assert not TELLING.search(mail.replace(address, "")), mail


def test_what_does_not_do_is_said_and_what_was_typed_stays(counsel: AtCounsel) -> None:
    issue(counsel)
    address = counsel.address()
    code = counsel.code(address)
    for wrong, said in (
        ({"client": "A900000001"}, "not the client for whom this link was sent"),
        ({"code": "WRONG222"}, "This code does not open it"),
        ({"basis": ""}, "Choose what stays the removal"),
        ({"issued": "yesterday"}, "Write a time as"),
    ):
        typed: dict[str, Any] = {"code": code, **wrong}
        page = counsel.send(address, **typed)
        assert page.status_code == 400
        assert said in words(page)
        assert 'value="2:26-cv-9"' in page.text
    no_pdf = counsel.send(address, code=code, order=b"GIF89a")
    assert "no whole PDF" in words(no_pdf)
    assert stays(counsel) == []
    large = {"data": bytes(11 * 1024 * 1024), "content_type": "multipart/form-data; boundary=b"}
    too_much = counsel.browser.post(f"{address}/stay", base_url="http://127.0.0.1:8000", **large)
    assert (too_much.status_code, "ten megabytes" in words(too_much)) == (413, True)
    assert counsel.send(address, code=code, order=PDF + bytes(400_000) + b"%%EOF").status_code == 303


def test_a_link_that_was_withdrawn_says_so(counsel: AtCounsel) -> None:
    reference = issue(counsel)
    address = counsel.address()
    code = counsel.code(address)
    with counsel.office.database.transaction() as session:
        withdraw_link(session, acting=counsel.office.caseworker, reference=reference)
    for page in (
        counsel.get(address),
        counsel.send(address, code=code),
        counsel.post(f"{address}/code"),
        counsel.post(f"{address}/reasons", code=code),
    ):
        assert page.status_code in {400, 410}
        assert "It was withdrawn" in words(page)
    assert stays(counsel) == []


def test_another_address_is_nothing(counsel: AtCounsel) -> None:
    issue(counsel)
    address = counsel.address()
    for wrong in (address[:-1] + "2", address[:-1] + "3", "/counsel/ABCDEFGHJK"):
        if wrong != address:
            assert counsel.get(wrong).status_code == 404
            assert counsel.post(f"{wrong}/code").status_code == 404


def test_without_an_address_of_the_pages_somebody_on_call_is_told(counsel: AtCounsel) -> None:
    counsel.alarming.record.sender = replace(counsel.alarming.record.sender, pages_address="")
    issue(counsel)
    counsel.alarming.look()
    assert len(counsel.alarming.tasks("alarm_unreached")) == 1


def test_the_reasons_of_a_rejection_reach_counsel(counsel: AtCounsel) -> None:
    issue(counsel)
    address = counsel.address()
    counsel.send(address, code=counsel.code(address))
    (hold,) = stays(counsel)
    with counsel.office.database.transaction() as session:
        propose_closing(
            session,
            counsel.office.vault,
            acting=counsel.office.caseworker,
            hold_id=hold.id,
            kind=EndingKind.STAY_REJECTED,
            reasons="The order is of another case.",
        )
    answer = counsel.address()
    assert answer != address
    assert "The order is of another case." not in words(counsel.get(answer))
    code = counsel.code(answer)
    assert counsel.post(f"{answer}/reasons", code="WRONG222").status_code == 400
    shown = counsel.post(f"{answer}/reasons", code=code)
    assert "The order is of another case." in words(shown)
    assert counsel.ledger("closing.told") == []
    assert counsel.post(f"{answer}/read", code=code).status_code == 303
    assert len(counsel.ledger("closing.told")) == 1
    assert "You confirmed that you read the reasons" in words(counsel.get(answer))
    assert "another case" not in words(counsel.get(answer))
    assert "The removal is blocked" in words(counsel.get(address))
    with counsel.office.database.transaction() as session:
        assert close_hold(session, acting=counsel.office.supervisor, hold_id=hold.id) is None
    ended = words(counsel.get(address))
    assert ("This stay has ended" in ended, "is blocked" in ended) == (True, False)
