"""A court's order for a class: a hold each, every line answered, nothing dropped in silence."""

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from holds.actions.batch_holds import UNMATCHED, BatchOutcome, batch_holds
from holds.actions.place_provisional_stay import StayForm
from holds.domain.hold import Basis
from holds.domain.staff import NotAllowedError
from holds.store.gates import Hold
from holds.store.held import active_bases
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Person, Task
from tests.holds.store.life import put_review, released, someone
from tests.holds.store.merging import put_merge
from tests.holds.store.record import BACKENDS, Held, Record, open_record


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def order(record: Record, lines: list[str], *, who: str = "casey", **more: Any) -> BatchOutcome:
    said = {"basis": Basis.TRO, "cites": "Doe v. ICE"} if "stay" not in more else {}
    with record.database.transaction() as session:
        return batch_holds(session, record.vault, acting=record.staff[who], lines=lines, **{**said, **more})


def docket(record: Record, held: Held, number: str) -> None:
    with record.database.transaction() as session:
        put_review(session, record, held, docket_number=number)


def reference(record: Record, held: Held) -> str:
    with record.database.reading() as session:
        return session.get_one(Person, held.person_id).reference


def holds(record: Record) -> int:
    with record.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Hold)) or 0


def test_everyone_is_held_by_number_reference_and_docket_and_each_is_in_the_ledger(record: Record) -> None:
    one, two, three, four = released(record), released(record), someone(record), released(record)
    docket(record, three, "1:22-cv-01234 (SDFL)")
    lines = [f"A{one.number}", two.number, "1:22-CV-01234 (sdfl)", "9:99-cv-1", "", two.number]
    lines.append(reference(record, four).lower())
    outcome = order(record, lines, stay=StayForm(basis=Basis.TRO, document=secrets.token_bytes(9)))
    with record.database.reading() as session:
        placed = set(session.scalars(select(Hold.person_id).where(Hold.reference.in_(outcome.holds))))
        rows = select(func.count()).select_from(LedgerRow).join(Hold, Hold.id == LedgerRow.subject_id)
        told = session.scalar(rows.where(Hold.reference.in_(outcome.holds), LedgerRow.verb == "hold.placed"))
    assert placed == {person.person_id for person in (one, two, three, four)}
    assert len(outcome.holds) == told == 4
    assert [line.number for line in outcome.lines] == [1, 2, 3, 4, 7]
    assert [(line.number, line.text) for line in outcome.unknown] == [(4, "9:99-cv-1")]


def test_a_line_that_means_nobody_is_a_task_that_names_nobody(record: Record) -> None:
    outcome = order(record, ["Somebody Unheard-Of", f"A{released(record).number}", "9:99-cv-1"])
    assert [line.number for line in outcome.unknown] == [1, 3]
    with record.database.reading() as session:
        tasks = session.scalars(select(Task).where(Task.kind == UNMATCHED).order_by(Task.raised_at)).all()
        row = session.get_one(LedgerRow, tasks[-1].subject_id)
    assert tasks[-1].evidence["lines"] == [1, 3]
    assert "Unheard" not in str(tasks[-1].evidence)
    assert (row.verb, row.codes["unknown"], row.codes["holds"]) == ("holds.batch_placed", 2, 1)


def test_a_docket_that_could_be_an_a_number_is_looked_up_as_both(record: Record) -> None:
    """A circuit court numbers its cases 22-12345, and so may an old A-number be written."""
    by_docket, by_number = someone(record), someone(record, a_numbers=("951234567",))
    docket(record, by_docket, "95-1234567")
    outcome = order(record, ["95-1234567"])
    assert {len(line.people) for line in outcome.several} == {2}
    with record.database.reading() as session:
        held = active_bases(session, [by_docket.person_id, by_number.person_id])
    assert set(held.values()) == {("incident", "tro")}


def test_part_of_a_docket_holds_nobody_and_says_who_comes_near(record: Record) -> None:
    held = someone(record)
    docket(record, held, "No. 4:24-cv-77777-ABC")
    outcome = order(record, ["4:24-cv-77777", "4:24"])
    assert outcome.holds == ()
    assert [line.near for line in outcome.unknown] == [(reference(record, held),), ()]


def test_a_preview_places_nothing_and_is_told(record: Record) -> None:
    free, before = released(record), holds(record)
    outcome = order(record, [f"A{free.number}", "nobody"], preview=True)
    assert (outcome.holds, holds(record)) == ((), before)
    assert outcome.lines[0].people == (reference(record, free),)
    with record.database.reading() as session:
        verbs = session.scalars(select(LedgerRow.verb).order_by(LedgerRow.id.desc()).limit(1)).one()
    assert verbs == "holds.batch_previewed"


@pytest.mark.parametrize("by_paper", [True, False])
def test_the_same_order_twice_holds_nobody_twice(record: Record, by_paper: bool) -> None:
    one, two, paper = released(record), released(record), secrets.token_bytes(9)
    more: dict[str, Any] = {"stay": StayForm(basis=Basis.TRO, document=paper)} if by_paper else {}
    more |= {} if by_paper else {"basis": Basis.TRO, "cites": paper.hex()}
    assert len(order(record, [one.number], **more).holds) == 1
    again = order(record, [one.number, two.number], **more)
    assert len(again.holds) == 1
    assert again.standing == (reference(record, one),)
    other = {"stay": StayForm(basis=Basis.TRO, document=b"another")} if by_paper else {"cites": "Another"}
    assert len(order(record, [one.number], **other).holds) == 1


def test_two_merged_records_are_held_as_one_person(record: Record) -> None:
    one, other = released(record), released(record)
    with record.database.transaction() as session:
        put_merge(session, record, one, other)
    outcome = order(record, [one.number, other.number])
    assert len(outcome.holds) == 1
    assert outcome.several == ()


@pytest.mark.parametrize("preview", [True, False])
def test_who_may_not_look_at_people_cannot_walk_the_list_by_an_order(record: Record, preview: bool) -> None:
    with pytest.raises(NotAllowedError):
        order(record, [someone(record).number], who="field", preview=preview)
