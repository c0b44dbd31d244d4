"""Signing in: with a credential only, for a while only, and without telling who exists."""

import statistics
import time

import pytest
from sqlalchemy.orm import Session

from holds.actions.add_staff import add_staff
from holds.actions.credentials import sign_in
from holds.actions.look_for_person import look_for_person
from holds.domain.staff import Acting, Role
from holds.web import entry
from holds.web.entry import PER_LOGIN
from tests.holds.web.pages import EMBEDDED, Pages, words


def test_a_credential_opens_the_first_page_and_the_ledger_knows(pages: Pages) -> None:
    answer = pages.sign_in("casey")
    assert answer.status_code == 303
    assert "Today" in words(pages.get("/"))
    assert [row.actor_id for row in pages.ledger("staff.signed_in")] == [pages.office.caseworker.id]


@EMBEDDED
@pytest.mark.parametrize("login", ["casey", "nobody-of-this-name"])
def test_a_wrong_credential_gets_the_same_answer_whoever_is_named(pages: Pages, login: str) -> None:
    answer = pages.sign_in(login, "not the credential")
    assert answer.status_code == 401
    assert "No active member of staff has this login and credential." in words(answer)
    assert pages.get("/").status_code == 303


@pytest.mark.parametrize("login", ["casey", "my-own-credential"])
def test_the_ledger_keeps_that_a_sign_in_failed_and_not_what_was_typed(pages: Pages, login: str) -> None:
    pages.sign_in(login, "not the credential")
    (row,) = pages.ledger("sign_in.failed")
    assert row.codes == {"where": "web"}
    assert pages.office.caseworker.id not in (row.actor_id, row.subject_id)
    assert pages.ledger("staff.signed_in") == []


def test_comparing_a_credential_keeps_nobody_from_writing(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(session: Session, *, login: str, credential: str) -> Acting:
        someone = sign_in(session, login=login, credential=credential)
        with pages.office.database.transaction() as other:
            look_for_person(other, acting=pages.office.caseworker, found=0)
        return someone

    monkeypatch.setattr(entry, "sign_in", slowly)
    assert pages.sign_in("casey").status_code == 303
    assert len(pages.ledger("person.sought")) == 1


def test_a_page_is_read_while_somebody_writes(pages: Pages) -> None:
    pages.sign_in("casey")
    with pages.office.database.transaction() as other:
        look_for_person(other, acting=pages.office.caseworker, found=0)
        assert pages.get("/sign-in").status_code == 303


@EMBEDDED
def test_an_unknown_login_takes_the_same_work(pages: Pages) -> None:
    with pages.office.database.transaction() as session:
        add_staff(  # hashed as in service: those of the office are not
            session,
            acting=pages.office.administrator,
            login="vera",
            display_name="Vera",
            role=Role.CASEWORKER,
            outside_removing_office=True,
        )

    def seconds(login: str) -> float:
        start = time.perf_counter()
        pages.sign_in(login, "not the credential")
        return time.perf_counter() - start

    known = statistics.median(seconds("vera") for _ in range(4))
    unknown = statistics.median(seconds("nobody") for _ in range(4))
    assert unknown > known / 2


@EMBEDDED
def test_after_many_failures_even_the_right_credential_waits(pages: Pages) -> None:
    attempts = int(PER_LOGIN.split()[0])
    answers = [pages.sign_in("casey", "guess").status_code for _ in range(attempts)]
    assert answers == [401] * attempts
    refused = pages.sign_in("casey")
    assert refused.status_code == 429
    assert "Wait a quarter of an hour" in words(refused)


@EMBEDDED
def test_signing_in_often_is_no_attempt(pages: Pages) -> None:
    for _ in range(int(PER_LOGIN.split()[0]) + 2):
        assert pages.sign_in("casey").status_code == 303
        pages.post("/sign-out")


def test_signing_out_ends_the_session_for_its_cookie_too(pages: Pages) -> None:
    pages.sign_in("casey")
    stolen = pages.browser.get_cookie("holdfast", domain="127.0.0.1")
    assert stolen is not None
    pages.post("/sign-out")
    pages.browser.set_cookie("holdfast", stolen.value, domain="127.0.0.1")
    assert pages.get("/").status_code == 303
    assert len(pages.ledger("staff.signed_out")) == 1


def test_rest_of_half_an_hour_ends_it(pages: Pages) -> None:
    pages.sign_in("casey")
    pages.wait(minutes=29)
    assert pages.get("/").status_code == 200
    pages.wait(minutes=29)
    assert pages.get("/").status_code == 200
    pages.wait(minutes=31)
    assert pages.get("/").status_code == 303


def test_twelve_hours_end_it_however_busy(pages: Pages) -> None:
    pages.sign_in("casey")
    for _ in range(24):
        pages.wait(minutes=29)
        assert pages.get("/sign-in").status_code == 303
    assert pages.get("/").status_code == 200
    pages.wait(minutes=25)
    assert pages.get("/").status_code == 303


@EMBEDDED
def test_the_cookie_holds_no_credential_and_no_script_reads_it(pages: Pages) -> None:
    answer = pages.sign_in("casey")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert pages.office.credentials["casey"] not in cookie


@EMBEDDED
def test_the_language_is_chosen_not_guessed_and_a_draft_says_so(pages: Pages) -> None:
    offered = pages.browser.get(
        "/sign-in", base_url="http://127.0.0.1:8000", headers={"Accept-Language": "es"}
    )
    assert 'lang="en"' in offered.text
    pages.post("/language", language="es")
    spanish = pages.get("/sign-in")
    assert '<html lang="es"' in spanish.text
    assert "Iniciar sesión" in words(spanish)
    assert "borrador" in words(spanish)
