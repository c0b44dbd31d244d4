"""`holdfast match` and `holdfast merge`, as two people type them."""

import datetime as dt
import json
from functools import cached_property
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from holds.actions.check_removal import answer_check
from holds.actions.opening import Database
from holds.actions.questions import Question
from holds.cli.context import Office
from holds.cli.judging import match, merge
from holds.domain.decision import Decision
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting
from holds.store.ledger_rows import LedgerRow
from holds.store.merged import members_of
from holds.store.people import Person
from holds.store.representation import Appearance
from tests.conftest import OfficeAtWork
from tests.holds.actions.lists import ANA, BEN, ROSTER, Lists
from tests.holds.actions.test_import_counsel import FOR_ANA, JANE
from wsgi import METADATA


class Desk(Office):
    """The test's database, and its staff without asking for credentials."""

    def __init__(self, at_work: OfficeAtWork) -> None:
        super().__init__(METADATA)
        self.at_work = at_work

    @cached_property
    def database(self) -> Database:
        return self.at_work.database

    def acting(self, login: str | None, credential_file: Path | None = None) -> Acting:
        del credential_file
        assert login is not None
        return {"casey": self.at_work.caseworker, "sunny": self.at_work.supervisor}[login]


@pytest.fixture
def lists(office: OfficeAtWork, tmp_path: Path) -> Lists:
    made = Lists(office, tmp_path)
    made.register()
    made.people(ANA, BEN)
    return made


def typed(lists: Lists, group: click.Group, who: str, *words: str) -> dict[str, Any]:
    found = CliRunner().invoke(group, [*words, "--as", who, "--json"], obj=Desk(lists.office))
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    assert found.exit_code == 0, found.output
    answer: dict[str, Any] = json.loads(found.stdout)
    return answer


def asked(lists: Lists) -> Decision:
    question = Question(a_number="A900888001", name="Ana Perez", birth_dates=(dt.date(1990, 4, 25),))
    return answer_check(lists.office.database, acting=lists.office.officer, question=question).decision


def test_a_near_match_from_the_queue_to_its_confirmation(lists: Lists) -> None:
    assert asked(lists) is Decision.BLOCKED
    (waits,) = typed(lists, match, "casey", "queue")["waiting"]
    reference = waits["reference"]
    shown = typed(lists, match, "casey", "show", reference)
    assert shown["other"]["A-number"].replace("-", "").endswith("900888001")
    assert "PEREZ" in shown["record"]["name"].upper()
    with lists.office.database.reading() as session:
        assert "person.seen" in session.scalars(select(LedgerRow.verb)).all()
    said = ("judge", reference, "--verdict", "negative", "--reason", "Other parents.")
    assert typed(lists, match, "casey", *said)["confirmed"] is False
    assert asked(lists) is Decision.BLOCKED
    with pytest.raises(RefusedError, match="second person"):
        typed(lists, match, "casey", "confirm", reference)
    assert typed(lists, match, "sunny", "confirm", reference)["effect"] == "lift_near_match"
    assert asked(lists) is Decision.NOT_ON_RECORD
    assert typed(lists, match, "casey", "queue")["waiting"] == []


def test_two_records_are_merged_and_taken_apart(lists: Lists) -> None:
    with lists.office.database.reading() as session:
        one, other = session.scalars(select(Person.reference).order_by(Person.id))
        people = session.scalars(select(Person.id).order_by(Person.id)).all()

    def together() -> bool:
        with lists.office.database.reading() as session:
            return members_of(session, people[0]) == set(people)

    proposed = typed(lists, merge, "casey", "propose", one, other, "--reason", "Same fingerprints.")
    assert not together()
    typed(lists, match, "sunny", "confirm", proposed["reference"])
    assert together()
    undone = typed(lists, merge, "casey", "undo", one, other, "--reason", "Two sisters.")
    assert together()
    assert typed(lists, match, "sunny", "confirm", undone["reference"])["effect"] == "split"
    assert not together()
    with pytest.raises(RefusedError, match="no record"):
        typed(lists, merge, "casey", "propose", one, "NOBODY", "--reason", "x")


def test_a_roster_is_tried_without_importing_it_and_every_look_is_told(lists: Lists) -> None:
    wrong = (*JANE, "A900000077", *FOR_ANA[7:])
    stranger = (*JANE, "A900000099", "OKONKWO, CHIDI", "1971-09-09", *FOR_ANA[9:])
    path = lists.write("roster.csv", ROSTER, FOR_ANA, wrong, stranger)
    answer = typed(lists, match, "casey", "counsel", str(path), "--dry-run")
    assert [one["judgement"] for one in answer["matches"]] == ["exact", "needs_judgement", "none"]
    exact, doubtful, _ = answer["matches"]
    assert exact["person"] == doubtful["person"]
    assert "a_number" in doubtful["disagreed"]
    assert lists.count(Appearance) == 0
    with lists.office.database.reading() as session:
        looks = session.scalars(select(LedgerRow.person_id).where(LedgerRow.verb == "person.seen")).all()
    assert looks == [lists.person("900000001")]


def test_counsels_client_is_shown_judged_and_gone_from_the_queue(lists: Lists) -> None:
    lists.roster((*JANE, "A900000077", *FOR_ANA[7:]))
    (entry,) = typed(lists, match, "casey", "queue")["waiting"]
    assert (entry["kind"], entry["detained"]) == ("counsel", True)
    shown = typed(lists, match, "casey", "show", entry["reference"])
    assert (shown["other"]["name"], shown["record"]["name"]) == ("PEREZ, ANA", "PEREZ, ANA MARIA")
    words = ("judge", entry["reference"], "--verdict", "negative", "--reason", "Another Ana.")
    assert typed(lists, match, "casey", *words)["confirmed"] is True
    assert typed(lists, match, "casey", "queue")["waiting"] == []
    again = typed(lists, match, "casey", "show", entry["reference"])
    assert [one["reason"] for one in again["judgements"]] == ["Another Ana."]


def test_the_record_is_looked_through_for_people_with_two_numbers(lists: Lists) -> None:
    lists.people(("A900-000-011", "PERES DIAZ, ANA MARIA", *ANA[2:]), name="more.csv")
    looked = typed(lists, match, "casey", "run")
    assert looked == {"records": 3, "alike": 1, "raised": 1}
