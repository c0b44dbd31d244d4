"""`holdfast client …` and `holdfast manifest …` as somebody types them."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from holds.cli.context import Office
from tests.conftest import OfficeAtWork
from tests.holds.web.pages import ANA, put_on_record
from wsgi import METADATA, cli

Run = Callable[..., Result]
JOURNEY = ("--label", "RP 1234", "--to", "Cuba", "--contact", "ops@field.example", "--leaves")


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


def test_a_client_gets_keys_and_loses_them(
    run: Run, office: OfficeAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDFAST_CREDENTIAL", office.credentials["admin"])
    me = ("--as", "admin")
    key = json.loads(run("client", "add", "krome-gate", "--scope", "field_office", "--json", *me).stdout)
    second = json.loads(run("client", "rotate", "krome-gate", "--json", *me).stdout)
    run("client", "revoke-key", key["reference"], *me)
    (listed,) = json.loads(run("client", "list", "--json", *me).stdout)["clients"]
    assert listed["keys"] == [second["reference"]]
    assert key["key"] not in run("client", "list", *me).stdout
    run("client", "unlock", "krome-gate", *me)


def test_a_manifest_from_a_file_is_checked_shown_and_watched(
    run: Run, office: OfficeAtWork, tmp_path: Path
) -> None:
    put_on_record(office, office.operator, tmp_path, ANA)
    path = tmp_path / "flight.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        strangers = [["2", "A900-555-111", "ROE, RICHARD", "1990-02-03"], ["3", "9E8", "", ""]]
        csv.writer(file).writerows([["Seq", "A-Number", "Name", "DOB"], ["1", *ANA[:3]], *strangers])
    command = ("manifest", "check", str(path), *JOURNEY, "2199-03-01T08:00-06:00")
    answer = json.loads(run(*command, "--json", status=3).stdout)
    assert [line["decision"] for line in answer["lines"]] == ["blocked", "not_on_record", "blocked"]
    assert "hold.active" in answer["lines"][0]["reasons"]
    shown = json.loads(run("manifest", "show", answer["manifests"][0]["manifest"], "--json", status=3).stdout)
    assert [line["instruction"] for line in shown["lines"]] == ["do_not_board", "proceed", "do_not_board"]
    run("manifest", "watch")
    spoken = run(*command, status=3).stdout
    assert "A removal hold is active" in spoken
    assert "PEREZ" not in spoken


def test_who_was_not_compared_does_not_board(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "flight.csv"
    path.write_text("A-Number,Name,DOB\nA900000001,ROE RICHARD,1990-02-03\nA900000002,,\n", encoding="utf-8")
    command = ("manifest", "check", str(path), *JOURNEY, "2199-03-01T08:00-06:00", "--json")
    answer = json.loads(run(*command, status=4).stdout)
    assert (answer["blocked"], answer["not_compared"]) == (0, 1)
    shown = json.loads(run("manifest", "show", answer["manifests"][0]["manifest"], "--json", status=4).stdout)
    assert [line["instruction"] for line in shown["lines"]] == ["proceed", "do_not_board"]


def test_a_time_without_a_zone_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "flight.csv"
    path.write_text("A-Number,Name\nA900000001,DOE\n")
    refused = run("manifest", "check", str(path), *JOURNEY, "2199-03-01T08:00", status=2)
    assert "time with its zone" in refused.output


def test_a_long_file_is_checked_by_a_member_of_staff_in_their_own_name(
    run: Run, office: OfficeAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_record(office, office.operator, tmp_path, ANA)
    path = tmp_path / "day.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        strangers = [(f"A{950_000_000 + n}", "ROE, RICHARD", "1990-02-03") for n in range(2_000)]
        csv.writer(file).writerows([("A-Number", "Name", "DOB"), *strangers, ANA[:3]])
    command = ("manifest", "check", str(path), *JOURNEY, "2199-03-01T08:00-06:00")
    assert "in their own name" in str(run(*command, status=1).exception)
    monkeypatch.setenv("HOLDFAST_CREDENTIAL", office.credentials["field"])
    answer = json.loads(run(*command, "--as", "field", "--json", status=3).stdout)
    assert [(part["first_row"], part["last_row"]) for part in answer["manifests"]] == [
        (2, 2001),
        (2002, 2002),
    ]
    assert (len(answer["lines"]), answer["blocked"]) == (2_001, 1)
    assert "do_not_board" in run("manifest", "show", answer["manifests"][1]["manifest"], status=3).stdout
