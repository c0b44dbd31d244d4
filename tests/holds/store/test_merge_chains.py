"""Undoing one merge of several: nobody is parted from those they are judged to be one with."""

from sqlalchemy.orm import Session

from holds.store.judgements import RecordSplit
from holds.store.merged import members_of
from tests.holds.store.ground import refused
from tests.holds.store.merging import put_merge, put_split, split_row
from tests.holds.store.record import Held, Record, new_incident, put_on_record


def three(session: Session, record: Record) -> list[Held]:
    return [put_on_record(session, record, new_incident(session, record)) for _ in range(3)]


def test_a_merge_on_which_a_later_one_rests_is_not_undone_before_that(
    taken_back: Session, record: Record
) -> None:
    """A is B, A is C: the gates lead from A to B to C. Without the first, A would be parted from C too, and
    C's hold would no longer be A's."""
    one, two, three_ = three(taken_back, record)
    first, later = put_merge(taken_back, record, one, two), put_merge(taken_back, record, one, three_)
    assert refused(taken_back, RecordSplit, **split_row(taken_back, record, first)) == (
        "split.others_rest_on_it"
    )
    assert members_of(taken_back, one.person_id) >= {three_.person_id}
    put_split(taken_back, record, later)
    put_split(taken_back, record, first)
    assert members_of(taken_back, one.person_id) == {one.person_id}


def test_the_inner_or_outer_merge_of_a_plain_chain_parts_only_whom_it_joined(
    taken_back: Session, record: Record
) -> None:
    """A is B, B is C: without the first A stands alone; without the second, C."""
    for undone in (0, 1):
        people = three(taken_back, record)
        merges = [put_merge(taken_back, record, people[n], people[n + 1]) for n in range(2)]
        put_split(taken_back, record, merges[undone])
        alone = people[0 if undone == 0 else 2]
        assert members_of(taken_back, alone.person_id) == {alone.person_id}
        assert members_of(taken_back, people[1].person_id) == {
            person.person_id for person in people if person is not alone
        }


def test_who_was_merged_into_somebody_leaves_with_them(taken_back: Session, record: Record) -> None:
    """A is B, C is A: C's gate leads into A's, and goes where A goes."""
    one, two, three_ = three(taken_back, record)
    first, _ = put_merge(taken_back, record, one, two), put_merge(taken_back, record, three_, one)
    put_split(taken_back, record, first)
    assert members_of(taken_back, two.person_id) == {two.person_id}
    assert members_of(taken_back, three_.person_id) == {one.person_id, three_.person_id}
