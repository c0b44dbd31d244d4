"""The same name under a number one digit off, or with two digits swapped: blocked until two have judged."""

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from holds.actions.check_removal import answer_check, check_all
from holds.actions.judge import confirm_judgement, judge
from holds.actions.questions import Question
from holds.domain.a_number import slips_of
from holds.domain.decision import Decision
from holds.domain.judgement import PROMISE, Verdict
from holds.store.judgements import Doubt
from holds.store.people import Task
from tests.holds.store.life import released, someone
from tests.holds.store.record import BACKENDS, Held, Record, open_record

NEAR = ("blocked", ("identity.near_match",))
UNKNOWN = ("not_on_record", ("identity.not_compared",))


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def ask(
    record: Record, number: str, name: str | None, born: str | None = None
) -> tuple[str, tuple[str, ...]]:
    question = Question(a_number=f"A{number}", name=name, birth_date=born)
    answer = answer_check(record.database, acting=record.staff["field"], question=question)
    return answer.decision.value, answer.reasons


def near_tasks(record: Record, held: Held) -> list[Task]:
    with record.database.reading() as session:
        found = select(Task).where(Task.kind == "near_match", Task.person_id == held.person_id)
        return list(session.scalars(found))


def say(record: Record, held: Held, verdict: Verdict, *, confirm: bool) -> None:
    casey, sunny = record.staff["casey"], record.staff["sunny"]
    with record.database.transaction() as session:
        doubt_id = session.scalars(select(Doubt.id).where(Doubt.subject_id == held.person_id)).one()
        judge(session, record.vault, acting=casey, doubt_id=doubt_id, verdict=verdict, reason="Seen.")
        if confirm:
            confirm_judgement(session, record.vault, acting=sunny, doubt_id=doubt_id)


def test_the_slips_of_a_number() -> None:
    slips = slips_of("900000123")
    assert len(slips) == 9 * 9 + 4
    assert {"900000124", "800000123", "900001023", "090000123", "900000132"} <= slips
    assert not {"900000123", "900000321", "900000134"} & slips
    assert "000000000" not in slips_of("000000001")


@pytest.mark.parametrize(
    ("meant", "name"),
    [
        ("951208346", "ABEBE, SELAM"),
        ("851208347", "ABEBE, HANNA"),
        ("951203847", "ABEBE, LULIT"),
        ("591208347", "ABEBE, NAOD"),
    ],
)
def test_one_digit_off_or_two_swapped_with_the_same_name(record: Record, meant: str, name: str) -> None:
    held = someone(record, a_numbers=(meant,), names=(name,), birth_dates=("1980-01-02",))
    asked = name.split(", ")[1].title() + " Abebe"
    assert ask(record, "951208347", asked) == NEAR
    assert ask(record, "951208347", asked, "1980-01-02") == NEAR, "by name and birth date"
    assert ask(record, "951208347", None) == UNKNOWN
    assert near_tasks(record, held)


@pytest.mark.parametrize("born", ["1985-04-03", "1985-03-04", "1971-12-30"])
def test_a_birth_date_right_or_wrong_hides_no_slip(record: Record, born: str) -> None:
    names = {"1985-04-03": "ALEMU, DESTA", "1985-03-04": "BEKELE, HIWOT", "1971-12-30": "KEBEDE, YONAS"}
    number = {"1985-04-03": "956123456", "1985-03-04": "957123456", "1971-12-30": "958123456"}[born]
    someone(record, a_numbers=(number,), names=(names[born],), birth_dates=("1985-04-03",))
    swapped = f"{number[:-2]}{number[-1]}{number[-2]}"
    assert ask(record, swapped, names[born], born) == NEAR
    assert ask(record, swapped, "Somebody Else", born) == ("not_on_record", ())


def test_day_and_month_swapped_under_quite_another_number(record: Record) -> None:
    someone(record, a_numbers=("959123456",), names=("TESSEMA, RAHEL",), birth_dates=("1985-04-03",))
    assert ask(record, "947000001", "Rahel Tessema", "1985-03-04") == NEAR
    assert ask(record, "947000001", "Rahel Tessema", "1985-03-05") == ("not_on_record", ())


@pytest.mark.parametrize(("lines", "decision"), [(50, Decision.BLOCKED), (51, Decision.NOT_ON_RECORD)])
def test_a_long_manifest_looks_for_slips_only_without_a_birth_date(
    record: Record, lines: int, decision: Decision
) -> None:
    name, number = {50: ("WOLDE, ABEL", "946123456"), 51: ("WOLDE, RUTH", "945123456")}[lines]
    someone(record, a_numbers=(number,), names=(name,), birth_dates=("1985-04-03",))
    slip = f"A{number[:-2]}{number[-1]}{number[-2]}"
    dated = Question(a_number=slip, name=name, birth_date="1971-12-30")
    others = [Question(a_number=f"A94400{n:04}") for n in range(lines - 2)]
    with record.database.transaction() as session:
        first, second, *_ = check_all(
            session,
            record.database,
            acting=record.staff["field"],
            questions=[dated, Question(a_number=slip, name=name), *others],
        )
    assert first.answer.decision is decision
    assert second.answer.decision is Decision.BLOCKED


def test_another_name_or_a_number_farther_off_is_none(record: Record) -> None:
    someone(record, a_numbers=("962208347",), names=("GIRMA, DAWIT",))
    assert ask(record, "962208348", "Dawit Girma") == NEAR
    assert ask(record, "962208348", "Lemlem Girma") == UNKNOWN
    assert ask(record, "962208356", "Dawit Girma") == UNKNOWN
    free = released(record, a_numbers=("973208347",), names=("MENGISTU, SARA",))
    assert free.number
    assert ask(record, "973208348", "Sara Mengistu") == UNKNOWN


def test_it_waits_on_call_until_two_have_judged_and_again_when_one_doubts(record: Record) -> None:
    held = someone(record, a_numbers=("984208347",), names=("TADESSE, MARTA",))
    for _ in range(2):
        assert ask(record, "984208340", "Marta Tadesse") == NEAR
    (task,) = near_tasks(record, held)
    assert task.closed_at is None
    assert task.due_at is not None
    assert dt.timedelta() < task.due_at - task.raised_at <= PROMISE
    assert task.organisation_id == record.staff["casey"].organisation_id
    say(record, held, Verdict.NEGATIVE, confirm=False)
    assert ask(record, "984208340", "Marta Tadesse") == NEAR
    say(record, held, Verdict.NEGATIVE, confirm=True)
    assert ask(record, "984208340", "Marta Tadesse") == UNKNOWN
    assert [task.closed_at is None for task in near_tasks(record, held)] == [False]
    say(record, held, Verdict.UNSURE, confirm=False)
    assert ask(record, "984208340", "Marta Tadesse") == NEAR
    assert [task.closed_at is None for task in near_tasks(record, held)] == [True]
