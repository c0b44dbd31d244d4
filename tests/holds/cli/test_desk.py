"""`desk`, `contact`, `transmission code`, `counsel stay-link`, `staff deactivate`, as someone types them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click import ClickException
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from holds.actions.add_staff import add_staff
from holds.actions.credentials import WrongCredentialError, sign_in
from holds.domain.refusal import RefusedError
from holds.domain.staff import Role
from holds.store.gates import Removal
from tests.holds.cli.typed_office import TypedOffice
from tests.holds.store.life import released, someone
from tests.holds.store.of_counsel import appears, put_counsel
from tests.holds.store.record import BACKENDS, Held, Record, open_record
from wsgi import cli

CALLER = ("--office", "NOL", "--caller", "Officer Rivera", "--badge", "B-4471", "--to", "CU")
WHO = ("--name", "DOE, JANE", "--dob", "1990-02-03")


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """With a duty desk, an officer of New Orleans, and that office's telephone."""
    for made in open_record(request, tmp_path_factory):
        with made.database.transaction() as session:
            for login, role, place in (
                ("desk", Role.DUTY_DESK, None),
                ("nola", Role.FIELD_OFFICER, "NOL"),
                ("gone", Role.CASEWORKER, None),
            ):
                add_staff(
                    session,
                    acting=made.staff["admin"],
                    login=login,
                    display_name=login.title(),
                    role=role,
                    office=place,
                )
        phone = ("504 555 0142", "--duty", "field_office", "--office", "NOL")
        holdfast(made, "contact", "add", *phone, "--as", "admin")
        yield made


def holdfast(record: Record, *words: str, status: int = 0) -> dict[str, Any]:
    """The JSON answer; what is refused raises."""
    found = CliRunner().invoke(cli, [*words, "--json"], obj=TypedOffice(record), standalone_mode=False)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    ended = found.return_value if isinstance(found.return_value, int) else found.exit_code
    assert ended == status, found.output
    answer: dict[str, Any] = json.loads(found.stdout)
    return answer


def test_a_call_is_taken_called_back_read_back_and_boarded(record: Record) -> None:
    held = released(record, birth_dates=("1990-02-03",))
    asked = ("desk", "check", held.number, *WHO, "--stage", "boarding", *CALLER, "--as", "desk")
    call = holdfast(record, *asked)
    assert (call["decision"], call["cleared"], call["call_back"]) == (
        "no_active_hold",
        False,
        ["+15045550142"],
    )
    repeated = ("desk", "read-back", call["call"], "--heard", "no_active_hold", "--as", "desk")
    clearance = holdfast(record, *repeated)["clearance"]
    holdfast(record, "desk", "boarded", clearance, "--as", "desk")
    with record.database.reading() as session:
        assert session.scalars(select(Removal).where(Removal.person_id == held.person_id)).one()
    with pytest.raises(IntegrityError, match=r"clearance\.void"):  # the command says it in its own words
        holdfast(record, "desk", "boarded", clearance, "--as", "desk")
    with pytest.raises(ClickException, match="Nobody boards"):
        holdfast(record, "desk", "boarded", "NOSUCHCLEA", "--as", "desk")


@pytest.mark.parametrize(("heard", "agreed"), [("blocked", True), ("no_active_hold", False)])
def test_who_is_held_is_blocked_whatever_is_repeated(record: Record, heard: str, agreed: bool) -> None:
    held = someone(record, birth_dates=("1990-02-03",))
    asked = ("desk", "check", held.number, *WHO, "--stage", "boarding", *CALLER, "--as", "desk")
    call = holdfast(record, *asked, status=3)
    assert call["decision"] == "blocked"
    done = holdfast(record, "desk", "read-back", call["call"], "--heard", heard, "--as", "desk", status=3)
    assert (done["agreed"], done["clearance"]) == (agreed, None)


def test_the_desk_is_told_to_hang_up_and_whom_to_call(record: Record) -> None:
    stranger = ("--name", "ROE, RICHARD", "--dob", "1971-08-09")
    asked = ["desk", "check", "A900777777", *stranger, "--stage", "manifest", *CALLER, "--as", "desk"]
    said = CliRunner().invoke(cli, asked, obj=TypedOffice(record))
    assert said.exit_code == 4
    assert "Hang up. Call back +15045550142, and nobody else." in said.output
    unknown = ("desk", "check", "A900777777", "--stage", "manifest", *CALLER[2:], "--office", "MIA")
    with pytest.raises(RefusedError):
        holdfast(record, *unknown, "--as", "desk")


def test_contacts_are_listed_and_ended(record: Record) -> None:
    on_call = ("desk@example.org", "--duty", "on_call", "--login", "desk", "--rank", "2", "--as", "admin")
    made = holdfast(record, "contact", "add", *on_call)["contact"]
    listed = holdfast(record, "contact", "list", "--as", "admin")["contacts"]
    (one,) = [line for line in listed if line["contact"] == made]
    assert (one["duty"], one["way"], one["rank"], one["value"]) == ("on_call", "email", 2, "desk@example.org")
    holdfast(record, "contact", "end", made, "--as", "admin")
    after = holdfast(record, "contact", "list", "--as", "admin")["contacts"]
    assert made not in [line["contact"] for line in after]
    with pytest.raises(RefusedError):
        holdfast(record, "contact", "add", "neither", "--duty", "on_call", "--login", "desk", "--as", "admin")


def test_an_officer_with_an_office_gets_a_code_of_their_own(record: Record) -> None:
    first, second = (holdfast(record, "transmission", "code", "--as", "nola")["code"] for _ in range(2))
    assert (len(first), first != second) == (10, True)
    for nobody in ("field", "casey"):
        with pytest.raises(RefusedError):
            holdfast(record, "transmission", "code", "--as", nobody)


def represented(record: Record) -> tuple[Held, str]:
    """Somebody, and the EOIR ID of their counsel."""
    held = someone(record)
    with record.database.transaction() as session:
        counsel_id = put_counsel(session, record)
        appears(session, record, counsel_id, held)
    return held, counsel_id.hex


def test_counsel_is_sent_a_link_that_is_taken_back(record: Record) -> None:
    held, eoir = represented(record)
    made = holdfast(record, "counsel", "stay-link", held.number, "--counsel", eoir, "--as", "casey")
    assert made["days"] == 3
    withdraw = ("counsel", "withdraw-link", made["link"], "--as", "casey")
    assert holdfast(record, *withdraw) == {"link": made["link"], "withdrawn": True}
    with pytest.raises(RefusedError, match="withdrawn already"):
        holdfast(record, *withdraw)
    with pytest.raises(RefusedError, match=eoir):
        holdfast(record, "counsel", "stay-link", held.number, "--counsel", "EOIR0", "--as", "casey")


def test_a_stay_names_the_counsel_who_asked_and_they_are_sent_the_reasons(record: Record) -> None:
    held, eoir = represented(record)
    by_rule = ("--basis", "automatic_stay", "--rule", "bia_appeal", "--counsel", eoir, "--as", "field")
    reference = holdfast(record, "stay", "place", held.number, *by_rule)["hold"]
    rejected = ("--kind", "stay_rejected", "--reasons", "Withdrawn", "--as", "casey")
    holdfast(record, "closing", "propose", reference, *rejected)
    again = holdfast(record, "counsel", "reasons-link", reference, "--as", "casey")
    assert len(again["link"]) == 10


def test_who_is_taken_out_opens_nothing_any_more(record: Record) -> None:
    gone = ("staff", "deactivate", "gone", "--as", "admin")
    assert holdfast(record, *gone) == {"login": "gone", "active": False}
    with pytest.raises(WrongCredentialError), record.database.reading() as session:
        sign_in(session, login="gone", credential="anything")
    with pytest.raises(RefusedError, match="no active member"):
        holdfast(record, *gone)
