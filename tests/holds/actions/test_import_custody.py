"""A custody file moves people along their dated line, late or early, and never twice."""

import datetime as dt

import pytest
from sqlalchemy import select

from holds.store.housing import open_housing_unit
from holds.store.ledger_rows import LedgerRow
from holds.store.places import Custody, Facility, PostureNote
from holds.store.vault import open_json
from tests.holds.actions.lists import ADAMS, ANA, BEN, Lists, sums_up

BASILE = ("BASLELA", "Basile Detention Center", "", "Basile", "LA", "70515", "NOL", "", "", "")
WHO = ("A900000001", "PEREZ, ANA MARIA", "1990-04-25")
MOVED = (*WHO, "Transferred", "BASLELA", "B-12", "2023-02-01", "")


@pytest.fixture
def at_adams(lists: Lists) -> Lists:
    lists.facilities(ADAMS, BASILE)
    lists.people(ANA, BEN)
    return lists


def line(lists: Lists, number: str = "900000001") -> list[tuple[str, str | None, str | None, bool]]:
    """(status, code of the facility, housing unit, is now) in the order of days."""
    with lists.office.database.reading() as session:
        rows = session.execute(
            select(Custody, Facility.detloc)
            .outerjoin(Facility, Facility.id == Custody.facility_id)
            .where(Custody.person_id == lists.person(number))
        ).all()
        ordered = sorted(rows, key=lambda row: row[0].since or dt.date.min)
        key = lists.office.vault.key(session, lists.person(number))
    return [
        (c.status, detloc, open_housing_unit(key, c.id, c.sealed_housing_unit), c.until is None)
        for c, detloc in ordered
    ]


def test_transfer_closes_one_stretch_and_opens_the_next(at_adams: Lists) -> None:
    outcome = at_adams.custody(MOVED)
    assert (outcome.counts["imported"], outcome.counts["event.transferred"]) == (1, 1)
    assert line(at_adams) == [
        ("detained", "ADAMSMS", None, False),
        ("detained", "BASLELA", "B-12", True),
    ]
    with at_adams.office.database.reading() as session:
        told = session.scalars(select(LedgerRow).where(LedgerRow.verb == "custody.changed")).one()
        now = session.scalars(select(Custody.id).where(Custody.since.is_not(None))).one()
    assert (told.subject_id, told.person_id) == (now, at_adams.person("900000001"))


def test_the_same_rows_again_change_nothing(at_adams: Lists) -> None:
    back = (*WHO, "Transferred", "ADAMSMS", "", "2023-02-01", "")
    at_adams.custody(MOVED, back)
    before = line(at_adams)
    again = at_adams.custody(back, MOVED, name="again.csv")
    assert (again.counts["duplicates"], line(at_adams)) == (2, before)
    assert at_adams.custody(MOVED, back).repeated


def test_late_row_never_moves_the_person_back(at_adams: Lists) -> None:
    at_adams.custody((*WHO, "Released", "", "", "2023-03-01", ""))
    late = at_adams.custody(MOVED, name="late.csv")
    assert late.counts["late"] == 1
    assert line(at_adams) == [
        ("detained", "ADAMSMS", None, False),
        ("detained", "BASLELA", "B-12", False),
        ("released", None, None, True),
    ]


def test_corrected_record_list_does_not_overrule_a_custody_file(at_adams: Lists) -> None:
    at_adams.custody(MOVED)
    corrected = (*ANA[:3], "Venezuela", *ANA[4:])
    assert at_adams.people(corrected, name="corrected.csv").counts["updated"] == 1
    assert at_adams.facts(at_adams.person("900000001")).nationality == "VE"
    assert line(at_adams)[-1] == ("detained", "BASLELA", "B-12", True)


def test_housing_unit_alone_and_a_posture_alone(at_adams: Lists) -> None:
    at_adams.custody((*WHO, "Detained", "", "C-3", "2023-02-01", "Final order"))
    assert line(at_adams)[-1] == ("detained", "ADAMSMS", "C-3", True)
    posture_only = (*WHO, "", "", "", "2023-02-02", "Reinstated order")
    assert at_adams.custody(posture_only, name="posture.csv").counts["imported"] == 1
    with at_adams.office.database.reading() as session:
        notes = session.scalars(select(PostureNote).order_by(PostureNote.id)).all()
        key = at_adams.office.vault.key(session, at_adams.person("900000001"))
    said = [open_json(key, "posture_note", "sealed_posture", n.id, n.sealed_posture) for n in notes]
    assert said == ["final_order", "reinstated_order"]


def test_row_of_somebody_unknown_or_of_another_or_without_a_day_is_kept(at_adams: Lists) -> None:
    stranger = ("A900000055", "NOBODY, KNOWN", "1970-05-31", *MOVED[3:])
    other = ("A900000001", "ZHOU, WEI", "1960-01-31", *MOVED[3:])
    undated = (*MOVED[:6], "", "")
    future = (*MOVED[:6], "2190-01-31", "")
    unclear = (*WHO, "Reviewed", *MOVED[4:])
    outcome = at_adams.custody(stranger, other, undated, future, unclear)
    assert outcome.counts["rejected"] == 5
    assert outcome.counts["not_on_record"] == 1
    assert len(line(at_adams)) == 1
    assert [t.person_id for t in at_adams.tasks("custody_doubt")] == [at_adams.person("900000001")]
    assert sums_up(outcome)


def test_name_and_birth_date_stand_in_for_a_missing_number(at_adams: Lists) -> None:
    outcome = at_adams.custody(("", *MOVED[1:]))
    assert outcome.counts["without_number"] == 1
    assert line(at_adams)[-1] == ("detained", "BASLELA", "B-12", True)


def test_removal_of_someone_held_raises_the_alarm(at_adams: Lists) -> None:
    outcome = at_adams.custody((*WHO, "Removed", "", "", "2023-02-01", ""))
    assert outcome.counts["removed_while_held"] == 1
    (task,) = at_adams.tasks("removed_while_held")
    assert task.person_id == at_adams.person("900000001")
    assert task.evidence == {"bases": ["incident"]}
