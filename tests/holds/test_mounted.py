"""The API beside the pages, as a server serves both."""

import pytest

from holds.actions.api_clients import add_client
from holds.domain.client import Scope
from tests.conftest import OfficeAtWork
from tests.holds.api.calling import question
from wsgi import create_app

KNOWN = {"name": "ROE, RICHARD", "birth_date": "1990-02-03"}
HERE = "http://127.0.0.1:8000"


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
def test_providers_find_a_door_once_it_is_said_where(
    office: OfficeAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDFAST_HOME", str(office.home))
    monkeypatch.setenv("HOLDFAST_DATABASE_URL", office.url)
    path = "/webhooks/twilio/01890000-0000-7000-8000-000000000001"
    closed = create_app()
    assert closed.test_client().post(path, base_url=HERE).status_code == 401, "as any page"
    monkeypatch.setenv("HOLDFAST_WEBHOOK_URL", "https://hooks.example.org")
    monkeypatch.setenv("HOLDFAST_TWILIO_AUTH_TOKEN", "token")
    opened = create_app()
    assert opened.test_client().post(path, base_url=HERE).status_code == 403, "nothing was signed"
    monkeypatch.setenv("HOLDFAST_CONTACT_PHONE", "800-555-0199")
    mistaken = create_app()
    asked = mistaken.test_client().post("/api/v1/removal-checks", json={}, base_url=HERE)
    assert asked.status_code == 401, "a wrong setting of letters does not keep the gate from answering"
    for app in (closed, opened, mistaken):
        app.extensions["holdfast"].engine.dispose()


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
def test_the_api_asks_for_a_key_and_the_pages_for_a_sign_in(
    office: OfficeAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.database.transaction() as session:
        key = add_client(session, acting=office.administrator, name="krome-gate", scope=Scope.FIELD_OFFICE)
    monkeypatch.setenv("HOLDFAST_HOME", str(office.home))
    monkeypatch.setenv("HOLDFAST_DATABASE_URL", office.url)
    monkeypatch.setenv("HOLDFAST_DUTY_DESK", "555-0199")
    app = create_app()
    browser = app.test_client()
    body, bearer = question("A900555111", stage="boarding", **KNOWN), {"Authorization": f"Bearer {key}"}
    path = "/api/v1/removal-checks"
    assert browser.post(path, json=body, base_url=HERE).status_code == 401
    answer = browser.post(path, json=body, headers=bearer, base_url=HERE).get_json()
    assert answer["reference"] is not None  # asked, and in the ledger; this office has no marker outside
    assert [reason["code"] for reason in answer["reasons"]] in ([], ["database.marker_missing"])
    assert answer["call"] == "555-0199"
    assert browser.get("/api/v1/openapi.json", base_url=HERE).get_json()["openapi"] == "3.1.0"
    assert browser.get("/", headers=bearer, base_url=HERE).status_code == 303
    elsewhere = browser.post(path, json=body, headers=bearer, base_url="http://elsewhere.example")
    assert (elsewhere.status_code, elsewhere.get_json()["decision"]) == (400, "blocked")
    app.extensions["holdfast"].engine.dispose()
