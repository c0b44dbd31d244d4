"""A person's page: masked or shown for a reason, told to the ledger, and only to their own office."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert
from werkzeug.test import TestResponse

from holds.actions.add_staff import add_staff
from holds.actions.credentials import acting_of
from holds.domain.staff import Acting, Role
from holds.store.staff import Actor, Organisation
from tests.conftest import OfficeAtWork
from tests.holds.web.pages import ANA, EMBEDDED, Pages, put_on_record, reference, words

SECRETS = ("PEREZ", "ANA MARIA", "1990", "900-000-001", "900000001", "Cuba", "CU<")


@EMBEDDED
@pytest.mark.parametrize("spelling", ["A900-000-001", "900000001", "a 900 000 001", "A900‑000‑001"])
def test_a_number_in_any_spelling_finds_its_person(record: Pages, spelling: str) -> None:
    record.sign_in("casey")
    answer = record.post("/people", text=spelling)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/people/{reference(record.office, '900000001')}"


def test_a_persons_or_a_holds_reference_finds_them_too(record: Pages) -> None:
    record.sign_in("casey")
    ana = reference(record.office, "900000001")
    page = record.get(f"/people/{ana}")
    hold = page.text.split('<span class="reference">')[2].split("<")[0]
    for text in (ana.lower(), hold):
        assert record.post("/people", text=text).headers["Location"] == f"/people/{ana}"


def test_the_page_is_masked_and_the_look_is_in_the_ledger(record: Pages) -> None:
    record.sign_in("casey")
    page = record.get(f"/people/{reference(record.office, '900000001')}")
    assert "A. M. P." in words(page)
    assert "A***-***-001" in words(page)
    assert not [secret for secret in SECRETS if secret in page.text]
    (look,) = record.ledger("person.seen")
    assert look.actor_id == record.office.caseworker.id
    assert look.codes == {"shown": False, "reason": "casework"}


def test_showing_takes_a_reason_which_the_ledger_keeps(record: Pages) -> None:
    record.sign_in("casey")
    path = f"/people/{reference(record.office, '900000001')}"
    page = record.post(path, reason="serving_notice")
    for shown in ("PEREZ, ANA MARIA", "A900-000-001", "1990-04-25"):
        assert shown in words(page)
    assert record.ledger("person.seen")[-1].codes == {"shown": True, "reason": "serving_notice"}
    assert "To serve a notice" in words(record.get(path))
    assert "PEREZ" not in record.get(path).text


@EMBEDDED
@pytest.mark.parametrize("reason", ["", "curiosity", "casework"])
def test_without_a_good_reason_nothing_is_shown(record: Pages, reason: str) -> None:
    record.sign_in("casey")
    page = record.post(f"/people/{reference(record.office, '900000001')}", reason=reason)
    assert page.status_code == 400
    assert "PEREZ" not in page.text
    assert record.ledger("person.seen") == []


def _other_office(office: OfficeAtWork) -> Acting:
    organisation, actor = uuid.uuid4(), uuid.uuid4()
    row = {
        "id": actor,
        "organisation_id": organisation,
        "kind": "operator",
        "login": "elsewhere",
        "display_name": "Elsewhere",
        "role": Role.OPERATOR.value,
    }
    with office.database.transaction() as session:
        session.execute(insert(Organisation), [{"id": organisation, "name": "Another office"}])
        session.execute(insert(Actor), [row])
        return acting_of(session.get_one(Actor, actor))


def test_another_offices_person_looks_just_like_nobody(pages: Pages, tmp_path: Path) -> None:
    put_on_record(pages.office, _other_office(pages.office), tmp_path, ANA)
    pages.sign_in("casey")
    theirs, nobody = reference(pages.office, "900000001"), "ZZZZZZZZZZ"
    ways: tuple[Callable[[str], TestResponse], ...] = (
        lambda text: pages.get(f"/people/{text}"),
        lambda text: pages.post(f"/people/{text}", reason="contact"),
        lambda text: pages.post("/people", text=text),
    )
    for ask in ways:
        absent, not_yours = ask(nobody), ask(theirs)
        assert absent.status_code == not_yours.status_code == 404
        assert words(absent) == words(not_yours)
    assert pages.post("/people", text=ANA[0]).status_code == 404
    assert pages.ledger("person.seen") == []
    assert "People on record 0" in words(pages.get("/"))


def test_a_search_that_finds_nobody_leaves_a_trace_without_the_number(record: Pages) -> None:
    record.sign_in("casey")
    record.post("/people", text="A900-777-777")
    (search,) = record.ledger("person.sought")
    assert search.codes == {"found": 0}
    assert search.actor_id == record.office.caseworker.id


def test_two_records_under_one_number_are_both_offered(record: Pages, tmp_path: Path) -> None:
    other = (ANA[0], "GOMEZ, LUISA", "1971-02-03", *ANA[3:])
    put_on_record(record.office, record.office.operator, tmp_path, other)
    record.sign_in("casey")
    page = record.post("/people", text=ANA[0])
    assert page.status_code == 200
    assert "2 records answer" in words(page)
    assert "GOMEZ" not in page.text
    assert len(record.ledger("person.seen")) == 2


def test_an_auditor_sees_figures_and_nobody(record: Pages) -> None:
    record.sign_in("casey")
    assert "A-number or reference" in record.get("/").text
    record.post("/sign-out")
    with record.office.database.transaction() as session:
        credential = add_staff(
            session,
            acting=acting_of(session.query(Actor).filter_by(login="admin").one()),
            login="audrey",
            display_name="Audrey",
            role=Role.AUDITOR,
        )
    record.sign_in("audrey", credential)
    assert "A-number or reference" not in record.get("/").text
    assert record.get(f"/people/{reference(record.office, '900000001')}").status_code == 403


@EMBEDDED
def test_no_number_and_no_name_stands_in_an_address(record: Pages) -> None:
    record.sign_in("casey")
    pages = (record.get("/"), record.get(f"/people/{reference(record.office, '900000001')}"))
    for page in pages:
        addresses = [part.split('"')[0] for part in page.text.split('href="')[1:]]
        addresses += [part.split('"')[0] for part in page.text.split('action="')[1:]]
        assert not [a for a in addresses if "900000001" in a or "PEREZ" in a.upper() or "?" in a]
