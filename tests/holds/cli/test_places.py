"""`holdfast place`: what the matcher could not tell, told by a person who types."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from holds.cli.places import place
from tests.conftest import OfficeAtWork
from tests.holds.actions.lists import ADAMS, ANA, Lists
from tests.holds.cli.test_judging import Desk, typed


@pytest.fixture
def lists(office: OfficeAtWork, tmp_path: Path) -> Lists:
    made = Lists(office, tmp_path)
    made.register()
    made.facilities(ADAMS)
    made.people((*ANA[:4], "The Big House", "Detained", "", ""))
    return made


def test_a_location_from_the_queue_to_its_facility_and_back(lists: Lists) -> None:
    (waits,) = typed(lists, place, "casey", "queue")["waiting"]
    assert (waits["text"], waits["detained"]) == ("The Big House", 1)
    said = ("judge", waits["match_id"], "--reason", "They telephoned.")
    judged = typed(lists, place, "casey", *said, "--facility", "adamsms")
    assert (judged["judgement"], judged["rule"]) == ("exact", "judged")
    assert typed(lists, place, "casey", "queue")["waiting"] == []
    against = typed(lists, place, "sunny", *said, "--none")
    assert against["rule"] == "judged_without_agreement"
    (again,) = typed(lists, place, "casey", "queue")["waiting"]
    assert [opinion["verdict"] for opinion in again["opinions"]] == ["facility", "none"]
    words = CliRunner().invoke(place, ["queue", "--as", "casey"], obj=Desk(lists.office)).stdout
    assert "casey: facility ADAMSMS (They telephoned.)" in words


def test_one_verdict_is_given_and_no_other(lists: Lists) -> None:
    (waits,) = typed(lists, place, "casey", "queue")["waiting"]
    both = ["judge", waits["match_id"], "--reason", "x", "--none", "--unsure", "--as", "casey"]
    refused = CliRunner().invoke(place, both, obj=Desk(lists.office))
    assert refused.exit_code == 2
    assert "Give one of" in refused.stderr
