"""What keeps strangers out: denial by default, form tokens, headers, host names."""

import re

import pytest
from flask import Flask

from holds.web.access import PUBLIC
from holds.web.application import make_application
from holds.web.settings import WebSettings
from tests.conftest import OfficeAtWork
from tests.holds.web.pages import ANA, EMBEDDED, Pages, reference, words

pytestmark = EMBEDDED

HERE = "http://127.0.0.1:8000"


def _routes(app: Flask) -> list[tuple[str, str, str]]:
    return [
        (rule.endpoint, method, re.sub(r"<[^>]+>", "ABCDEFGHJK", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods or ())
        if method != "OPTIONS"
    ]


def test_every_address_but_the_public_ones_is_closed(pages: Pages) -> None:
    token = pages.form_token()
    closed = [route for route in _routes(pages.app) if route[0] not in PUBLIC]
    assert len(closed) >= 5
    for endpoint, method, path in closed:
        answer = pages.browser.open(path, method=method, base_url=HERE, data={"csrf_token": token})
        assert answer.status_code in {303, 401}, (endpoint, method)
        assert answer.headers.get("Location", "/sign-in").endswith("/sign-in")


def test_an_address_added_later_is_closed_too(pages: Pages) -> None:
    pages.app.add_url_rule("/later", "later", lambda: "open!")
    assert pages.get("/later").status_code == 303


def test_the_public_list_is_short(pages: Pages) -> None:
    assert {endpoint for endpoint, _, _ in _routes(pages.app)} > PUBLIC
    assert len(PUBLIC) == 9


def test_a_form_without_its_token_is_refused(pages: Pages) -> None:
    pages.sign_in("casey")
    for path in ("/sign-in", "/sign-out", "/people", "/language"):
        answer = pages.browser.post(path, base_url=HERE, data={"text": ANA[0]})
        assert answer.status_code == 400
        assert "This form is too old, or was not ours" in words(answer)
    assert pages.get("/").status_code == 200


def test_the_token_of_another_browser_is_refused(pages: Pages) -> None:
    pages.sign_in("casey")
    stranger = Pages(pages.office, pages.app, pages.app.test_client()).form_token()
    answer = pages.browser.post("/people", base_url=HERE, data={"text": "x", "csrf_token": stranger})
    assert answer.status_code == 400


def test_every_answer_tells_the_browser_to_load_keep_and_tell_nothing(record: Pages) -> None:
    record.sign_in("casey")
    person = record.get(f"/people/{reference(record.office, '900000001')}")
    for answer in (record.get("/"), person, record.get("/sign-in"), record.get("/no/such/page")):
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "http" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_pages_ask_nothing_of_others_and_keep_to_their_own_policy(record: Pages) -> None:
    record.sign_in("casey")
    person = record.get(f"/people/{reference(record.office, '900000001')}")
    for page in (record.get("/"), person):
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page.text)
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", page.text)


def test_another_host_name_is_refused(pages: Pages) -> None:
    answer = pages.browser.get("/sign-in", base_url="http://rebound.example")
    assert answer.status_code == 400
    assert "csrf_token" not in answer.text


def test_behind_https_the_cookie_never_travels_without(office: OfficeAtWork) -> None:
    settings = WebSettings(web_https=True, web_hosts="office.example")
    app = make_application(office.database, settings, session_key=b"k" * 32)
    answer = app.test_client().get("/sign-in", base_url="https://office.example")
    assert answer.headers["Set-Cookie"].startswith("__Host-holdfast=")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_a_failure_tells_nothing_and_says_that_no_answer_means_blocked(
    pages: Pages, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> str:
        raise RuntimeError("PEREZ, ANA MARIA")

    pages.app.add_url_rule("/broken", "broken", broken)
    pages.sign_in("casey")
    answer = pages.get("/broken")
    assert answer.status_code == 500
    assert "no answer means blocked" in words(answer)
    assert "PEREZ" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text


def test_a_role_without_the_right_is_told_whom_to_ask(record: Pages) -> None:
    record.sign_in("field")
    assert record.get("/").status_code == 403
    person = record.get(f"/people/{reference(record.office, '900000001')}")
    assert person.status_code == 403
    assert "may not look at person" in words(person)
