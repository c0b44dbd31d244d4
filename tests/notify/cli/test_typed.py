"""Commands about notices and languages, as somebody types them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from holds.cli.context import Office
from holds.store.exposures import Incident
from holds.store.ledger_rows import LedgerRow
from notify.store.notices import Notice
from tests.conftest import OfficeAtWork
from tests.holds.web.pages import ANA, put_on_record
from tests.notify.actions.conftest import Outbox
from tests.notify.actions.events import letters, planned
from wsgi import METADATA, cli

Run = Callable[..., Result]


@pytest.fixture
def run(office: OfficeAtWork, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("HOLDFAST_HOME", str(office.home))
    monkeypatch.setenv("HOLDFAST_DATABASE_URL", office.url)
    at_work = Office(METADATA)
    at_work.__dict__["database"] = office.database

    def typed(*words: str, status: int = 0) -> Result:
        result = CliRunner().invoke(cli, words, obj=at_work)
        assert result.exit_code == status, result.output
        return result

    return typed


def test_an_incident_keeps_when_it_was_discovered_and_who_saw_it(run: Run, office: OfficeAtWork) -> None:
    told = ("--name", "website", "--occurred", "2022-11-28T14:00")
    early = ("--discovered", "2022-11-27T09:00")
    assert isinstance(run("incident", "add", *told, *early, status=1).exception, Exception)
    run("incident", "add", *told, "--discovered", "2022-11-28T19:00", "--seen-by", "public")
    with office.database.reading() as session:
        incident = session.scalars(select(Incident)).one()
    assert incident.discovered_at is not None
    assert (incident.discovered_at.isoformat(), incident.seen_by) == ("2022-11-29T00:00:00+00:00", "public")


def test_a_language_is_noted_for_a_number(run: Run, office: OfficeAtWork, tmp_path: Path) -> None:
    put_on_record(office, office.operator, tmp_path, ANA)
    said = run("person", "language", ANA[0], "Haitian Creole", "--said-by", "person", "--json")
    assert json.loads(said.stdout) == {"language": "ht", "said_by": "person"}
    run("person", "language", ANA[0], "the usual one", "--said-by", "counsel", status=1)


def test_a_wrong_notice_is_corrected_by_the_next_plan(run: Run, record: Any) -> None:
    outbox = Outbox(record)
    record.person(facility=record.facility())
    planned(record)
    (reference,) = letters(record, "exposure_notice")
    run("notices", "correct", reference, "--wrong", "date", status=1)
    outbox.approved()
    outbox.send()
    run("notices", "correct", reference, "--wrong", "date", "--wrong", "contact")
    assert planned(record).notices == {"correction": 1}
    with record.database.reading() as session:
        kinds = session.scalars(select(Notice.kind).order_by(Notice.id)).all()
    assert kinds == ["exposure_notice", "correction"]


def test_a_preview_says_what_somebody_would_get_and_why(
    run: Run, office: OfficeAtWork, tmp_path: Path
) -> None:
    put_on_record(office, office.operator, tmp_path, ANA)
    shown = json.loads(run("notices", "preview", ANA[0], "--json").stdout)
    assert shown["ways"] != []
    assert shown["why"]["source"] in {"noted", "proposed", "unknown"}
    run("person", "language", ANA[0], "Mam", "--said-by", "person")
    shown = json.loads(run("notices", "preview", ANA[0], "--json").stdout)
    assert shown["ways"][0] == "for a human: oral_interpretation (mam)"
    assert (shown["why"]["source"], shown["why"]["written"]) == ("stated", False)
    assert "oral_interpretation" in run("notices", "preview", ANA[0], "--kind", "update").stdout
    with office.database.reading() as session:
        looks = session.scalars(select(LedgerRow.verb).where(LedgerRow.verb == "person.seen")).all()
        assert session.scalars(select(Notice.id)).all() == []
    assert len(looks) == 3
