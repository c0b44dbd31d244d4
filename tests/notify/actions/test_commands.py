"""The commands, as someone at a terminal uses them."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from holds.cli.context import Office
from holds.domain.staff import NotAllowedError
from notify.actions.open_spooled import NothingSpooledError
from notify.cli.notices import notices
from notify.cli.schedule import schedule
from notify.cli.spool import spool
from notify.cli.work import work
from wsgi import METADATA


@pytest.fixture
def run(office: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("HOLDFAST_HOME", str(office.home))
    monkeypatch.setenv("HOLDFAST_DATABASE_URL", office.url)
    root = click.Group("holdfast", commands=[notices, work, schedule, spool])
    at_work = Office(METADATA)

    def call(*arguments: str, fails: type[Exception] | None = None) -> Result:
        result = CliRunner().invoke(root, list(arguments), obj=at_work)
        if fails is None:
            assert result.exit_code == 0, result.output + repr(result.exception)
        else:
            assert isinstance(result.exception, fails)
        return result

    yield call
    at_work.database.engine.dispose()


def test_whether_anybody_watches(run: Any) -> None:
    """A worker that has looked leaves its beat; who asks for it looks for nothing."""
    at_work = Office(METADATA)
    asked = CliRunner().invoke(work, ["--check", "--json"], obj=at_work)
    assert (asked.exit_code, json.loads(asked.stdout)["watching"]) == (3, False)
    assert "Nobody has watched ever" in CliRunner().invoke(work, ["--check"], obj=at_work).output
    run("work", "--once")
    assert json.loads(run("work", "--check", "--json").stdout)["minutes"] == 0
    at_work.close()


def test_from_plan_to_service(run: Any, record: Any, office: Any, tmp_path: Path) -> None:
    record.person(facility=record.facility())
    planned = json.loads(run("notices", "plan", "--json").stdout)
    assert planned["deliveries"] == {"letter.full": 1}
    assert json.loads(run("work", "--once", "--json").stdout)["sent"] == {}
    run("notices", "approve", planned["batch"])
    assert json.loads(run("work", "--once", "--json").stdout)["sent"] == {"accepted": 1}

    lying = json.loads(run("spool", "list", "--json").stdout)["spooled"]
    reference = lying[0]["reference"]
    out = tmp_path / "letter.pdf"
    run("spool", "open", reference, "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF-")
    assert out.stat().st_mode & 0o077 == 0
    assert run("spool", "open", reference).stdout_bytes.startswith(b"%PDF-")
    run("spool", "open", "NOSUCHREF0", "--out", str(tmp_path / "none.pdf"), fails=NothingSpooledError)

    now = dt.datetime.now(dt.UTC).isoformat()
    slip = ["notices", "serve", reference, "--served", now, "--language", "es", "--json"]
    proof = ["--own-language", "--right-person", "--in-private", "--mark"]
    understood = ["--understood-first", "--understood-second"]
    run(*slip, *proof, *understood, fails=NotAllowedError)
    credential = tmp_path / "credential"
    credential.write_text(office.credentials["casey"])
    as_casey = ["--as", "casey", "--credential-file", str(credential)]
    weak = json.loads(run(*slip, *proof, *as_casey).stdout)
    assert (weak["proven"], weak["missing"]) == (False, ["service.not_understood"])
    assert json.loads(run(*slip, *proof, *understood, *as_casey).stdout)["proven"]
    figures = json.loads(run("notices", "list", "--json").stdout)
    assert figures["people"]["served"] == 1
    assert "1 people served" in run("notices", "list").stdout


def test_a_letter_is_no_json(run: Any) -> None:
    assert run("spool", "open", "X", "--json", fails=SystemExit).exit_code == 2
    assert '"plan": 60' in run("schedule", "--show", "--json").stdout


@pytest.mark.parametrize("command", [notices, work, schedule, spool, *notices.commands.values()])
def test_every_command_explains_itself(command: click.Command) -> None:
    assert command.help
    assert CliRunner().invoke(command, ["--help"]).exit_code == 0


def test_stopping_and_going_on(run: Any, record: Any) -> None:
    record.person(facility=record.facility())
    batch = json.loads(run("notices", "plan", "--json").stdout)["batch"]
    run("notices", "approve", batch)
    stopped = json.loads(
        run("notices", "stop", "--reason", "wrong_people", "--batch", batch, "--json").stdout
    )
    assert json.loads(run("work", "--once", "--json").stdout)["sent"] == {}
    listed = run("notices", "list").output
    assert listed.startswith(f"STOPPED {stopped['stop']}  {batch}  since ")
    assert "wrong people" in listed
    (told,) = json.loads(run("notices", "list", "--json").stdout)["stops"]
    assert (told["batch"], told["carriage"], told["reason"]) == (batch, None, "wrong_people")
    both = ("--reason", "other", "--batch", batch, "--carriage", "sms")
    assert "not both" in run("notices", "stop", *both, fails=SystemExit).output
    run("notices", "resume", stopped["stop"])
    assert json.loads(run("work", "--once", "--json").stdout)["sent"] == {"accepted": 1}
