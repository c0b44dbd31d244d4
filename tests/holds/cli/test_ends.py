"""`holdfast stay`, `closing` and `violation`, as someone types them."""

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from holds.actions.opening import Database
from holds.cli.closings import closing
from holds.cli.context import Office
from holds.cli.holding import hold
from holds.cli.stays import stay, violation
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting
from tests.conftest import OfficeAtWork
from tests.holds.actions.lists import ADAMS, ANA, BEN, Lists
from wsgi import METADATA

GROUPS = {"hold": hold, "stay": stay, "closing": closing, "violation": violation}


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
        staff = {None: self.at_work.operator, "casey": self.at_work.caseworker}
        return (staff | {"sunny": self.at_work.supervisor, "field": self.at_work.officer})[login]


@pytest.fixture
def lists(office: OfficeAtWork, tmp_path: Path) -> Lists:
    made = Lists(office, tmp_path)
    made.register()
    made.facilities(ADAMS)
    made.people(ANA, BEN)
    return made


def holdfast(lists: Lists, *words: str | Path, status: int = 0) -> dict[str, Any]:
    """The JSON answer; what is refused raises."""
    group = GROUPS[str(words[0])]
    arguments = [*(str(word) for word in words[1:]), "--json"]
    found = CliRunner().invoke(group, arguments, obj=DeskOffice(lists.office))
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    assert found.exit_code == status, found.output
    answer: dict[str, Any] = json.loads(found.stdout)
    return answer


def test_a_stay_is_placed_rejected_by_two_and_told_to_who_placed_it(lists: Lists, tmp_path: Path) -> None:
    order = tmp_path / "order.pdf"
    order.write_bytes(b"%PDF order")
    placing = ("--basis", "tro", "--order", order, "--docket", "1:22-cv-1", "--expires", "2023-05-01")
    reference = holdfast(lists, "stay", "place", "A900000001", *placing, "--as", "field")["hold"]
    because = ("--kind", "stay_rejected", "--reasons", "Another person's order", "--as", "casey")
    holdfast(lists, "closing", "propose", reference, *because)
    with pytest.raises(RefusedError, match="not served on who placed the stay"):
        holdfast(lists, "closing", "end", reference, "--as", "sunny")
    assert holdfast(lists, "stay", "due") == {"raised": 1}
    verified = holdfast(lists, "stay", "verify", reference, "--as", "casey")
    assert verified == {"hold": reference, "verified": True}
    with pytest.raises(RefusedError, match="no provisional stay"):
        holdfast(lists, "closing", "end", reference, "--as", "sunny")


def test_a_batch_tells_which_lines_mean_nobody(lists: Lists, tmp_path: Path) -> None:
    covered = tmp_path / "covered.txt"
    covered.write_text("A900-000-001\nA900-000-002\n1:99-cv-7\n")
    command = ("stay", "batch", covered, "--basis", "tro", "--cites", "Doe v. ICE, TRO")
    preview = holdfast(lists, *command, "--preview", status=3)
    assert (preview["holds"], [len(line["people"]) for line in preview["lines"]]) == ([], [1, 1, 0])
    answer = holdfast(lists, *command, status=3)
    assert len(answer["holds"]) == 2
    assert answer["unknown"] == ["1:99-cv-7"]
    assert len(holdfast(lists, *command, status=3)["standing"]) == 2


def test_a_choice_is_stated_and_revoked(lists: Lists) -> None:
    said = (
        "--leave",
        "--private",
        "--no-officer",
        "--own-language",
        "--language",
        "es",
        "--support",
        "counsel",
    )
    stated = ("--at", "2023-03-01T10:00", *said, "--as", "casey")
    assert holdfast(lists, "closing", "statement", "A900000001", *stated) == {"sound": True}
    alone = ("--at", "2023-03-05T10:00", *said[:-2], "--as", "casey")
    assert holdfast(lists, "closing", "statement", "A900000001", *alone) == {"sound": False}
    assert holdfast(lists, "closing", "revoke", "A900000001", "--as", "field") == {"holds_put_back": []}


def test_an_objection_is_answered_once_by_the_reference_it_was_given(lists: Lists) -> None:
    placed = ("place", "A900000001", "--basis", "tro", "--cites", "1:22-cv-1", "--as", "field")
    reference = holdfast(lists, "hold", *placed)["hold"]
    told = ("object", reference, "--by", "person", "--at", "2023-03-01T10:00", "--as", "casey")
    objection = holdfast(lists, "hold", *told)["objection"]
    assert len(objection) == 10
    answer = ("answer", objection.lower(), "--overruled", "--as", "sunny")
    assert holdfast(lists, "hold", *answer) == {"objection": objection, "sustained": False}
    for again, words in ((answer, "answered before"), (("answer", "NOSUCH", *answer[2:]), "no objection")):
        with pytest.raises(RefusedError, match=words):
            holdfast(lists, "hold", *again)


def test_a_violation_is_reported_once_the_removal_was_after_the_hold(lists: Lists) -> None:
    told = ("--source", "family", "--account", "Calls from Havana", "--reported", "2023-03-01")
    with pytest.raises(RefusedError, match="return"):
        holdfast(lists, "violation", "report", "A900000001", *told, "--removed", "2022-11-01")
    assert len(holdfast(lists, "violation", "report", "A900000001", *told)["violation"]) == 10
