"""Who has come back is not sent away by an older row again; and merged records have one counsel's book."""

import datetime as dt
import uuid

from holds.actions.appearing_counsel import appearance_of
from holds.actions.judge import confirm_judgement, judge, raise_doubt
from holds.actions.verify_appearance import verify_all_exact
from holds.domain.judgement import DoubtKind, Verdict
from tests.holds.actions.lists import ANA, Lists
from tests.holds.actions.test_import_counsel import FOR_ANA, JANE, OTTO, appearances, take

AGAIN = (*FOR_ANA[:11], "2023-01-10", "")
INSTEAD = (*OTTO, *FOR_ANA[6:11], "2022-12-05", "", "", "EA900001")
TWIN = ("A900-000-005", *ANA[1:])
FOR_TWIN = (*JANE, "A900000005", *FOR_ANA[7:])


def ends(lists: Lists) -> dict[tuple[uuid.UUID, dt.date], dt.date | None]:
    return {(one.counsel_id, one.filed_on): one.withdrawn_on for one in appearances(lists)}


def test_a_substitution_told_again_does_not_end_what_was_filed_after_it(lists: Lists) -> None:
    lists.people(ANA)
    take(lists, (*FOR_ANA, "", ""))
    take(lists, INSTEAD)
    take(lists, (*AGAIN, "", ""))
    take(lists, (*FOR_ANA, "", ""), INSTEAD, (*AGAIN, "", ""))
    assert sorted(ends(lists).values(), key=str) == [dt.date(2022, 12, 5), None, None]
    assert {filed: end for (_, filed), end in ends(lists).items()}[dt.date(2023, 1, 10)] is None


def test_a_withdrawal_without_its_filing_does_not_end_what_was_filed_after_it(lists: Lists) -> None:
    lists.people(ANA)
    withdrawn = (*FOR_ANA[:11], "", "2022-12-05", "", "")
    take(lists, (*FOR_ANA, "", ""))
    take(lists, withdrawn)
    take(lists, (*AGAIN, "", ""))
    assert take(lists, withdrawn, (*AGAIN, "", "")).counts["duplicates"] == 2
    assert [one.withdrawn_on for one in appearances(lists)] == [dt.date(2022, 12, 5), None]


def merged(lists: Lists) -> None:
    """Two records of one person, each with Jane's appearance; then one record."""
    office = lists.office
    lists.people(ANA, TWIN)
    take(lists, (*FOR_TWIN, "yes", ""))
    office.database.run(lambda s: verify_all_exact(s, acting=office.supervisor))
    twin, ana = lists.person("900000005"), lists.person("900000001")
    casey, kind = office.caseworker, DoubtKind.SAME_PERSON
    with office.database.transaction() as session:
        doubt_id = raise_doubt(session, acting=casey, kind=kind, subject_id=twin, other_id=ana)
        judge(
            session,
            office.vault,
            acting=casey,
            doubt_id=doubt_id,
            verdict=Verdict.POSITIVE,
            reason="One file.",
        )
    with office.database.transaction() as session:
        confirm_judgement(session, office.vault, acting=office.supervisor, doubt_id=doubt_id)
    with office.database.reading() as session:
        assert appearance_of(session, ana).person_id == twin


def test_a_withdrawal_ends_the_appearance_for_a_record_that_was_merged(lists: Lists) -> None:
    merged(lists)
    assert take(lists, (*FOR_ANA[:-1], "2023-01-05", "", "")).counts["updated"] == 1
    assert [one.withdrawn_on for one in appearances(lists)] == [dt.date(2023, 1, 5)]


def test_a_substitution_ends_the_appearance_for_a_record_that_was_merged(lists: Lists) -> None:
    merged(lists)
    assert take(lists, INSTEAD).counts["withdrawn"] == 1
    assert sorted(ends(lists).values(), key=str) == [dt.date(2022, 12, 5), None]


def test_two_primary_counsel_of_merged_records_are_a_task(lists: Lists) -> None:
    merged(lists)
    take(lists, (*OTTO, *FOR_ANA[6:], "yes", ""))
    assert [task.subject_id for task in lists.tasks("counsel_conflict")] == [lists.person("900000001")]
