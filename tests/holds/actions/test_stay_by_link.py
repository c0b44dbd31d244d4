"""Counsel places a stay through their link: one use, a code, the right client; it blocks at once."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from holds.actions.appearing_counsel import NoAppearanceError, appearance_of
from holds.actions.check_removal import answer_check
from holds.actions.counsel_codes import Turned, send_code
from holds.actions.counsel_links import (
    LinkRefusedError,
    LinkView,
    issue_stay_link,
    look_at_link,
    withdraw_link,
)
from holds.actions.place_provisional_stay import StayForm, StayRefusedError
from holds.actions.place_stay_by_link import ByCounsel, place_stay_by_link
from holds.actions.questions import Question
from holds.domain.counsel_link import MOST_CODES, MOST_TRIES, LinkState
from holds.domain.hold import Basis
from holds.domain.staff import NotAllowedError
from holds.store.gates import Hold
from holds.store.ledger_rows import LedgerRow
from holds.store.representation import Appearance
from holds.store.staff import Actor
from tests.holds.store.life import released, wait
from tests.holds.store.of_counsel import appears, newest_code, put_counsel, token_of
from tests.holds.store.record import BACKENDS, Held, Record, open_record

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
ORDER = StayForm(basis=Basis.TRO, document=PDF, court="D. Nev.", docket_number="2:26-cv-9")


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


@pytest.fixture
def client(record: Record) -> Held:
    """Somebody whose hold was released, and who has counsel."""
    held = released(record)
    with record.database.transaction() as session:
        appears(session, record, put_counsel(session, record), held)
    return held


def issued(record: Record, held: Held, who: str = "casey") -> str:
    with record.database.transaction() as session:
        appearance = appearance_of(session, held.person_id)
        return issue_stay_link(session, record.vault, acting=record.staff[who], appearance=appearance)


def token(record: Record, link: str) -> str:
    with record.database.reading() as session:
        return token_of(session, record, link)


def code(record: Record, link: str) -> str:
    address = token(record, link)
    assert record.database.run(lambda s: send_code(s, record.vault, token=address)) is None
    with record.database.reading() as session:
        return newest_code(session, record, link)


def send(record: Record, link: str, sent: ByCounsel) -> LinkView | Turned:
    address = token(record, link)
    return record.database.run(lambda s: place_stay_by_link(s, record.vault, token=address, sent=sent))


def state(record: Record, link: str) -> LinkState:
    address = token(record, link)
    with record.database.reading() as session:
        view = look_at_link(session, record.vault, token=address)
    assert view is not None
    return view.state


def decision(record: Record, held: Held) -> str:
    question = Question(a_number=held.number)
    return answer_check(record.database, acting=record.staff["field"], question=question).decision.value


def test_counsels_own_order_blocks_at_commit_in_counsels_name(record: Record, client: Held) -> None:
    assert decision(record, client) == "no_active_hold"
    link = issued(record, client)
    done = send(record, link, ByCounsel(code(record, link), f"A{client.number}", ORDER))
    assert decision(record, client) == "blocked"
    assert isinstance(done, LinkView)
    with record.database.reading() as session:
        hold = session.scalars(select(Hold).where(Hold.reference == done.hold_reference)).one()
        actor = session.get_one(Actor, hold.placed_by)
        told = session.scalars(select(LedgerRow.actor_id).where(LedgerRow.subject_id == hold.id)).all()
    assert (actor.kind, set(told)) == ("counsel", {actor.id})
    assert (done.state, done.blocked_since) == (LinkState.USED, hold.placed_at)


def test_a_link_is_used_once(record: Record, client: Held) -> None:
    link = issued(record, client)
    sent = ByCounsel(code(record, link), client.number, ORDER)
    assert isinstance(send(record, link, sent), LinkView)
    assert send(record, link, sent) == Turned("link.not_open")


def test_a_rule_needs_no_file(record: Record, client: Held) -> None:
    link = issued(record, client)
    by_rule = StayForm(basis=Basis.AUTOMATIC_STAY, rule="bia_appeal")
    send(record, link, ByCounsel(code(record, link), client.number, by_rule))
    assert decision(record, client) == "blocked"


def test_a_client_without_a_number_is_named(record: Record) -> None:
    held = released(record, a_numbers=(), names=("LI, CLEO",), birth_dates=("1979-07-14",))
    with record.database.transaction() as session:
        appears(session, record, put_counsel(session, record), held)
    link = issued(record, held)
    letters = code(record, link)
    with pytest.raises(StayRefusedError, match="not the client"):
        send(record, link, ByCounsel(letters, "Perez Ana", ORDER))
    assert isinstance(send(record, link, ByCounsel(letters, "Cleo Li", ORDER)), LinkView)


@pytest.mark.parametrize(
    ("client_named", "form", "words"),
    [
        ("A900999999", ORDER, "not the client"),
        ("", ORDER, "not the client"),
        (None, replace(ORDER, document=b"MZ not a PDF"), "no whole PDF"),
        (None, replace(ORDER, document=PDF[:20]), "no whole PDF"),
        (None, replace(ORDER, document=PDF + b" " * 11_000_000 + b"%%EOF"), "ten megabytes"),
        (None, replace(ORDER, document=b""), "one of the two"),
        (None, StayForm(basis=Basis.INCIDENT, document=PDF), "rests on a stay"),
    ],
    ids=("another", "nobody", "no_pdf", "half", "large", "nothing", "no_stay"),
)
def test_what_does_not_do_places_nothing_and_leaves_the_link_open(
    record: Record, client: Held, client_named: str | None, form: StayForm, words: str
) -> None:
    link = issued(record, client)
    named = client.number if client_named is None else client_named
    with pytest.raises(StayRefusedError, match=words):
        send(record, link, ByCounsel(code(record, link), named, form))
    assert decision(record, client) == "no_active_hold"
    assert state(record, link) is LinkState.OPEN


def test_after_five_wrong_codes_the_right_one_opens_nothing(record: Record, client: Held) -> None:
    link = issued(record, client)
    letters = code(record, link)
    for _ in range(MOST_TRIES):
        assert send(record, link, ByCounsel("22222222", client.number, ORDER)) == Turned("link.code_wrong")
    assert send(record, link, ByCounsel(letters, client.number, ORDER)) == Turned("link.code_wrong")
    fresh = code(record, link)
    assert send(record, link, ByCounsel(letters, client.number, ORDER)) == Turned("link.code_wrong")
    assert isinstance(send(record, link, ByCounsel(fresh, client.number, ORDER)), LinkView)


def test_a_code_counts_for_minutes_and_a_link_sends_few(record: Record, client: Held) -> None:
    link = issued(record, client)
    letters = code(record, link)
    wait(record, dt.timedelta(minutes=16))
    assert send(record, link, ByCounsel(letters, client.number, ORDER)) == Turned("link.code_wrong")
    for _ in range(MOST_CODES - 1):
        code(record, link)
    address = token(record, link)
    more = record.database.run(lambda s: send_code(s, record.vault, token=address))
    assert more == Turned("link.too_many_codes")


def end_by(record: Record, client: Held, link: str, how: str) -> None:
    if how == "withdrawn":
        with record.database.transaction() as session:
            withdraw_link(session, acting=record.staff["casey"], reference=link)
    if how == "expired":
        wait(record, dt.timedelta(hours=73))
    if how == "not_appearing":
        with record.database.transaction() as session:
            appearance = appearance_of(session, client.person_id)
            appearance.withdrawn_on = appearance.filed_on


@pytest.mark.parametrize("how", ["withdrawn", "expired", "not_appearing"])
def test_a_link_that_ended_says_so_and_places_nothing(record: Record, client: Held, how: str) -> None:
    link = issued(record, client)
    letters = code(record, link)
    end_by(record, client, link, how)
    assert state(record, link).value == how
    assert send(record, link, ByCounsel(letters, client.number, ORDER)) == Turned("link.not_open")
    assert decision(record, client) == "no_active_hold"
    if how == "withdrawn":
        with pytest.raises(LinkRefusedError, match="withdrawn already"):
            end_by(record, client, link, how)


def test_an_address_that_was_not_made_here_is_nothing(record: Record, client: Held) -> None:
    right, other = (token(record, issued(record, client)) for _ in range(2))
    mixed = f"{right.partition('-')[0]}-{other.partition('-')[2]}"
    with record.database.reading() as session:
        for wrong in (mixed, right[:-1], right.partition("-")[0], ""):
            assert look_at_link(session, record.vault, token=wrong) is None


def test_links_are_issued_by_caseworkers_for_counsel_who_can_be_reached(record: Record, client: Held) -> None:
    with pytest.raises(NotAllowedError):
        issued(record, client, who="field")
    mute = released(record)
    with record.database.transaction() as session:
        appears(session, record, put_counsel(session, record, email=""), mute)
    with pytest.raises(LinkRefusedError, match="by hand"):
        issued(record, mute)


def test_counsel_is_named_by_what_people_have(record: Record, client: Held) -> None:
    with record.database.transaction() as session:
        second = put_counsel(session, record)
        appears(session, record, second, client)
        appears(session, record, put_counsel(session, record), client, scope="custody_and_bond")
    with record.database.reading() as session:
        with pytest.raises(NoAppearanceError, match="name one: --counsel"):
            appearance_of(session, client.person_id)
        assert appearance_of(session, client.person_id, second.hex.upper()).counsel_id == second
        with pytest.raises(NoAppearanceError, match="does not appear"):
            appearance_of(session, client.person_id, "EOIR0")
        custody = select(Appearance.counsel_id).where(Appearance.scope == "custody_and_bond")
        only: uuid.UUID = session.scalars(custody).first() or uuid.UUID(int=0)
        with pytest.raises(NoAppearanceError, match="does not appear"):
            appearance_of(session, client.person_id, only.hex)
