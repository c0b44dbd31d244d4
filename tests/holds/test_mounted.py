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
