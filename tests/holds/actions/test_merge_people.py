"""Guarantee 7 through the actions: two merged records are one person, and undoing a merge frees nobody."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from holds.actions.check_removal import answer_check
from holds.actions.clear_removal import BlockedError, issue_clearance, record_boarding
from holds.actions.judge import JudgementRefusedError, confirm_judgement, judge, raise_doubt
from holds.actions.merge_people import merge_of
from holds.actions.place_hold import place_hold
from holds.actions.questions import Question
from holds.domain.decision import Decision
from holds.domain.departure import DepartureKind
from holds.domain.hold import Basis
from holds.domain.judgement import DoubtKind, Effect, Verdict
from holds.store.gates import Hold
from holds.store.held import active_bases
from holds.store.ledger_rows import LedgerRow
from holds.store.merged import members_of
from tests.holds.store.life import propose, put_review, released, serve_notices, someone, try_release
from tests.holds.store.record import BACKENDS, Held, Record, asked_of, open_record


@pytest.fixture(params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def settle(
    record: Record, pair: tuple[Held, Held], kind: DoubtKind, verdict: Verdict, *, second: str = "sunny"
) -> Effect:
    """A doubt about the two, judged by one person and confirmed by another."""
    casey = record.staff["casey"]
    with record.database.transaction() as session:
        doubt_id = raise_doubt(
            session, acting=casey, kind=kind, subject_id=pair[0].person_id, other_id=pair[1].person_id
        )
        judge(
            session, record.vault, acting=casey, doubt_id=doubt_id, verdict=verdict, reason="The same file."
        )
    with record.database.transaction() as session:
        return confirm_judgement(session, record.vault, acting=record.staff[second], doubt_id=doubt_id)


def merge(record: Record, one: Held, other: Held) -> Effect:
    return settle(record, (one, other), DoubtKind.SAME_PERSON, Verdict.POSITIVE)


def undo(record: Record, one: Held, other: Held) -> Effect:
    return settle(record, (one, other), DoubtKind.WRONG_MERGE, Verdict.NEGATIVE)


def clear(record: Record, held: Held) -> uuid.UUID:
    with record.database.transaction() as session:
        return issue_clearance(
            session,
            record.database,
            acting=record.staff["field"],
            person_id=held.person_id,
            question=asked_of(held),
            departure_kind=DepartureKind.REMOVAL,
            destination="CU",
        )


def answer(record: Record, held: Held, **more: object) -> tuple[Decision, tuple[str, ...]]:
    question = Question(a_number=held.number, **more)  # type: ignore[arg-type]
    said = answer_check(record.database, acting=record.staff["field"], question=question)
    return said.decision, said.reasons


def test_merged_records_block_under_either_number(record: Record) -> None:
    one, other = released(record), someone(record)
    assert answer(record, one)[0] is Decision.NO_ACTIVE_HOLD
    clearance_id = clear(record, one)
    assert merge(record, one, other) is Effect.MERGE
    for person in (one, other):
        assert answer(record, person) == (Decision.BLOCKED, ("hold.active",))
        with pytest.raises(BlockedError):
            clear(record, person)
    with record.database.transaction() as session, pytest.raises(BlockedError):
        record_boarding(session, record.database, acting=record.staff["field"], clearance_id=clearance_id)


def test_one_number_on_two_merged_records_is_one_person(record: Record) -> None:
    """Before: several people. After: one, known by both birth dates and both names."""
    one = someone(record, a_numbers=("900555001",), birth_dates=("1990-01-02",))
    other = someone(record, a_numbers=("900555001",), birth_dates=("1990-02-01",))
    shared = Held(one.person_id, one.hold_id, one.exposure_id, one.incident_id, "900555001")
    assert "identity.several_people" in answer(record, shared)[1]
    merge(record, one, other)
    born = (dt.date(1990, 2, 1),)
    assert answer(record, shared, name="DOE, JANE", birth_dates=born)[1] == ("hold.active",)
    stranger = (dt.date(1970, 5, 5),)
    assert "identity.conflict" in answer(record, shared, name="DOE, JANE", birth_dates=stranger)[1]


def test_a_hold_on_one_voids_the_clearance_of_the_other(record: Record) -> None:
    one, other = released(record), released(record)
    merge(record, one, other)
    clearance_id = clear(record, one)
    with record.database.transaction() as session:
        place_hold(
            session,
            record.vault,
            acting=record.staff["casey"],
            person_id=other.person_id,
            basis=Basis.HABEAS,
            cites="1:22-cv-1",
        )
    with record.database.transaction() as session, pytest.raises(BlockedError):
        record_boarding(session, record.database, acting=record.staff["field"], clearance_id=clearance_id)


def test_chains_are_one_record_and_merging_twice_changes_nothing(record: Record) -> None:
    people = [released(record), released(record), someone(record)]
    merge(record, people[0], people[1])
    merge(record, people[1], people[2])
    merge(record, people[0], people[2])
    merge(record, people[2], people[0])
    with record.database.reading() as session:
        assert members_of(session, people[1].person_id) == {p.person_id for p in people}
    assert {answer(record, person)[1] for person in people} == {("hold.active",)}


def test_undoing_a_merge_leaves_both_held(record: Record) -> None:
    """Who was blocked by the other's hold alone gets a hold of their own."""
    one, other = released(record), someone(record)
    merge(record, one, other)
    assert undo(record, one, other) is Effect.SPLIT
    with record.database.reading() as session:
        assert members_of(session, one.person_id) == {one.person_id}
        assert active_bases(session, [one.person_id, other.person_id]) == {
            one.person_id: ("split_record",),
            other.person_id: ("incident",),
        }
        assert merge_of(session, one.person_id, other.person_id) is None
        cites = session.scalar(select(Hold.sealed_cites).where(Hold.basis == "split_record"))
        verbs = set(session.scalars(select(LedgerRow.verb).where(LedgerRow.person_id == other.person_id)))
    assert cites
    assert {"records.merged", "records.split"} <= verbs
    assert answer(record, one) == answer(record, other) == (Decision.BLOCKED, ("hold.active",))


def test_a_merge_named_the_other_way_round_can_be_undone_and_made_again(record: Record) -> None:
    one, other = someone(record), someone(record)
    merge(record, one, other)
    undo(record, other, one)
    with pytest.raises(JudgementRefusedError):
        undo(record, one, other)
    merge(record, other, one)
    with record.database.reading() as session:
        assert members_of(session, one.person_id) == {one.person_id, other.person_id}
        assert active_bases(session, [one.person_id])[one.person_id] == ("incident", "incident")


def test_a_split_in_the_middle_of_a_chain_frees_nobody(record: Record) -> None:
    people = [released(record), released(record), someone(record)]
    merge(record, people[0], people[1])
    merge(record, people[0], people[2])
    undo(record, people[0], people[2])
    undo(record, people[0], people[1])
    assert {answer(record, person)[1] for person in people} == {("hold.active",)}


def test_one_person_cannot_merge_alone(record: Record) -> None:
    one, other = someone(record), someone(record)
    with pytest.raises(JudgementRefusedError, match="second person"):
        settle(record, (one, other), DoubtKind.SAME_PERSON, Verdict.POSITIVE, second="casey")
    with record.database.reading() as session:
        assert members_of(session, one.person_id) == {one.person_id}


def test_judged_to_be_two_people_both_stay_as_they_are(record: Record) -> None:
    one, other = someone(record), someone(record)
    settle(record, (one, other), DoubtKind.IDENTITY_CONFLICT, Verdict.NEGATIVE)
    with record.database.reading() as session:
        assert members_of(session, one.person_id) == {one.person_id}


def test_a_release_waits_for_the_service_of_the_others_notice(record: Record) -> None:
    """Every exposure of the one person counts, whichever record it stands on."""
    one, other = someone(record), someone(record)
    with record.database.transaction() as session:
        serve_notices(session, record, one)
        propose(session, record, one, put_review(session, record, one))
    merge(record, one, other)
    refusal = try_release(record, one)
    assert refusal is not None
    assert "notice.not_served_for_every_exposure" in refusal.reasons
