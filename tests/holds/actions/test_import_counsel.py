"""A roster puts appearances on record; doubt waits for a human, and listed counsel is asked about."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select

from holds.actions.list_kind import ImportOutcome
from holds.actions.look_at_appearances import look_at_appearances
from holds.actions.verify_appearance import AppearanceRefusedError, verify_all_exact, verify_appearances
from holds.domain.staff import NotAllowedError
from holds.store.ledger_rows import LedgerRow
from holds.store.representation import Appearance, Counsel
from holds.store.vault import open_json
from tests.holds.actions.lists import ANA, BEN, CLEO, ROSTER, Lists, sums_up

JANE = ("EA900001", "TX", "900001", "Jane Doe", "Doe Law PC", "jane.doe@example.org")
FOR_ANA = (*JANE, "A900000001", "PEREZ, ANA", "1990-04-25", "EOIR-28", "All proceedings", "2022-10-01", "")
FOR_BEN = (*JANE, "A900000002", "OKORO, BEN", "1985-12-30", "G-28", "All", "2022-10-02", "")


def appearances(lists: Lists) -> list[Appearance]:
    with lists.office.database.reading() as session:
        return list(session.scalars(select(Appearance).order_by(Appearance.id)))


def test_number_with_name_is_exact_and_the_same_rows_again_change_nothing(lists: Lists) -> None:
    lists.people(ANA, BEN, CLEO)
    outcome = lists.roster(FOR_ANA, FOR_BEN)
    assert (outcome.counts["imported"], outcome.counts["exact"]) == (2, 2)
    assert lists.count(Counsel) == 1
    again = lists.roster(FOR_BEN, FOR_ANA, name="other.csv")
    assert (again.counts["duplicates"], lists.count(Appearance), lists.count(Counsel)) == (2, 2, 1)
    assert lists.roster(FOR_ANA, FOR_BEN).repeated


def test_card_is_sealed_under_the_counsels_own_key(lists: Lists) -> None:
    lists.people(ANA)
    lists.roster(FOR_ANA)
    with lists.office.database.reading() as session:
        counsel = session.scalars(select(Counsel)).one()
        key = lists.office.vault.key(session, counsel.id)
    card = open_json(key, "counsel", "sealed_card", counsel.id, counsel.sealed_card)
    assert card == {"name": "Jane Doe", "firm": "Doe Law PC", "email": "jane.doe@example.org"}
    assert b"Doe" not in counsel.sealed_card


def test_wrong_number_with_right_name_and_birth_date_waits_for_a_human(lists: Lists) -> None:
    lists.people(ANA)
    outcome = lists.roster((*JANE, "A900000077", *FOR_ANA[7:]))
    assert outcome.counts["doubtful"] == 1
    (appearance,) = appearances(lists)
    assert appearance.judgement == "needs_judgement"
    assert [task.subject_id for task in lists.tasks("counsel_doubt")] == [appearance.id]


def test_client_under_a_wrong_number_and_another_spelling_is_found_and_left_to_a_human(lists: Lists) -> None:
    """Nothing that a keyed index finds: no word of the name as it is on record, day and month swapped."""
    rahimi = ("A900-000-004", "RAHIMI, MOHAMMAD YUSUF", "1988-04-02", "Afghanistan", *BEN[4:6], "", "")
    lists.people(ANA, BEN, rahimi)
    row = (*JANE, "A900000040", "Raheemi, Muhammed Youssef", "1988-02-04", *FOR_ANA[9:])
    assert lists.roster(row).counts["confident"] == 1
    (appearance,) = appearances(lists)
    office = lists.office
    assert office.database.run(lambda s: verify_all_exact(s, acting=office.supervisor)) == 0
    assert appearance.person_id == lists.person("900000004")
    assert {"name:sound", "birth_date:swapped", "a_number:slip"} <= set(appearance.evidence["agreed"])
    assert "ahimi" not in str(appearance.evidence)


def test_brother_under_the_clients_number_is_never_certain(lists: Lists) -> None:
    """Number and birth date of one twin, the name of the other, who is not on record."""
    lists.people(ANA)
    lists.roster((*JANE, "A900000001", "PEREZ, EVA", "1990-04-25", *FOR_ANA[9:]))
    assert [a.judgement for a in appearances(lists)] == ["needs_judgement"]


def test_withdrawal_before_the_filing_is_kept_to_mend(lists: Lists) -> None:
    lists.people(ANA)
    outcome = lists.roster((*FOR_ANA[:-1], "2022-09-30"))
    assert outcome.counts["date.before_filing"] == 1
    assert appearances(lists) == []


def test_number_with_another_name_and_birth_date_discloses_nothing_by_itself(lists: Lists) -> None:
    lists.people(ANA)
    lists.roster((*JANE, "A900000001", "ZHOU, WEI", "1960-01-31", *FOR_ANA[9:]))
    assert [a.judgement for a in appearances(lists)] == ["needs_judgement"]


def test_client_who_is_not_on_record_is_found_once_they_are(lists: Lists) -> None:
    lists.people(BEN)
    first = lists.roster(FOR_ANA, FOR_BEN)
    assert (first.counts["not_on_record"], first.counts["rejected"]) == (1, 1)
    assert sums_up(first)
    assert lists.roster(FOR_ANA, FOR_BEN).counts["rejected"] == 1
    lists.people(ANA, name="more.csv")
    retried = lists.roster(FOR_ANA, FOR_BEN)
    assert (retried.counts["imported"], retried.counts["duplicates"], retried.counts["rejected"]) == (1, 1, 0)
    assert retried.reference == first.reference
    assert lists.roster(FOR_ANA, FOR_BEN).counts["rejected"] == 0


def test_withdrawal_ends_an_appearance_and_no_later_file_undoes_it(lists: Lists) -> None:
    lists.people(ANA)
    lists.roster(FOR_ANA)
    outcome = lists.roster((*FOR_ANA[:-1], "2023-01-05"), name="withdrawn.csv")
    assert outcome.counts["updated"] == 1
    assert appearances(lists)[0].withdrawn_on == dt.date(2023, 1, 5)
    lists.roster((*FOR_ANA[:4], "Doe & Doe", *FOR_ANA[5:]), name="late.csv")
    assert appearances(lists)[0].withdrawn_on == dt.date(2023, 1, 5)


def test_row_that_is_no_appearance_is_kept_to_mend_with_its_reason(lists: Lists) -> None:
    lists.people(ANA, BEN)
    lists.roster(FOR_BEN)
    wrong = {
        "counsel.unidentified": ("", "", "", *FOR_ANA[3:]),
        "counsel.another": ("EA900001", "", "", "Otto Klein", *FOR_ANA[4:]),
        "scope.missing": (*FOR_ANA[:10], "", *FOR_ANA[11:]),
        "form.unknown": (*FOR_ANA[:9], "EOIR-61", *FOR_ANA[10:]),
        "date.missing": (*FOR_ANA[:11], "", ""),
    }
    outcome = lists.roster(*wrong.values(), name="wrong.csv")
    assert outcome.counts["rejected"] == len(wrong)
    assert {code: outcome.counts[code] for code in wrong} == dict.fromkeys(wrong, 1)
    assert len(appearances(lists)) == 1


def test_listed_counsel_without_an_appearance_is_one_task_a_person_until_it_comes(lists: Lists) -> None:
    lists.people(ANA, BEN, CLEO)
    assert lists.roster(FOR_ANA).counts["listed_counsel_unconfirmed"] == 2
    tasks = {task.person_id: task for task in lists.tasks("confirm_counsel")}
    assert tasks.keys() == {lists.person("900000002"), lists.person("900000003")}
    with lists.office.database.reading() as session:
        jane = str(session.scalars(select(Counsel.id)).one())
    assert tasks[lists.person("900000002")].evidence["counsel"] == jane
    assert lists.roster(FOR_ANA, FOR_BEN, name="more.csv").counts["listed_counsel_unconfirmed"] == 1
    assert [t.person_id for t in lists.tasks("confirm_counsel")] == [lists.person("900000003")]


def test_only_staff_verify_and_only_what_is_certain(lists: Lists) -> None:
    lists.people(ANA, BEN)
    lists.roster(FOR_ANA, (*JANE, "A900000078", *FOR_BEN[7:]))
    database, office = lists.office.database, lists.office
    with pytest.raises(NotAllowedError):
        database.run(lambda s: verify_all_exact(s, acting=office.operator))
    assert database.run(lambda s: verify_all_exact(s, acting=office.supervisor)) == 1
    assert database.run(lambda s: verify_all_exact(s, acting=office.supervisor)) == 0
    (doubtful,) = [a for a in appearances(lists) if a.judgement != "exact"]

    def verify(*, same_person: bool, appearance_id: uuid.UUID = doubtful.id) -> int:
        return database.run(
            lambda s: verify_appearances(
                s, acting=office.caseworker, appearance_ids=[appearance_id], same_person=same_person
            )
        )

    with pytest.raises(AppearanceRefusedError, match="--same-person"):
        verify(same_person=False)
    with pytest.raises(AppearanceRefusedError, match="no appearance"):
        verify(same_person=True, appearance_id=uuid.uuid4())
    assert verify(same_person=True) == 1
    assert lists.tasks("counsel_doubt") == []
    with database.reading() as session:
        told = session.scalars(select(LedgerRow).where(LedgerRow.verb == "appearance.verified")).all()
    assert {(row.subject_id, row.person_id) for row in told} == {
        (a.id, a.person_id) for a in appearances(lists)
    }


def test_list_shows_names_only_when_asked_and_every_look_is_in_the_ledger(lists: Lists) -> None:
    lists.people(ANA)
    lists.roster(FOR_ANA)
    office = lists.office

    def look(*, show: bool) -> str:
        return office.database.run(
            lambda s: str(look_at_appearances(s, office.vault, acting=office.caseworker, show=show))
        )

    masked, shown = look(show=False), look(show=True)
    assert "PEREZ" not in masked
    assert "Doe" not in masked
    assert "A***-***-001" in masked
    assert "PEREZ, ANA MARIA" in shown
    assert "Jane Doe" in shown
    with office.database.reading() as session:
        looks = session.scalars(select(LedgerRow.codes).where(LedgerRow.verb == "person.seen")).all()
    assert sorted(codes["shown"] for codes in looks) == [False, True]


OTTO = ("EA900002", "TX", "900002", "Otto Klein", "Klein Law", "otto.klein@example.org")
MORE = (*ROSTER, "Primary", "Replaces")


def take(lists: Lists, *rows: tuple[str, ...]) -> ImportOutcome:
    return lists.take_roster(lists.write(f"{uuid.uuid4().hex}.csv", MORE, *rows))


def test_substitution_ends_one_appearance_and_starts_the_other_and_history_stays(lists: Lists) -> None:
    lists.people(ANA)
    take(lists, (*FOR_ANA, "yes", ""), (*JANE, *FOR_ANA[6:9], "G-28", "All", "2022-10-01", "", "", ""))
    outcome = take(lists, (*OTTO, *FOR_ANA[6:11], "2022-12-05", "", "yes", "EA900001"))
    assert (outcome.counts["imported"], outcome.counts["withdrawn"]) == (1, 1)
    found = {(a.form, a.filed_on, a.withdrawn_on) for a in appearances(lists)}
    assert found == {
        ("EOIR-28", dt.date(2022, 10, 1), dt.date(2022, 12, 5)),
        ("G-28", dt.date(2022, 10, 1), None),
        ("EOIR-28", dt.date(2022, 12, 5), None),
    }


def test_counsel_is_not_lost_by_a_row_that_may_be_about_somebody_else(lists: Lists) -> None:
    """A sister's withdrawal, and a substitution under a wrong number, leave Ana's counsel as they are."""
    lists.people(ANA)
    take(lists, (*FOR_ANA, "", ""))
    sister = ("A900000077", "PEREZ, ANA", "1990-04-26", *FOR_ANA[9:])
    assert take(lists, (*JANE, *sister[:-1], "2023-01-05", "", "")).counts["identity.unproven"] == 1
    without = (*JANE, *sister[:3], "", "", "", "2023-01-05", "", "")
    assert take(lists, without).counts["identity.unproven"] == 1
    take(lists, (*OTTO, *sister[:-1], "", "yes", "EA900001"))
    assert {a.withdrawn_on for a in appearances(lists)} == {None}


def test_two_primary_counsel_are_a_task_until_one_is_left(lists: Lists) -> None:
    lists.people(ANA)
    take(lists, (*FOR_ANA, "yes", ""), (*OTTO, *FOR_ANA[6:], "yes", ""))
    assert [task.subject_id for task in lists.tasks("counsel_conflict")] == [lists.person("900000001")]
    take(lists, (*FOR_ANA, "no", ""))
    assert lists.tasks("counsel_conflict") == []
