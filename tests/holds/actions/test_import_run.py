"""A run that breaks off leaves the record closed, and goes on where it stopped."""

import pytest

from holds.actions.import_run import import_record_list
from holds.store.exposures import Exposure
from holds.store.gates import Hold
from holds.store.openness import closed_reasons
from holds.store.people import Person
from tests.holds.actions.lists import PEOPLE, Lists, sums_up


class PowerCutError(Exception):
    """What nobody expects."""


def test_interrupted_import_blocks_everyone_until_it_is_run_to_its_end(lists: Lists) -> None:
    rows = [(f"A9{n:08}", f"TEST{n}, PERSON", "1990-04-25", "", "", "", "", "") for n in range(501)]
    path = lists.write("people.csv", PEOPLE, *rows)
    database, operator = lists.office.database, lists.office.operator

    def cut(_done: int) -> None:
        raise PowerCutError

    def reasons() -> tuple[str, ...]:
        with database.reading() as session:
            return closed_reasons(session, lists.office.vault.ring, database.metadata)

    with pytest.raises(PowerCutError):
        import_record_list(database, acting=operator, path=path, incident="leak", on_progress=cut)
    assert lists.count(Person) == 500
    assert reasons() == ("import.unfinished",)
    outcome = lists.take_people(path)
    assert (outcome.counts["imported"], outcome.counts["duplicates"]) == (1, 500)
    assert lists.count(Person) == lists.count(Hold) == lists.count(Exposure) == 501
    assert reasons() == ()
    assert sums_up(outcome)
