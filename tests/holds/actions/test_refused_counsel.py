"""Counsel who was refused a person is never told of them by another row of the next roster."""

import datetime as dt

import pytest
from sqlalchemy import update

from holds.actions.verify_appearance import AppearanceRefusedError, verify_all_exact
from holds.domain.judgement import Verdict
from holds.store.representation import Appearance
from tests.holds.actions.lists import ANA, BEN, Lists
from tests.holds.actions.test_import_counsel import FOR_ANA, FOR_BEN, JANE, appearances
from tests.holds.actions.test_judge_appearance import again, judge, verify, waiting

FULLER = (*FOR_ANA[:7], "PEREZ, ANA MARIA", *FOR_ANA[8:])
UNBORN = (*FOR_ANA[:8], "", *FOR_ANA[9:])
"""The same client, certain too, and other evidence."""


def on(row: tuple[str, ...], filed: str) -> tuple[str, ...]:
    return (*row[:11], filed, *row[12:])


def judged_at_once(lists: Lists, verdict: Verdict) -> Appearance:
    """An appearance that was certain, and then judged."""
    lists.people(ANA, BEN)
    lists.roster(FOR_ANA)
    (appearance,) = appearances(lists)
    assert appearance.judgement == "exact"
    judge(lists, appearance.id, verdict)
    return appearance


def verify_all(lists: Lists) -> int:
    return lists.office.database.run(lambda s: verify_all_exact(s, acting=lists.office.supervisor))


@pytest.mark.parametrize("verdict", [Verdict.NEGATIVE, Verdict.UNSURE])
def test_other_evidence_on_another_day_is_asked_and_not_verified(lists: Lists, verdict: Verdict) -> None:
    refused = judged_at_once(lists, verdict)
    assert again(lists, *on(FULLER, "2022-11-11")).counts["imported"] == 1
    (fresh,) = [one for one in appearances(lists) if one.id != refused.id]
    assert fresh.judgement == "needs_judgement"
    assert str(fresh.id) in {entry.reference for entry in waiting(lists)}
    assert verify_all(lists) == 0
    judge(lists, fresh.id, Verdict.POSITIVE)
    assert verify_all(lists) == 1


def test_what_was_left_open_is_certain_neither_on_another_day_nor_by_other_evidence(lists: Lists) -> None:
    judged_at_once(lists, Verdict.UNSURE)
    again(lists, *on(FOR_ANA, "2022-11-11"))
    again(lists, *FULLER)
    assert [one.judgement for one in appearances(lists)] == ["needs_judgement"] * 2
    assert verify_all(lists) == 0


def test_what_was_left_open_stays_open_when_other_evidence_was_accepted_since(lists: Lists) -> None:
    judged_at_once(lists, Verdict.UNSURE)
    again(lists, *on(FULLER, "2022-11-11"))
    fuller = appearances(lists)[-1]
    judge(lists, fuller.id, Verdict.POSITIVE)
    again(lists, *on(FOR_ANA, "2022-11-12"))
    assert [one.judgement for one in appearances(lists)] == ["needs_judgement", "exact", "needs_judgement"]


def test_refused_counsel_of_one_does_not_keep_another_from_being_certain(lists: Lists) -> None:
    judged_at_once(lists, Verdict.NEGATIVE)
    assert again(lists, *FOR_BEN).counts["exact"] == 1
    assert verify_all(lists) == 1


def test_a_refused_appearance_stays_with_a_human_however_often_its_evidence_changes(lists: Lists) -> None:
    refused = judged_at_once(lists, Verdict.NEGATIVE)
    again(lists, *on(FULLER, "2022-11-11"))
    (accepted,) = [one for one in appearances(lists) if one.id != refused.id]
    judge(lists, accepted.id, Verdict.POSITIVE)
    for row in (FULLER, UNBORN):
        assert again(lists, *row).counts["updated"] == 1
        assert {a.id: a.judgement for a in appearances(lists)}[refused.id] == "needs_judgement"
    assert verify_all(lists) == 1


def test_one_that_was_refused_does_not_keep_the_others_from_being_verified(lists: Lists) -> None:
    """As an older release could leave it: certain again, though a human said that it is somebody else."""
    refused = judged_at_once(lists, Verdict.NEGATIVE)
    again(lists, *FOR_BEN)
    with lists.office.database.transaction() as session:
        session.execute(update(Appearance).where(Appearance.id == refused.id).values(judgement="exact"))
    with pytest.raises(AppearanceRefusedError, match="somebody else"):
        verify(lists, refused.id)
    assert verify_all(lists) == 1
    verified = {one.person_id for one in appearances(lists) if one.verified_at is not None}
    assert verified == {lists.person("900000002")}


SISTER = (*JANE, "A900000077", "PEREZ, ANA", "1990-04-26", *FOR_ANA[9:])


def test_a_sisters_appearance_that_was_withdrawn_is_not_written_down_as_anas(lists: Lists) -> None:
    lists.people(ANA)
    assert again(lists, *SISTER[:-1], "2023-01-05").counts["identity.unproven"] == 1
    assert appearances(lists) == []
    assert again(lists, *FOR_ANA).counts["exact"] == 1
    assert [(one.judgement, one.withdrawn_on) for one in appearances(lists)] == [("exact", None)]


def test_a_sisters_withdrawal_ends_nothing_that_waits_for_a_judgement(lists: Lists) -> None:
    lists.people(ANA)
    again(lists, *SISTER)
    assert again(lists, *SISTER[:-1], "2023-01-05").counts["identity.unproven"] == 1
    assert [one.withdrawn_on for one in appearances(lists)] == [None]


def test_a_withdrawal_with_the_evidence_somebody_accepted_takes_effect(lists: Lists) -> None:
    lists.people(ANA)
    again(lists, *SISTER)
    (accepted,) = appearances(lists)
    verify(lists, accepted.id)
    ended = dt.date(2023, 1, 5)
    assert again(lists, *SISTER[:-1], ended.isoformat()).counts["updated"] == 1
    assert again(lists, *on(SISTER, "2022-11-11")[:-1], ended.isoformat()).counts["imported"] == 1
    assert [one.withdrawn_on for one in appearances(lists)] == [ended] * 2
