"""Whether counsel's client is this person: judged by a human, kept with its history, and not asked again."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from holds.actions.judge_appearance import NoSuchAppearanceError, judge_appearance
from holds.actions.list_kind import ImportOutcome
from holds.actions.verify_appearance import AppearanceRefusedError, verify_all_exact, verify_appearances
from holds.domain.judgement import Verdict
from holds.domain.staff import NotAllowedError
from holds.queries.comparison import compare_appearance
from holds.queries.judgement_queue import QueueKind, Waiting, judgement_queue
from holds.store.base import holdfast_now
from holds.store.engine import refusal_code
from holds.store.ledger_rows import LedgerRow
from holds.store.representation import Appearance, AppearanceJudgement
from tests.holds.actions.lists import ANA, BEN, CLEO, Lists
from tests.holds.actions.test_import_counsel import FOR_ANA, FOR_BEN, JANE, appearances

WRONG_NUMBER = (*JANE, "A900000077", *FOR_ANA[7:])


def doubted(lists: Lists, *rows: tuple[str, ...]) -> Appearance:
    lists.people(ANA, BEN, CLEO)
    lists.roster(*(rows or (WRONG_NUMBER,)))
    (appearance,) = [one for one in appearances(lists) if one.judgement != "exact"]
    return appearance


def judge(lists: Lists, appearance_id: uuid.UUID, verdict: Verdict, reason: str = "Seen both.") -> None:
    office = lists.office
    with office.database.transaction() as session:
        judge_appearance(
            session,
            office.vault,
            acting=office.caseworker,
            appearance_id=appearance_id,
            verdict=verdict,
            reason=reason,
        )


def verify(lists: Lists, appearance_id: uuid.UUID) -> int:
    office = lists.office
    return office.database.run(
        lambda s: verify_appearances(
            s, acting=office.supervisor, appearance_ids=[appearance_id], same_person=True
        )
    )


def waiting(lists: Lists) -> list[Waiting]:
    with lists.office.database.reading() as session:
        return [
            e for e in judgement_queue(session, acting=lists.office.caseworker) if e.kind == QueueKind.COUNSEL
        ]


def again(lists: Lists, *row: str) -> ImportOutcome:
    return lists.roster(row, name=f"{uuid.uuid4().hex}.csv")


def test_a_doubt_about_counsels_client_waits_in_the_queue_with_both_sides(lists: Lists) -> None:
    appearance = doubted(lists)
    (entry,) = waiting(lists)
    assert (entry.reference, entry.other, entry.history) == (str(appearance.id), None, ())
    office = lists.office
    with office.database.transaction() as session:
        seen = compare_appearance(session, office.vault, appearance.id, acting=office.caseworker)
    assert seen is not None
    assert seen.subject is not None
    assert seen.subject.a_numbers == ("900000001",)
    assert seen.other is not None
    assert (seen.other.a_numbers, seen.other.names) == (("900000077",), ("PEREZ, ANA",))
    assert "name" in seen.evidence["agreed"]
    assert "a_number" in seen.evidence["disagreed"]


def test_judged_to_be_this_person_it_can_be_verified_and_leaves_the_queue(lists: Lists) -> None:
    appearance = doubted(lists)
    judge(lists, appearance.id, Verdict.POSITIVE)
    assert waiting(lists) == []
    assert lists.tasks("counsel_doubt") == []
    assert lists.office.database.run(lambda s: verify_all_exact(s, acting=lists.office.supervisor)) == 1


def test_judged_to_be_somebody_else_counsel_is_never_verified_not_even_past_the_program(lists: Lists) -> None:
    appearance = doubted(lists)
    judge(lists, appearance.id, Verdict.NEGATIVE)
    assert waiting(lists) == []
    with pytest.raises(AppearanceRefusedError, match="somebody else"):
        verify(lists, appearance.id)
    values = {"judgement": "exact", "verified_by": lists.office.caseworker.id, "verified_at": holdfast_now()}
    with (
        pytest.raises(Exception, match="judged_negative") as caught,
        lists.office.database.transaction() as s,
    ):
        s.execute(update(Appearance).where(Appearance.id == appearance.id).values(values))
    assert refusal_code(caught.value) == "appearance.judged_negative"


def test_the_same_doubt_does_not_come_back_after_it_was_judged(lists: Lists) -> None:
    appearance = doubted(lists)
    judge(lists, appearance.id, Verdict.NEGATIVE)
    outcome = again(lists, *WRONG_NUMBER[:11], "2022-11-11", "")
    assert outcome.counts["client.judged_another"] == 1
    assert waiting(lists) == []
    assert len(appearances(lists)) == 1


def test_the_doubt_comes_back_when_its_evidence_changed_and_only_a_human_lifts_it(lists: Lists) -> None:
    """The roster now has the right number: what was refused is asked again, and not taken for certain."""
    appearance = doubted(lists)
    judge(lists, appearance.id, Verdict.NEGATIVE)
    assert again(lists, *FOR_ANA).counts["updated"] == 1
    (entry,) = waiting(lists)
    assert (entry.reference, [j.verdict for j in entry.history]) == (str(appearance.id), [Verdict.NEGATIVE])
    assert len(lists.tasks("counsel_doubt")) == 1
    judge(lists, appearance.id, Verdict.POSITIVE)
    assert verify(lists, appearance.id) == 1


def test_what_was_judged_to_be_this_person_is_certain_on_another_form_too(lists: Lists) -> None:
    appearance = doubted(lists)
    judge(lists, appearance.id, Verdict.POSITIVE)
    outcome = again(lists, *WRONG_NUMBER[:9], "G-28", "All", "2022-11-12", "")
    assert outcome.counts["exact"] == 1
    assert waiting(lists) == []


def test_a_verification_is_taken_back_by_a_later_judgement_and_all_of_them_stay(lists: Lists) -> None:
    appearance = doubted(lists)
    judge(lists, appearance.id, Verdict.POSITIVE, "The G-28 has the photograph.")
    verify(lists, appearance.id)
    judge(lists, appearance.id, Verdict.UNSURE, "It is her sister's photograph.")
    (now,) = appearances(lists)
    assert (now.verified_at, now.judgement) == (None, "needs_judgement")
    (entry,) = waiting(lists)
    assert [one.verdict for one in entry.history] == [Verdict.POSITIVE, Verdict.UNSURE]
    assert lists.count(AppearanceJudgement) == 2
    with lists.office.database.reading() as session:
        told = session.scalars(select(LedgerRow.codes).where(LedgerRow.verb == "appearance.judged")).all()
    assert [(one["verdict"], one["taken_back"]) for one in told] == [("positive", False), ("unsure", True)]


def test_a_judgement_needs_a_reason_and_staff_who_may_verify(lists: Lists) -> None:
    appearance = doubted(lists)
    with pytest.raises(NoSuchAppearanceError, match="reason"):
        judge(lists, appearance.id, Verdict.POSITIVE, "  ")
    with pytest.raises(NoSuchAppearanceError):
        judge(lists, uuid.uuid4(), Verdict.POSITIVE)
    office = lists.office
    with pytest.raises(NotAllowedError), office.database.transaction() as session:
        judge_appearance(
            session,
            office.vault,
            acting=office.operator,
            appearance_id=appearance.id,
            verdict=Verdict.POSITIVE,
            reason="x",
        )


def test_the_detained_come_before_the_released_and_then_the_oldest(lists: Lists) -> None:
    free = (*BEN[:5], "Released", *BEN[6:])
    lists.people(ANA, free)
    lists.roster((*JANE, "A900000078", *FOR_BEN[7:]), WRONG_NUMBER)
    entries = waiting(lists)
    assert [entry.detained for entry in entries] == [True, False]
    assert entries[0].raised_at >= entries[1].raised_at


def test_an_appearance_stays_its_counsels_and_a_withdrawal_one(lists: Lists) -> None:
    lists.people(ANA, BEN)
    lists.roster((*FOR_ANA[:-1], "2023-01-05"))
    office = lists.office
    for code, values in (
        ("appearance.withdrawn", {"withdrawn_on": None}),
        ("appearance.another", {"person_id": lists.person("900000002")}),
        ("appearance.another", {"filed_on": dt.date(2022, 12, 1)}),
    ):
        with pytest.raises(IntegrityError) as caught, office.database.transaction() as session:
            session.execute(update(Appearance).values(values))
        assert refusal_code(caught.value) == code
