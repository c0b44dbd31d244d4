"""Guarantee 7, by rows inserted past every action: two merged records are one at the gate, on both."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from holds.domain.judgement import DoubtKind, Verdict
from holds.store.base import new_id
from holds.store.engine import refusal_code
from holds.store.gates import Clearance, Hold, HoldEnding, Removal
from holds.store.held import active_bases
from holds.store.judgements import Judgement, JudgementConfirmation, RecordMerge, RecordSplit
from holds.store.merged import members_of
from tests.holds.store.ground import bear_release, compared, epoch, put, put_service, refused, release
from tests.holds.store.merging import (
    gate,
    judged,
    merge_row,
    put_doubt,
    put_merge,
    put_split,
    root_epoch,
    split_row,
)
from tests.holds.store.record import Held, Record, database_now, new_incident, put_on_record


def held(session: Session, record: Record) -> Held:
    return put_on_record(session, record, new_incident(session, record))


def free(session: Session, record: Record) -> Held:
    person = held(session, record)
    release(session, record, person)
    return person


def clearance(session: Session, record: Record, person: Held, **changes: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "person_id": person.person_id,
        "epoch": root_epoch(session, person.person_id) + 1,
        "departure_kind": "removal",
        "destination": "CU",
        "issued_to": record.staff["field"].id,
        "expires_at": database_now(session) + dt.timedelta(minutes=10),
        **changes,
    }


def removal(session: Session, record: Record, cleared: dict[str, Any]) -> dict[str, Any]:
    return {
        "person_id": cleared["person_id"],
        "epoch": root_epoch(session, cleared["person_id"]) + 1,
        "clearance_id": cleared["id"],
        "recorded_by": record.staff["field"].id,
    }


def hold(session: Session, record: Record, person: Held, **changes: Any) -> dict[str, Any]:
    casey = record.staff["casey"]
    return {
        "person_id": person.person_id,
        "epoch": root_epoch(session, person.person_id) + 1,
        "basis": "habeas",
        "sealed_cites": b"1:22-cv-1",
        "organisation_id": casey.organisation_id,
        "placed_by": casey.id,
        **changes,
    }


@pytest.mark.parametrize("other_way", [False, True])
def test_a_hold_of_either_refuses_a_clearance_for_both(
    taken_back: Session, record: Record, other_way: bool
) -> None:
    one, other = free(taken_back, record), held(taken_back, record)
    pair = (other, one) if other_way else (one, other)
    put(taken_back, Clearance, **clearance(taken_back, record, one))
    put_merge(taken_back, record, *pair)
    for person in (one, other):
        assert refused(taken_back, Clearance, **clearance(taken_back, record, person)) == "hold.active"
        assert active_bases(taken_back, [person.person_id]) == {person.person_id: ("incident",)}


@pytest.mark.parametrize("other_way", [False, True])
def test_a_merge_voids_what_was_cleared_for_either(
    taken_back: Session, record: Record, other_way: bool
) -> None:
    """Also where by chance the two gates stand at the same epoch."""
    one, other = free(taken_back, record), free(taken_back, record)
    cleared = [clearance(taken_back, record, person) for person in (one, other)]
    for row in cleared:
        put(taken_back, Clearance, **row)
    assert epoch(taken_back, one.person_id) == epoch(taken_back, other.person_id)
    put_merge(taken_back, record, *((other, one) if other_way else (one, other)))
    for row in cleared:
        assert refused(taken_back, Removal, **removal(taken_back, record, row)) == "clearance.void"
    fresh = clearance(taken_back, record, one)
    put(taken_back, Clearance, **fresh)
    compared(taken_back, fresh["id"])
    put(taken_back, Removal, **removal(taken_back, record, fresh))


def test_a_clearance_is_void_though_the_others_gate_counts_up_to_it(
    taken_back: Session, record: Record
) -> None:
    """The other's gate stands one behind: counting on from there, it would reach the clearance's epoch."""
    one, other = free(taken_back, record), free(taken_back, record)
    cleared = clearance(taken_back, record, one)
    put(taken_back, Clearance, **cleared)
    assert epoch(taken_back, other.person_id) == cleared["epoch"] - 1
    put_merge(taken_back, record, one, other)
    for stated in (cleared["epoch"] + 1, root_epoch(taken_back, one.person_id) + 1):
        row = {**removal(taken_back, record, cleared), "epoch": stated}
        assert refused(taken_back, Removal, **row) in {"gate.stale_epoch", "clearance.void"}


@pytest.mark.parametrize("cleared_for", [0, 1])
def test_a_hold_on_one_voids_what_was_cleared_for_the_other(
    taken_back: Session, record: Record, cleared_for: int
) -> None:
    pair = free(taken_back, record), free(taken_back, record)
    put_merge(taken_back, record, *pair)
    cleared = clearance(taken_back, record, pair[cleared_for])
    put(taken_back, Clearance, **cleared)
    stale = removal(taken_back, record, cleared)
    put(taken_back, Hold, **hold(taken_back, record, pair[1 - cleared_for]))
    assert refused(taken_back, Removal, **stale) == "gate.stale_epoch"
    assert refused(taken_back, Removal, **removal(taken_back, record, cleared)) == "hold.active"


def test_a_chain_is_followed_to_its_root_and_a_cycle_refused(taken_back: Session, record: Record) -> None:
    first, second, third = (free(taken_back, record) for _ in range(3))
    put_merge(taken_back, record, first, second)
    put_merge(taken_back, record, second, third)
    everyone = {first.person_id, second.person_id, third.person_id}
    assert gate(taken_back, first.person_id)[1] == second.person_id
    assert gate(taken_back, second.person_id)[1] == third.person_id
    assert all(members_of(taken_back, person) == everyone for person in everyone)
    before = root_epoch(taken_back, first.person_id)
    put(taken_back, Hold, **hold(taken_back, record, first))
    assert gate(taken_back, third.person_id) == (before + 1, None)
    for person in (first, second, third):
        assert refused(taken_back, Clearance, **clearance(taken_back, record, person)) == "hold.active"
    around = merge_row(taken_back, record, third, first)
    around["epoch"] += 1
    assert refused(taken_back, RecordMerge, **around) == "merge.one_record_already"


def test_a_merge_takes_a_judgement_of_this_pair_by_two_people_outside(
    taken_back: Session, record: Record
) -> None:
    one, other, third = (held(taken_back, record) for _ in range(3))
    row = merge_row(taken_back, record, one, other)
    doubt = put_doubt(taken_back, record, one.person_id, other.person_id, DoubtKind.SAME_PERSON)
    no = judged(taken_back, record, doubt, Verdict.NEGATIVE)
    alone, casey = new_id(), record.staff["casey"].id
    said = {"doubt_id": doubt, "verdict": "positive", "judged_by": casey}
    put(taken_back, Judgement, id=alone, sealed_reason=b"sealed", **said)
    wrong: tuple[dict[str, Any], ...] = (
        {"judgement_id": alone, "doubt_id": doubt},
        {"judgement_id": no, "doubt_id": doubt},
        {"judgement_id": no, "doubt_id": doubt, "verdict": "negative"},
        {"other_id": third.person_id},
        {"person_id": third.person_id, "merged_id": third.person_id},
        {"judgement_id": new_id()},
    )
    for change in wrong:
        assert refused(taken_back, RecordMerge, **{**row, **change}) is None
    for who, outside in (
        (casey, True),
        (record.staff["inside"].id, True),
        (record.staff["inside"].id, False),
    ):
        confirmed = {**said, "judgement_id": alone, "confirmed_by": who, "outside": outside}
        assert refused(taken_back, JudgementConfirmation, **confirmed) is None
    assert refused(taken_back, RecordMerge, **{**row, "merged_id": other.person_id}) == "merge.not_the_root"
    for off in (-1, 1):
        assert refused(taken_back, RecordMerge, **{**row, "epoch": row["epoch"] + off}) == "gate.stale_epoch"
    put(taken_back, RecordMerge, **row)


def test_the_gate_itself_cannot_be_pointed_elsewhere(taken_back: Session, record: Record) -> None:
    one, other = held(taken_back, record), held(taken_back, record)

    def point(person: Held, into: Held | None, epochs: str) -> str | None:
        ids = [p.person_id.hex if record.sqlite else p.person_id for p in (person, into) if p]
        with pytest.raises(IntegrityError) as caught, taken_back.begin_nested():
            taken_back.execute(
                text(
                    f"UPDATE gate SET epoch = epoch + {epochs}, merged_into = {':into' if into else 'NULL'} "  # noqa: S608
                    "WHERE person_id = :person"
                ),
                {"person": ids[0], **({"into": ids[1]} if into else {})},
            )
        return refusal_code(caught.value)

    assert point(one, other, "1") == "gate.merge_unjudged"
    put_merge(taken_back, record, one, other)
    for step in ("1", "0"):
        assert point(one, None, step) == "gate.merge_unjudged"
        assert point(other, one, step) == "gate.merge_unjudged"


def test_undoing_a_merge_releases_nobody_and_voids_every_clearance(
    taken_back: Session, record: Record
) -> None:
    one, other = free(taken_back, record), held(taken_back, record)
    merge = put_merge(taken_back, record, one, other)
    assert refused(taken_back, RecordSplit, **split_row(taken_back, record, merge)) == "split.would_release"
    put(taken_back, Hold, **hold(taken_back, record, one))
    put_split(taken_back, record, merge)
    assert gate(taken_back, one.person_id)[1] is None
    for person in (one, other):
        assert refused(taken_back, Clearance, **clearance(taken_back, record, person)) == "hold.active"
    again = split_row(taken_back, record, merge)
    # The primary key of PostgreSQL refuses without a code.
    assert refused(taken_back, RecordSplit, **again) in {"record.exists", None}


@pytest.mark.parametrize("cleared_for", [0, 1])
def test_a_split_voids_what_was_cleared_while_they_were_one(
    taken_back: Session, record: Record, cleared_for: int
) -> None:
    pair = free(taken_back, record), free(taken_back, record)
    merge = put_merge(taken_back, record, *pair)
    cleared = clearance(taken_back, record, pair[cleared_for])
    put(taken_back, Clearance, **cleared)
    put_split(taken_back, record, merge)
    assert refused(taken_back, Removal, **removal(taken_back, record, cleared)) == "clearance.void"


def test_a_split_takes_a_negative_judgement_and_the_right_merge(taken_back: Session, record: Record) -> None:
    one, other = held(taken_back, record), held(taken_back, record)
    merge = put_merge(taken_back, record, one, other)
    row = split_row(taken_back, record, merge)
    wrong: tuple[dict[str, Any], ...] = (
        {"judgement_id": merge["judgement_id"], "doubt_id": merge["doubt_id"], "verdict": "positive"},
        {"judgement_id": merge["judgement_id"], "doubt_id": merge["doubt_id"]},
        {"merged_id": other.person_id},
        {"merge_id": new_id()},
    )
    for change in wrong:
        refused(taken_back, RecordSplit, **{**row, **change})
        assert gate(taken_back, one.person_id)[1] == other.person_id
    assert refused(taken_back, RecordSplit, **{**row, "epoch": row["epoch"] + 1}) == "gate.stale_epoch"
    put(taken_back, RecordSplit, **row)


def test_a_release_needs_the_service_of_every_exposure_of_both(taken_back: Session, record: Record) -> None:
    one, other = held(taken_back, record), held(taken_back, record)
    whole = bear_release(taken_back, record, one)
    put_merge(taken_back, record, one, other)
    row = {**whole, "epoch": root_epoch(taken_back, one.person_id) + 1}
    assert refused(taken_back, HoldEnding, **row) == "review.decided_before_service"
    put_service(taken_back, record, other)
    put(taken_back, HoldEnding, **row)
    assert active_bases(taken_back, [one.person_id]) == {one.person_id: ("incident",)}
