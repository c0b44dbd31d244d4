"""`holdfast ledger show`: what stands under the reference that an answer carries."""

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

import wsgi
from holds.actions.check_removal import answer_check
from holds.actions.questions import Question
from holds.actions.seal_ledger import seal_ledger
from holds.cli.context import Office
from holds.cli.ledgers import ledger
from holds.domain.staff import NotAllowedError
from holds.store.ownership import NotFoundError
from tests.conftest import OfficeAtWork


@pytest.fixture
def at_work(office: OfficeAtWork, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("HOLDFAST_HOME", str(office.home))
    monkeypatch.setenv("HOLDFAST_DATABASE_URL", office.url)
    at_work = Office(wsgi.METADATA)
    yield at_work
    at_work.database.engine.dispose()


def test_the_reference_of_an_answer_leads_to_its_row(office: OfficeAtWork, at_work: Office) -> None:
    question = Question(a_number="A900000001", name="DOE, JANE", journey={"stage": "boarding"})
    answer = answer_check(office.database, acting=office.officer, question=question)
    assert answer.reference is not None
    shown = CliRunner().invoke(ledger, ["show", answer.reference], obj=at_work, catch_exceptions=False)
    assert "removal.checked" in shown.stdout
    assert "not sealed yet" in shown.stdout
    assert "decision: not_on_record" in shown.stdout
    assert "DOE" not in shown.stdout
    with office.database.transaction() as session:
        seal_ledger(session, office.database.vault)
    as_json = CliRunner().invoke(ledger, ["show", answer.reference, "--json"], obj=at_work)
    told = json.loads(as_json.stdout)
    assert told["reference"] == answer.reference
    assert told["codes"]["stage"] == "boarding"
    assert told["leaf"] is not None


def test_what_is_no_reference_is_said_plainly(at_work: Office) -> None:
    for reference, sentence in (("4711", "is no reference"), ("0" * 32, "has no row")):
        result = CliRunner().invoke(ledger, ["show", reference], obj=at_work)
        assert isinstance(result.exception, NotFoundError)
        assert sentence in str(result.exception)


def test_who_may_not_read_the_ledger_does_not(
    office: OfficeAtWork, at_work: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDFAST_CREDENTIAL", office.credentials["field"])
    result = CliRunner().invoke(ledger, ["show", "0" * 32, "--as", "field"], obj=at_work)
    assert isinstance(result.exception, NotAllowedError)
