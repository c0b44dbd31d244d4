"""`holdfast review record`, `holdfast check` and `holdfast person dispute-service`, as someone types them."""

import json
from functools import cached_property
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from holds.actions.opening import Database
from holds.actions.record_service import record_service
from holds.cli.checking import check
from holds.cli.context import Office
from holds.cli.people import person
from holds.cli.reviews import review
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting
from holds.store.exposures import Exposure
from holds.store.gates import Hold
from tests.conftest import OfficeAtWork
from tests.holds.actions.lists import ANA, BEN, LEAK, Lists
from tests.proven import PROVEN
from wsgi import METADATA


class CaseOffice(Office):
    """The test's database, where a caseworker types."""

    def __init__(self, at_work: OfficeAtWork) -> None:
        super().__init__(METADATA)
        self.at_work = at_work

    @cached_property
    def database(self) -> Database:
        return self.at_work.database

    def acting(self, login: str | None, credential_file: Path | None = None) -> Acting:
        del login, credential_file
        return self.at_work.caseworker

    def acting_with(self, login: str | None, shown: str) -> Acting:
        del login, shown
        return self.at_work.caseworker

    def answer_at_once(self) -> None:
        """The test's database answers as it is."""


@pytest.fixture
def lists(office: OfficeAtWork, tmp_path: Path) -> Lists:
    made = Lists(office, tmp_path)
    made.register()
    made.people(ANA, BEN)
    (tmp_path / "order.pdf").write_bytes(b"%PDF-1.7 order")
    return made


def typed(lists: Lists, command: click.Command, *words: str) -> Result:
    return CliRunner().invoke(command, words, obj=CaseOffice(lists.office))


def record_words(lists: Lists, *more: str) -> list[str]:
    order = "record A900-000-001 --forum immigration_judge --court Miami --docket 1 --outcome denied --merits"
    order += f" --final --decided 2023-04-03T10:00 --document {lists.folder / 'order.pdf'}"
    return [*order.split(), *more]


def reference(lists: Lists, number: str) -> str:
    with lists.office.database.reading() as session:
        return session.scalars(select(Hold.reference).where(Hold.person_id == lists.person(number))).one()


def test_a_review_is_recorded_for_a_hold_of_that_person_alone(lists: Lists) -> None:
    hers, his = reference(lists, "900000001"), reference(lists, "900000002")
    result = typed(lists, review, *record_words(lists, "--hold", his, "--no-appeal-lies"))
    assert isinstance(result.exception, RefusedError)
    assert "another person's" in str(result.exception)
    for hold in (("--hold", hers), ()):
        result = typed(lists, review, *record_words(lists, *hold, "--no-appeal-lies", "--json"))
        assert result.exit_code == 0, result.exception
        assert json.loads(result.stdout)["verified"] is False


def test_whether_an_appeal_lies_must_be_said(lists: Lists) -> None:
    deadline = ("--appeal-deadline", "2023-05-03")
    for words in ((), ("--no-appeal-lies", *deadline)):
        result = typed(lists, review, *record_words(lists, *words))
        assert result.exit_code == 2
        assert "--no-appeal-lies" in result.stderr
    assert typed(lists, review, *record_words(lists, *deadline)).exit_code == 0


def test_a_check_reads_the_birth_date_by_the_databases_time(lists: Lists) -> None:
    for written, reasons in (("31-FEB-1980", ["birth_date.unreadable"]), ("2999-01-01", None)):
        result = typed(lists, check, "A900999999", "--name", "X Y", "--dob", written)
        assert result.exit_code == 3
        assert json.loads(result.stdout)["reasons"] == (reasons or ["birth_date.unreadable"])
    assert typed(lists, check, "A900999999", "--name", "X Y", "--dob", "1990-01-31").exit_code == 4


def test_a_service_is_disputed_by_number(lists: Lists) -> None:
    words = ("dispute-service", "A900-000-001", "--by", "person", "--json")
    assert isinstance(typed(lists, person, *words).exception, RefusedError)
    person_id = lists.person("900000001")
    with lists.office.database.transaction() as session:
        record_service(
            session,
            lists.office.vault,
            acting=lists.office.caseworker,
            person_id=person_id,
            exposure_id=session.scalars(select(Exposure.id).where(Exposure.person_id == person_id)).one(),
            act=PROVEN,
            served_at=LEAK.replace(year=2023),
        )
    result = typed(lists, person, *words)
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"disputed": 1})
    assert [task.subject_id for task in lists.tasks("serve_again")]
