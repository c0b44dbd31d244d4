"""A workbook of several sheets: everyone on any of them is held, and what was read is in the outcome."""

import os

import pytest

from holds.intake.problem import IntakeError
from holds.store.exposures import SourceList
from holds.store.people import Person
from tests.holds.actions.lists import ANA, BEN, CLEO, PEOPLE, Lists, sums_up
from tests.holds.intake.old_formats import SheetSpec, write_xlsb
from tests.holds.intake.open_formats import write_xlsx


def test_everyone_on_every_sheet_is_held_and_the_outcome_says_which_were_read(lists: Lists) -> None:
    sheets = [
        SheetSpec("First", [PEOPLE, ANA]),
        SheetSpec("About", [["Term", "Meaning"], ["COC", "country"]]),
        SheetSpec("Second", [PEOPLE, BEN, CLEO], hidden=1),
    ]
    outcome = lists.take_people(write_xlsx(lists.folder / "list.xlsx", sheets))
    assert lists.count(Person) == outcome.counts["rows"] == 3
    assert sums_up(outcome)
    assert [remark.code for remark in outcome.remarks] == ["sheet.several", "sheet.hidden", "sheet.unread"]


def test_the_same_people_in_another_format_are_nobody_new(lists: Lists) -> None:
    lists.people(ANA, BEN)
    again = lists.take_people(write_xlsb(lists.folder / "list.xlsb", [SheetSpec("L", [PEOPLE, ANA, BEN])]))
    assert (again.counts["duplicates"], again.counts["imported"]) == (2, 0)


def test_a_pipe_is_refused_at_once_and_leaves_no_list(lists: Lists) -> None:
    os.mkfifo(lists.folder / "list.csv")
    with pytest.raises(IntakeError) as caught:
        lists.take_people(lists.folder / "list.csv")
    assert caught.value.code == "file.not_regular"
    assert lists.count(SourceList) == 0
