"""The public page: a code in, yes or no out, and nothing that tells what it is about."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import Client

from holds.web.settings import WebSettings
from notify.actions.envelope import wording_of
from notify.actions.plan_notices import plan_everything
from notify.content.phrasebook import TRANSLATIONS, phrasebook
from notify.content.unsafe_words import Channel, PersonWords, unsafe
from notify.content.verify_words import verify_words
from notify.store.notices import Notice
from notify.web.verify import ANSWER_BYTES, ANSWER_SECONDS, beside, make_verify

LANGUAGES = [
    "en",
    *sorted(path.parts[-3].replace("_", "-") for path in TRANSLATIONS.glob("*/LC_MESSAGES/notices.po")),
]
HERE = "https://check.example.org"


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def reader(office: Any, waits: list[float]) -> FlaskClient:
    page = make_verify(
        office.database,
        WebSettings(),
        contact_phone="+18005550199",
        hosts=["check.example.org"],
        wait=waits.append,
    )
    return page.test_client()


@pytest.fixture
def code(record: Any) -> str:
    record.person(facility=record.facility())
    plan_everything(record.database, acting=record.operator, wording_of=wording_of)
    with record.database.reading() as session:
        found: str = session.scalars(select(Notice.code)).one()
    return found


def test_a_code_is_known_however_it_is_typed_and_any_other_is_not(reader: FlaskClient, code: str) -> None:
    for typed in (code, code.lower(), f" {code[:4]}-{code[4:]} "):
        assert "The code is right." in reader.post("/", base_url=HERE, data={"code": typed}).text
    other = ("2" if code[0] != "2" else "3") + code[1:]
    for typed in (other, "", code + "2", "%", "' OR 1=1"):
        answer = reader.post("/", base_url=HERE, data={"code": typed}).text
        assert "We do not know this code." in answer
        assert "The code is right." not in answer


def test_right_and_wrong_answers_take_as_long_and_as_many_bytes(
    reader: FlaskClient, code: str, waits: list[float]
) -> None:
    answers = [
        reader.post(f"/?language={tag}", base_url=HERE, data={"code": typed})
        for tag in LANGUAGES
        for typed in (code, "WRONG234")
    ][:20]
    assert {len(answer.data) for answer in answers} == {ANSWER_BYTES}
    assert {answer.status_code for answer in answers} == {200}
    assert len(waits) == len(answers)
    assert all(0 <= left <= ANSWER_SECONDS for left in waits)
    assert len({tuple(sorted(answer.headers)) for answer in answers}) == 1


def test_whoever_tries_often_waits_and_is_told_whom_to_call(reader: FlaskClient) -> None:
    tries = [reader.post("/", base_url=HERE, data={"code": "WRONG234"}) for _ in range(21)]
    assert [answer.status_code for answer in tries] == [200] * 20 + [429]
    assert "There were too many tries." in tries[-1].text
    assert "1-800-555-0199" in tries[-1].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_every_language_and_says_nothing_in_any(language: str, reader: FlaskClient) -> None:
    page = reader.get(f"/?language={language}", base_url=HERE)
    words = verify_words("+18005550199", phrasebook(language))
    assert words.lead in page.text
    assert f'lang="{language}" dir="{"rtl" if language in ("ar", "fa", "ps", "ur") else "ltr"}"' in page.text
    # The names of all languages stand in every page, and tell of nobody.
    text = re.sub(r"(?s)<style>.*?</style>|<nav.*?</nav>|<[^>]+>", " ", page.text)
    assert unsafe(text, channel=Channel.EMAIL, language=language, person=PersonWords()) == ()
    assert "holdfast" not in page.text.lower()
    assert "<script" not in page.text
    assert "Set-Cookie" not in page.headers
    assert not re.search(r'(?:href|src|action)="(?!\?language=)', page.text), "no link leads anywhere else"


def test_a_draft_stands_beside_english(reader: FlaskClient) -> None:
    page = reader.get("/", base_url=HERE, headers={"Accept-Language": "es-MX,es;q=0.9"}).text
    assert "¿Recibió una carta" in page
    assert "Did you get a letter" in page


def test_its_own_host_reaches_nothing_else_and_other_hosts_have_it_below_verify(reader: FlaskClient) -> None:
    def pages(_: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [b"the other pages"]

    both = Client(beside(pages, reader.application, "check.example.org"))
    assert "Check a message" in both.get("/", base_url=HERE).text
    assert both.get("/sign-in", base_url=HERE).status_code == 404
    assert both.get("/sign-in", base_url="https://pages.example.org").text == "the other pages"
    for address in ("pages.example.org/verify", "pages.example.org", "Hooks.example.org:443"):
        hosts = ("pages.example.org", "hooks.example.org")
        kept = Client(beside(pages, reader.application, address, shared=hosts))
        host = address.partition("/")[0]
        assert kept.get("/api/v1", base_url=f"https://{host}").text == "the other pages", address
    reader.application.config["TRUSTED_HOSTS"] = ["pages.example.org"]
    assert "Check a message" in both.get("/verify/", base_url="https://pages.example.org").text
