"""`holdfast db reconcile`, as two supervisors type it."""

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from holds.actions.place_hold import place_hold
from holds.cli.database import reconcile
from holds.domain.hold import Basis
from holds.domain.refusal import RefusedError
from holds.store.outside import marker_of, write_marker
from tests.holds.actions.put_back import back_up, with_outside
from tests.holds.cli.typed_office import TypedOffice
from tests.holds.store.life import released
from tests.holds.store.record import Record, open_record


@pytest.fixture(params=["sqlite"])
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    for made in open_record(request, tmp_path_factory):
        with made.database.reading() as session:
            marker = marker_of(session)
        assert marker is not None
        write_marker(made.home / "heads", marker)
        yield with_outside(made, made.home / "heads")


def type_in(record: Record, *words: str) -> Result:
    found = CliRunner().invoke(reconcile, list(words), obj=TypedOffice(record))
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def test_the_lost_are_named_and_the_second_supervisor_opens(record: Record) -> None:
    held = released(record)
    put_back = back_up(record)
    with record.database.transaction() as session:
        acting = record.staff["casey"]
        place_hold(
            session, record.vault, acting=acting, person_id=held.person_id, basis=Basis.TRO, cites="1:26-cv-9"
        )
    put_back()
    first = type_in(record, "--as", "sunny")
    assert "Holds lost: 1" in first.stdout
    assert "Still closed" in first.stdout
    with pytest.raises(RefusedError, match="second supervisor"):
        type_in(record, "--as", "sunny", "--open")
    said = json.loads(type_in(record, "--as", "sol", "--open", "--json").stdout)
    assert said["opened"] is True
    assert [hold["verb"] for hold in said["lost_holds"]] == ["hold.placed"]
    with pytest.raises(RefusedError, match="nothing to open"):
        type_in(record, "--as", "sunny")
