"""Who gets in: keys, their rotation, the rate, the budget, and what happens to a prober."""

import dataclasses
import datetime as dt
import uuid

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from holds.actions.api_clients import ClientError, add_client, revoke_key, rotate_key, unlock_client
from holds.domain.client import LOCK_AT, SLOW_AT, Scope
from holds.domain.staff import NotAllowedError
from holds.store.api_clients import ApiKey
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Task
from tests.holds.api.calling import Caller, caller, question
from tests.holds.store.life import someone, wait
from tests.holds.store.record import Record


def status(client: Caller, key: str | None = None) -> int:
    body = question("A900999999", stage="staging")
    return client.post("/removal-checks", body, key=key).status_code


def test_no_key_and_a_wrong_key_look_the_same(office: Caller) -> None:
    other = f"{office.key[:14]}{'A' * 43}"
    bare = office.app.test_client().post("/removal-checks", json=question("A900999999", stage="staging"))
    wrong = office.post("/removal-checks", {}, key=other)
    unknown = office.post("/removal-checks", {}, key="hf_ZZZZZZZZZZ_" + "A" * 43)
    for answer in (bare, wrong, unknown):
        assert (answer.status_code, answer.get_json()["decision"]) == (401, "blocked")
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.mimetype == "application/problem+json"
    assert bare.get_json() == wrong.get_json() == unknown.get_json()


def test_a_key_is_rotated_without_a_gap_and_a_third_is_refused(record: Record, office: Caller) -> None:
    admin = record.staff["admin"]
    with record.database.transaction() as session:
        second = rotate_key(session, acting=admin, name=office.name)
        with pytest.raises(ClientError, match="Two keys"):
            rotate_key(session, acting=admin, name=office.name)
    assert (status(office), status(office, second)) == (200, 200)
    with record.database.transaction() as session:
        revoke_key(session, acting=admin, reference=office.key[3:13])
    assert (status(office), status(office, second)) == (401, 200)
    with record.database.transaction() as session:
        assert status(office, rotate_key(session, acting=admin, name=office.name)) == 401
    with record.database.reading() as session:
        verbs = set(session.scalars(select(LedgerRow.verb).where(LedgerRow.verb.startswith("client."))))
    assert {"client.added", "client.key_made", "client.key_revoked"} <= verbs


def test_no_key_is_in_the_database(record: Record, office: Caller) -> None:
    with record.database.reading() as session:
        kept = session.scalars(select(ApiKey).where(ApiKey.reference == office.key[3:13])).one()
        row = session.execute(text("SELECT * FROM api_key")).all()
    assert len(kept.digest) == 32
    assert office.key[14:] not in str(row)


@pytest.mark.usefixtures("office")
def test_the_schema_knows_no_third_key_and_no_carrier_with_numbers(record: Record) -> None:
    for change in (
        "UPDATE api_key SET slot = 3",
        "UPDATE api_client SET scope = 'carrier'",
        "UPDATE api_client SET scope = 'foreign_government'",
        "UPDATE api_client SET numbers = daily_numbers + 1",
    ):
        with pytest.raises(IntegrityError), record.database.transaction() as session:
            session.execute(text(change))


def test_only_who_manages_staff_gives_keys(record: Record) -> None:
    for who in ("casey", "sunny", "field", "operator"):
        with pytest.raises(NotAllowedError), record.database.transaction() as session:
            add_client(session, acting=record.staff[who], name=f"of-{who}", scope=Scope.FIELD_OFFICE)
    for name in ("", "A b", "field", "x" * 61):
        with pytest.raises(ClientError), record.database.transaction() as session:
            add_client(session, acting=record.staff["admin"], name=name, scope=Scope.FIELD_OFFICE)


def test_calls_a_minute_are_counted_in_the_database(record: Record) -> None:
    client = caller(record, per_minute=3)
    assert [status(client) for _ in range(4)] == [200, 200, 200, 429]
    refused = client.check("A900999999")
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert refused.get_json()["decision"] == "blocked"
    wait(record, dt.timedelta(minutes=1))
    assert status(client) == 200


def test_the_budget_counts_distinct_numbers_and_begins_anew_each_day(record: Record) -> None:
    client = caller(record, daily_numbers=2)
    far = ["A900500001", "A900600001", "A900500001", "A900700001"]
    assert [client.check(number).status_code for number in far] == [200, 200, 200, 429]
    held = someone(record)
    refused = client.check(held.number)
    assert (refused.status_code, refused.get_json()["code"]) == (429, "client.budget")
    with record.database.reading() as session:
        looked = select(func.count()).where(LedgerRow.person_id == held.person_id)
        assert session.scalar(looked.where(LedgerRow.verb == "removal.checked")) == 0
    wait(record, dt.timedelta(days=1))
    assert client.check(held.number).get_json()["decision"] == "blocked"
    assert client.check(held.number).status_code == 200


def test_counting_upwards_is_slowed_locked_and_alarmed(record: Record) -> None:
    client = caller(record)
    answers = []
    for number in range(900_800_000, 900_800_040):
        answers.append(client.check(f"A{number}").status_code)
        if answers[-1] == 429:
            wait(record, dt.timedelta(seconds=10))
            answers.append(client.check(f"A{number}").status_code)
        if answers[-1] == 403:
            break
    assert answers[:10] == [200] * 10
    assert 429 in answers
    assert answers[-1] == 403
    locked = client.check("A900999999")
    assert (locked.get_json()["code"], locked.get_json()["decision"]) == ("client.locked", "blocked")
    with record.database.reading() as session:
        tasks = session.scalars(select(Task.detail).where(Task.kind == "client_probing")).all()
    assert {task.split()[0] for task in tasks} >= {"client.slowed", "client.locked"}
    with record.database.transaction() as session:
        unlock_client(session, acting=record.staff["admin"], name=client.name)
    wait(record, dt.timedelta(minutes=1))
    assert status(client) == 200


def test_unreadable_numbers_in_a_row_are_probing_too(record: Record) -> None:
    client = caller(record)
    seen = []
    for _ in range(4 * LOCK_AT):
        seen.append(client.check("no number").status_code)
        wait(record, dt.timedelta(seconds=10))
        if seen[-1] == 403:
            break
    assert len(seen) == LOCK_AT + 1
    assert SLOW_AT < LOCK_AT


def test_one_number_with_many_names_costs_and_is_probing(record: Record) -> None:
    """Near matches are found by name: whoever tries names under one number walks the list all the same."""
    thrifty = caller(record, daily_numbers=3)
    asked = [
        ("Ana Roe", "1990-02-03"),
        ("Roe, Ana", "1990-02-03"),
        ("Ana Roe", "1990-02-04"),
        ("Bo Roe", None),
    ]
    codes = [
        thrifty.check("A900510001", name=name, **({"birth_date": born} if born else {})).status_code
        for name, born in [*asked, ("Cy Roe", "")]
    ]
    assert codes == [200, 200, 200, 200, 429]
    client, answer, number = caller(record), 0, 0
    for number in range(40):
        answer = client.check("A900510001", name=f"Ana Roe{chr(97 + number % 26)}{number}").status_code
        wait(record, dt.timedelta(seconds=10))
        if answer == 403:
            break
    assert answer == 403
    assert number < 20


def test_near_matches_are_suspect(record: Record) -> None:
    someone(record, names=("ZELALEM, BIRUK",), birth_dates=("1984-05-06",))
    client, answer, step = caller(record), 0, 0
    for step in range(LOCK_AT):
        answer = client.check(
            f"A90{52 + step}10001", name="Biruk Zelalem", birth_date="1984-05-06"
        ).status_code
        wait(record, dt.timedelta(seconds=10))
        if answer == 403:
            break
    assert (answer, step) == (403, LOCK_AT // 2)


def test_a_key_at_a_door_that_is_not_its_own_is_told_and_locked(record: Record) -> None:
    client = caller(record, Scope.CARRIER)
    answers = [client.check("A900530001").get_json()["code"] for _ in range(LOCK_AT // 3 + 1)]
    assert answers == ["key.scope"] * (LOCK_AT // 3) + ["client.locked"]
    with record.database.reading() as session:
        refused = session.scalars(select(LedgerRow.codes).where(LedgerRow.verb == "call.refused")).all()
    assert "key.scope" in {codes["code"] for codes in refused}


def test_a_key_of_another_organisation_is_nobodys_to_make_or_take(record: Record, office: Caller) -> None:
    other = dataclasses.replace(record.staff["admin"], organisation_id=uuid.uuid4())
    for act in (
        lambda session: rotate_key(session, acting=other, name=office.name),
        lambda session: unlock_client(session, acting=other, name=office.name),
        lambda session: revoke_key(session, acting=other, reference=office.key[3:13]),
    ):
        with pytest.raises(ClientError, match="There is no"), record.database.transaction() as session:
            act(session)
    assert status(office) == 200
