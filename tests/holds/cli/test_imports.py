"""`holdfast import` and `holdfast counsel`, as someone types them."""

import json
from functools import cached_property
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from holds.actions.opening import Database
from holds.cli.context import Office
from holds.cli.counsel import counsel
from holds.cli.import_dialogue import NotConfirmedError
from holds.cli.imports import imports
from holds.domain.staff import Acting, NotAllowedError
from holds.store.base import holdfast_now
from notify.cli.demo.files import DemoFiles, write_demo_files
from tests.conftest import OfficeAtWork
from tests.holds.actions.lists import CONTACTS, FACILITIES, PEOPLE, ROSTER, Lists
from wsgi import METADATA

TOP = {"rows", "imported", "updated", "duplicates", "without_number", "rejected"}


class DeskOffice(Office):
    """The test's database, and its staff without asking for credentials."""

    def __init__(self, at_work: OfficeAtWork) -> None:
        super().__init__(METADATA)
        self.at_work = at_work

    @cached_property
    def database(self) -> Database:
        return self.at_work.database

    def acting(self, login: str | None, credential_file: Path | None = None) -> Acting:
        del credential_file
        return {None: self.at_work.operator, "sunny": self.at_work.supervisor}[login]


@pytest.fixture
def lists(office: OfficeAtWork, tmp_path: Path) -> Lists:
    made = Lists(office, tmp_path)
    made.register()
    return made


def holdfast(lists: Lists, *words: str | Path) -> Result:
    group = counsel if words[0] == "counsel" else imports
    found = CliRunner().invoke(group, [str(word) for word in words[1:]], obj=DeskOffice(lists.office))
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def taken(lists: Lists, *words: str | Path) -> dict[str, int]:
    result = holdfast(lists, "import", *words, "--yes", "--json")
    assert result.exit_code == 0
    counts: dict[str, int] = json.loads(result.stdout)
    assert counts.keys() >= TOP
    assert sum(counts[name] for name in TOP - {"rows"}) == counts["rows"]
    return counts


@pytest.fixture
def demo(lists: Lists) -> DemoFiles:
    with lists.office.database.reading() as session:
        today = session.scalars(select(holdfast_now())).one().date()
    return write_demo_files(lists.folder / "demo", people=300, today=today)


def test_demonstration_files_are_taken_in_whole(lists: Lists, demo: DemoFiles) -> None:
    expected = demo.expected
    taken(lists, "facilities", demo.facilities)
    people = taken(lists, "people", demo.record_list, "--incident", "leak")
    assert people["rows"] == expected.rows
    assert people["imported"] == expected.with_one_number
    assert people["without_number"] == expected.without_number
    assert people["duplicates"] == expected.duplicate_rows
    assert people["rejected"] == expected.rejected
    roster = taken(lists, "counsel", demo.counsel_roster)
    assert roster["not_on_record"] == expected.roster.off_list
    assert roster["doubtful"] == expected.roster.wrong_number
    assert roster["withdrawn"] == expected.roster.withdrawn
    custody = taken(lists, "custody", demo.custody)
    assert custody["imported"] == expected.custody.rows
    assert custody["event.released"] == expected.custody.released
    contacts = taken(lists, "contacts", demo.contacts)
    assert contacts["imported"] == expected.contacts.rows
    for kind, path in (
        ("custody", demo.custody),
        ("contacts", demo.contacts),
        ("facilities", demo.facilities),
    ):
        assert taken(lists, kind, path)["duplicates"] == taken(lists, kind, path)["rows"]


def test_rows_to_mend_are_told_with_the_command_that_opens_them(lists: Lists) -> None:
    path = lists.write("people.csv", PEOPLE, ("", "OKAFOR, CHIDI", "1988-03-30", "", "", "", "", ""))
    result = holdfast(lists, "import", "people", path, "--incident", "leak", "--yes")
    assert result.exit_code == 0
    assert "1 rows need mending: holdfast import report " in result.stdout
    assert "Last" not in result.stdout
    assert "A-Number" in result.stderr, "the mapping is shown"
    reference = result.stdout.split("import report ")[1].split()[0]
    out = lists.folder / "report.xlsx"
    set_up = holdfast(lists, "import", "report", reference, "--out", out)
    assert "1 rows are in" in set_up.stdout
    assert "holdfast import people" in set_up.stdout
    assert out.exists()


def test_dry_run_counts_and_changes_nothing(lists: Lists) -> None:
    path = lists.write("facilities.csv", FACILITIES, ("", "Zuni Jail", "", "Zuni", "NM", "", "", "", "", ""))
    assert taken(lists, "facilities", path, "--dry-run")["imported"] == 1
    assert taken(lists, "facilities", path)["imported"] == 1


def test_columns_can_be_chosen_by_hand(lists: Lists) -> None:
    path = lists.write("odd.csv", ("Nr", "Who", "When"), ("A900000001", "PEREZ, ANA", "1990-04-25"))
    options = ("--map", "a_number=Nr", "--map", "name=Who", "--map", "birth_date=When")
    assert taken(lists, "people", path, "--incident", "leak", *options)["imported"] == 1
    assert lists.facts(lists.person("900000001")).birth_dates == ("1990-04-25",)
    wrong = holdfast(lists, "import", "people", path, "--incident", "leak", "--map", "a_number")
    assert wrong.exit_code == 2
    assert "FIELD=HEADING" in wrong.stderr


def test_counsel_is_listed_masked_and_verified_by_staff_only(lists: Lists) -> None:
    people = lists.write("people.csv", PEOPLE, ("A900000001", "PEREZ, ANA", "1990-04-25", "", "", "", "", ""))
    taken(lists, "people", people, "--incident", "leak")
    row = (
        "EA900001", "", "", "Jane Doe", "", "", "A900000001", "PEREZ, ANA", "1990-04-25",
        "G-28", "", "2022-10-01", "",
    )  # fmt: skip
    taken(lists, "counsel", lists.write("roster.csv", ROSTER, row))
    listed = holdfast(lists, "counsel", "list", "--unverified")
    assert "A***-***-001" in listed.stdout
    assert "PEREZ" not in listed.stdout
    identity = listed.stdout.split()[0]
    with pytest.raises(NotAllowedError):
        holdfast(lists, "counsel", "verify", identity)
    assert holdfast(lists, "counsel", "verify").exit_code == 2
    done = holdfast(lists, "counsel", "verify", identity, "--as", "sunny", "--json")
    assert json.loads(done.stdout) == {"verified": 1}
    assert "No appearances" in holdfast(lists, "counsel", "list", "--unverified").stdout


def test_nothing_of_a_person_reaches_the_summary(lists: Lists) -> None:
    people = lists.write("people.csv", PEOPLE, ("A900000001", "PEREZ, ANA", "1990-04-25", "", "", "", "", ""))
    taken(lists, "people", people, "--incident", "leak")
    cells = ("A900000001", "PEREZ, ANA", "1990-04-25", "Spanish", *[""] * 4, "nonsense", *[""] * 7)
    result = holdfast(lists, "import", "contacts", lists.write("contacts.csv", CONTACTS, cells), "--yes")
    assert result.exit_code == 0
    for secret in ("PEREZ", "900000001", "1990-04-25", "nonsense"):
        assert secret not in result.output


def test_nothing_is_written_where_nobody_confirms(lists: Lists) -> None:
    path = lists.write("people.csv", PEOPLE, ("A900000001", "PEREZ, ANA", "1990-04-25", "", "", "", "", ""))
    words = ("import", "people", path, "--incident", "leak")
    with pytest.raises(NotConfirmedError, match="Add --yes"):
        holdfast(lists, *words)
    assert taken(lists, *words[1:], "--dry-run")["imported"] == 1, "nothing of it was kept"


def test_the_mapping_is_shown_masked_with_what_told_it(lists: Lists) -> None:
    rows = [(f"A90000000{n}", f"PEREZ, ANA {chr(65 + n)}", f"{1960 + 4 * n}-04-25") for n in range(5)]
    path = lists.write("odd.csv", ("Nr", "Name", "Born when"), *rows)
    result = holdfast(lists, "import", "people", path, "--incident", "leak", "--dry-run")
    shown = " ".join(result.stderr.split())
    assert "A999999999" in shown
    assert "A-numbers" in shown
    for secret in ("PEREZ", "900000001", "1960-04-25"):
        assert secret not in result.output


def test_a_mapping_is_kept_by_name_and_used_again(lists: Lists) -> None:
    who = ("--map", "a_number=Nr", "--map", "name=Who", "--map", "birth_date=When")
    first = lists.write("one.csv", ("Nr", "Who", "When"), ("A900000001", "PEREZ, ANA", "1990-04-25"))
    second = lists.write("two.csv", ("When", "Nr", "Who"), ("1985-12-30", "A900000002", "OKORO, BEN"))
    taken(lists, "people", first, "--incident", "leak", "--map", "ero-daily", *who)
    assert taken(lists, "people", second, "--incident", "leak", "--map", "ero-daily")["imported"] == 1
    assert lists.facts(lists.person("900000002")).birth_dates == ("1985-12-30",)


def test_a_source_is_shredded_when_it_is_in(lists: Lists) -> None:
    path = lists.write("people.csv", PEOPLE, ("A900000001", "PEREZ, ANA", "1990-04-25", "", "", "", "", ""))
    words = ("people", path, "--incident", "leak", "--shred")
    assert holdfast(lists, "import", *words, "--dry-run").exit_code == 2
    assert path.exists()
    assert taken(lists, *words)["shredded"]
    assert not path.exists()


def test_errors_are_told_with_their_places_and_without_content(lists: Lists) -> None:
    path = lists.write("people.csv", PEOPLE, ("", "OKAFOR, CHIDI", "31-FEB-1988", "", "", "", "", ""))
    result = holdfast(lists, "import", "people", path, "--incident", "leak", "--dry-run")
    assert "people.csv, “people”, row 2, DOB: This is no date we can read" in result.stdout
    assert "(date.malformed)" in result.stdout
    assert "OKAFOR" not in result.output
