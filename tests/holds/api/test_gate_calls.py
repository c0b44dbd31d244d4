"""Check, clear, board, depart over the API: what an officer's system sees."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.clear_removal import issue_clearance, record_boarding
from holds.actions.credentials import acting_of
from holds.actions.idempotent_calls import Request
from holds.actions.place_hold import place_hold
from holds.api import gate_calls
from holds.domain.client import Scope
from holds.domain.closing import EndingKind
from holds.domain.departure import DepartureKind
from holds.domain.hold import Basis
from holds.domain.staff import Acting
from holds.store.gates import HoldEnding
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Task
from holds.store.staff import Actor
from tests.holds.api.calling import DESK, Caller, caller, new_key, question
from tests.holds.store.ends import bear_end
from tests.holds.store.ground import put
from tests.holds.store.life import released, someone, wait
from tests.holds.store.record import Held, Record, asked_of

STRANGER = "A900999999"
KNOWN = {"name": "ROE, RICHARD", "birth_date": "1990-02-03"}


def hold(record: Record, held: Held) -> None:
    with record.database.transaction() as session:
        acting = record.staff["casey"]
        place_hold(
            session, record.vault, acting=acting, person_id=held.person_id, basis=Basis.TRO, cites="1:26-cv-9"
        )


def acting_of_name(session: Session, name: str) -> Acting:
    return acting_of(session.scalars(select(Actor).where(Actor.login == name)).one())


def test_held_released_and_unknown(record: Record, office: Caller) -> None:
    answers = [office.check(n).get_json() for n in (someone(record).number, released(record).number)]
    answers.append(office.check(STRANGER, **KNOWN).get_json())
    assert [answer["decision"] for answer in answers] == ["blocked", "no_active_hold", "not_on_record"]
    assert [[reason["code"] for reason in answer["reasons"]] for answer in answers] == [
        ["hold.active"],
        [],
        [],
    ]
    for answer in answers:
        assert answer["call"] == DESK
        assert answer["what_to_do"]
        assert dt.datetime.fromisoformat(answer["at"]).tzinfo is not None


def test_the_answer_is_in_the_ledger_under_its_reference(record: Record, office: Caller) -> None:
    held = someone(record)
    answer = office.check(held.number).get_json()
    with record.database.reading() as session:
        row = session.get_one(LedgerRow, uuid.UUID(answer["reference"]))
        assert row.person_id == held.person_id
        journey = {"departure_kind": "removal", "destination": "CU", "stage": "boarding"}
        assert journey.items() <= row.codes.items()
        assert held.number not in str(row.codes)


def test_another_country_than_on_record_is_blocked(record: Record, office: Caller) -> None:
    free = released(record, nationality="CU")
    assert office.check(free.number, country="Cuba").get_json()["decision"] == "no_active_hold"
    assert office.check(free.number, country="Haiti").get_json()["decision"] == "blocked"


def test_cleared_boarded_departed(record: Record, office: Caller) -> None:
    free = released(record)
    cleared = office.clear(free.number)
    assert cleared.status_code == 201
    issued, expires = (dt.datetime.fromisoformat(cleared.get_json()[k]) for k in ("issued_at", "expires_at"))
    assert dt.timedelta() < expires - issued <= dt.timedelta(minutes=15)
    boarded = office.board(cleared.get_json()["clearance"])
    assert boarded.status_code == 201
    departed = office.depart(boarded.get_json()["removal"])
    assert (departed.status_code, departed.get_json()["alarm"]) == (201, None)
    assert office.board(cleared.get_json()["clearance"]).status_code == 409


def test_nobody_held_unknown_or_doubtful_is_cleared(record: Record, office: Caller) -> None:
    for number, code in ((someone(record).number, "removal.blocked"), (STRANGER, "removal.not_on_record")):
        answer = office.clear(number)
        assert (answer.status_code, answer.get_json()["code"]) == (409, code)
        assert answer.get_json()["decision"] == "blocked"


def test_a_clearance_needs_name_and_birth_date(record: Record, office: Caller) -> None:
    free = released(record)
    for lacking in ({"name": None}, {"birth_date": None}):
        answer = office.clear(free.number, **lacking)
        assert (answer.status_code, answer.get_json()["code"]) == (422, "request.not_as_described")
    nameless = office.clear(free.number, name="  - ")
    assert (nameless.status_code, nameless.get_json()["code"]) == (409, "clearance.not_compared")
    assert office.clear(free.number).status_code == 201


def test_a_hold_after_the_clearance_stops_the_boarding(record: Record, office: Caller) -> None:
    free = released(record)
    clearance = office.clear(free.number).get_json()["clearance"]
    hold(record, free)
    answer = office.board(clearance)
    assert answer.status_code == 409
    assert [reason["code"] for reason in answer.get_json()["reasons"]] == ["hold.active"]


def test_somebody_of_that_name_and_birth_date_who_comes_on_record_stops_the_boarding(
    record: Record, office: Caller
) -> None:
    """Under another number, and held; the client need not say again whom it asked for."""
    said: dict[str, Any] = {"names": ("ROE, RICHARD",), "birth_dates": ("1977-03-02",)}
    free, once, asked = (
        released(record, **said),
        new_key(),
        {"name": "Richard Roe", "birth_date": "1977-03-02"},
    )
    clearance = office.clear(free.number, once=once, **asked).get_json()["clearance"]
    someone(record, a_numbers=("900555123",), **said)
    again = office.clear(free.number, once=once, **asked)
    assert (again.status_code, again.get_json()["code"]) == (409, "idempotency.outdated")
    answer = office.board(clearance).get_json()
    assert answer["decision"] == "blocked"
    assert [reason["code"] for reason in answer["reasons"]] == ["identity.near_match"]
    assert office.clear(free.number, **asked).get_json()["code"] == "removal.blocked"


def test_an_expired_clearance_boards_nobody(record: Record, office: Caller) -> None:
    clearance = office.clear(released(record).number).get_json()["clearance"]
    wait(record, dt.timedelta(minutes=15))
    assert office.board(clearance).get_json()["code"] == "clearance.expired"


def test_a_hold_before_departure_raises_the_recall(record: Record, office: Caller) -> None:
    free = released(record)
    boarded = office.board(office.clear(free.number).get_json()["clearance"]).get_json()
    hold(record, free)
    assert office.depart(boarded["removal"]).get_json()["alarm"] == "recall"
    with record.database.reading() as session:
        kinds = session.scalars(select(Task.kind).where(Task.person_id == free.person_id)).all()
    assert "removed_while_held" in kinds


def test_the_clearance_of_another_client_boards_nobody(record: Record, office: Caller) -> None:
    clearance = office.clear(released(record).number).get_json()["clearance"]
    assert caller(record).board(clearance).status_code == 409
    assert office.board(clearance).status_code == 201


def test_whatever_breaks_inside_a_check_is_blocked(
    record: Record, office: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = released(record)

    def broken(*_args: object, **_kw: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(gate_calls, "check_removal", broken)
    answer = office.check(free.number)
    assert (answer.status_code, answer.get_json()["decision"]) == (200, "blocked")
    monkeypatch.setattr(Request, "__init__", broken)
    answer = office.check(free.number)
    assert answer.status_code >= 500
    assert answer.get_json()["decision"] == "blocked"


@pytest.mark.parametrize("scope", [Scope.AGENCY_OFFICER, Scope.CARRIER])
def test_a_scope_covers_no_more_than_it_says(record: Record, scope: Scope) -> None:
    free, client = released(record), caller(record, scope)
    assert client.clear(free.number).status_code == 403
    assert client.board("A" * 10).status_code == 403
    checked = client.check(free.number)
    if scope is Scope.AGENCY_OFFICER:
        assert checked.get_json()["decision"] == "no_active_hold"
    else:
        assert (checked.status_code, checked.get_json()["decision"]) == (403, "do_not_board")
        assert checked.get_json()["reasons"] == []


def test_a_write_without_an_idempotency_key_is_refused(record: Record, office: Caller) -> None:
    answer = office.post(
        "/clearances", question(released(record).number, name="DOE, JANE", birth_date="1990-02-03")
    )
    assert (answer.status_code, answer.get_json()["code"]) == (400, "idempotency.key_missing")
    short = office.clear(released(record).number, once="x")
    assert (short.status_code, short.get_json()["code"]) == (400, "idempotency.key_malformed")


def test_the_same_key_and_body_give_the_same_answer(record: Record, office: Caller) -> None:
    free, once = released(record), new_key()
    first, again = office.clear(free.number, once=once), office.clear(free.number, once=once)
    assert (first.status_code, first.get_json()) == (again.status_code, again.get_json())
    assert again.headers["Idempotent-Replayed"] == "true"
    other = office.clear(free.number, once=once, country="Cuba")
    assert (other.status_code, other.get_json()["code"]) == (422, "idempotency.another_body")
    boarding = new_key()
    boarded = [office.board(first.get_json()["clearance"], once=boarding).get_json() for _ in range(2)]
    assert boarded[0] == boarded[1]


def test_no_word_that_clears_is_repeated_after_a_hold(record: Record, office: Caller) -> None:
    """Guarantee 7: a repeated call is late input, and never releases."""
    free, check, clear = released(record), new_key(), new_key()
    assert office.check(free.number, once=check).get_json()["decision"] == "no_active_hold"
    assert office.clear(free.number, once=clear).status_code == 201
    hold(record, free)
    for answer in (office.check(free.number, once=check), office.clear(free.number, once=clear)):
        assert (answer.status_code, answer.get_json()["code"]) == (409, "idempotency.outdated")
        assert answer.get_json()["decision"] == "blocked"
    fresh = office.check(free.number, once=new_key()).get_json()
    assert fresh["decision"] == "blocked"


def test_a_boarding_whose_answer_was_lost_is_not_confirmed_after_a_hold(
    record: Record, office: Caller
) -> None:
    free, once = released(record), new_key()
    clearance = office.clear(free.number).get_json()["clearance"]
    assert office.board(clearance, once=once).status_code == 201
    assert office.board(clearance, once=once).headers["Idempotent-Replayed"] == "true"
    hold(record, free)
    late = office.board(clearance, once=once)
    assert (late.status_code, late.get_json()["code"]) == (409, "idempotency.outdated")
    assert late.get_json()["decision"] == "blocked"


def test_who_chose_to_leave_departs_without_a_recall(record: Record, office: Caller) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        put(session, HoldEnding, **bear_end(session, record, held, EndingKind.CLOSED_DEPARTED_BY_CHOICE))
        clearance_id = issue_clearance(
            session,
            record.database,
            acting=(client := acting_of_name(session, office.name)),
            person_id=held.person_id,
            question=asked_of(held),
            departure_kind=DepartureKind.VOLUNTARY_DEPARTURE,
            destination="CU",
        )
        boarded = record_boarding(session, record.database, acting=client, clearance_id=clearance_id)
    assert office.depart(str(boarded)).get_json()["alarm"] is None
