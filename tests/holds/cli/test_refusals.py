"""What goes wrong at a terminal: one plain sentence, and a trace where somebody tried."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import select

import wsgi
from holds.actions.credentials import WrongCredentialError
from holds.actions.references import NotFoundError
from holds.cli.context import Office
from holds.cli.people import person
from holds.store.ledger_rows import LedgerRow
from tests.conftest import OfficeAtWork


@pytest.fixture
def at_work(office: OfficeAtWork, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("HOLDFAST_HOME", str(office.home))
    monkeypatch.setenv("HOLDFAST_DATABASE_URL", office.url)
    at_work = Office(wsgi.METADATA)
    yield at_work
    at_work.database.engine.dispose()


def codes(office: OfficeAtWork, verb: str) -> list[dict[str, object]]:
    with office.database.reading() as session:
        return list(session.scalars(select(LedgerRow.codes).where(LedgerRow.verb == verb)))


def test_a_failed_sign_in_leaves_a_trace(office: OfficeAtWork, at_work: Office, tmp_path: Path) -> None:
    file = tmp_path / "credential"
    file.write_text("not hers")
    with pytest.raises(WrongCredentialError):
        at_work.acting("casey", file)
    assert codes(office, "sign_in.failed") == [{"where": "command_line"}]
    file.write_text(office.credentials["casey"])
    assert at_work.acting("casey", file).login == "casey"
    assert len(codes(office, "sign_in.failed")) == 1


def test_a_credential_file_that_is_no_text_is_refused_plainly(at_work: Office, tmp_path: Path) -> None:
    file = tmp_path / "credential"
    file.write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(click.UsageError, match="--credential-file cannot be read as text"):
        at_work.acting("casey", file)


def test_whoever_tries_numbers_leaves_a_trace(office: OfficeAtWork, at_work: Office) -> None:
    result = CliRunner().invoke(person, ["show", "A900000099"], obj=at_work)
    assert isinstance(result.exception, NotFoundError)
    assert codes(office, "person.sought") == [{"found": 0}]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyError("GARCIA, JORGE"), "Holdfast failed (KeyError)"),
        (PermissionError(13, "Permission denied", "keys.json"), "keys.json: Permission denied."),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "GARCIA"), "no text in UTF-8"),
    ],
)
def test_every_failure_is_one_sentence_that_names_nobody(
    error: Exception, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_options: object) -> None:
        raise error

    monkeypatch.setattr(wsgi.cli, "main", fail)
    monkeypatch.delenv("HOLDFAST_DEBUG", raising=False)
    with pytest.raises(SystemExit) as ended:
        wsgi.main()
    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert said in told
    assert "GARCIA" not in told
    assert len(told.splitlines()) == 1
    monkeypatch.setenv("HOLDFAST_DEBUG", "1")
    with pytest.raises(type(error)):
        wsgi.main()
