"""The importer's own readers find exactly what was made wrong, and nothing else."""

from collections import Counter
from datetime import date

from holds.intake.contacts_file import read_contacts_file
from holds.intake.counsel_roster import read_counsel_roster
from holds.intake.custody_file import read_custody_file
from holds.intake.facility_list import read_facility_list
from holds.intake.record_list import read_record_list
from notify.cli.demo.defects import Defect
from notify.cli.demo.facilities import facilities
from notify.cli.demo.files import DemoFiles

TODAY = date(2022, 11, 28)


def test_the_list_is_read_without_a_surprise(world: DemoFiles) -> None:
    expected = world.expected
    rows = list(read_record_list(world.record_list, today=TODAY).rows)
    codes = Counter(problem.code for row in rows for problem in row.problems)
    assert len(rows) == expected.rows
    assert codes["row.no_identity"] == expected.rejected
    assert codes["a_number.several"] == expected.defects[Defect.NUMBER_SEVERAL]
    assert codes["a_number.lost_precision"] == expected.defects[Defect.NUMBER_LOST_PRECISION]
    assert codes["a_number.malformed"] == expected.defects[Defect.NUMBER_MALFORMED]
    assert codes["date.ambiguous"] == expected.defects[Defect.BIRTH_DATE_AMBIGUOUS]
    assert codes["date.malformed"] == expected.defects[Defect.BIRTH_DATE_MALFORMED]
    without = [row for row in rows if len(row.a_numbers) != 1]
    assert len(without) == expected.without_number + expected.rejected
    assert len({number for row in rows for number in row.a_numbers}) == expected.usable_numbers
    assert all(row.nationality and row.posture and row.custody_status != "unknown" for row in rows)


def test_the_other_files_are_read_whole(world: DemoFiles) -> None:
    expected = world.expected
    roster = list(read_counsel_roster(world.counsel_roster, today=TODAY).rows)
    contacts = list(read_contacts_file(world.contacts, today=TODAY).rows)
    custody = list(read_custody_file(world.custody, today=TODAY).rows)
    directory = list(read_facility_list(world.facilities, today=TODAY).rows)
    assert len(roster) == expected.roster.rows
    assert len(contacts) == expected.contacts.rows
    assert len(custody) == expected.custody.rows
    assert len(directory) == len(facilities())
    assert not [problem for appearance in roster for problem in appearance.problems]
    assert not [problem for change in custody for problem in change.problems]
    assert not [problem for place in directory for problem in place.problems]
    # A language the system has no code for is a task for a human, and no fault of the file.
    assert {problem.code for row in contacts for problem in row.problems} <= {"language.unknown"}
