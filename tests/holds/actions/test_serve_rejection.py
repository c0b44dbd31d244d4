"""The reasons of a rejection reach who placed the stay: by a link, on their own page, or by hand."""

import uuid
from collections.abc import Iterator

import pytest

from holds.actions.appearing_counsel import appearance_of
from holds.actions.close_hold import close_hold, propose_closing, tell_closing
from holds.actions.counsel_codes import Turned, send_code
from holds.actions.counsel_links import LinkView, look_at_link
from holds.actions.place_provisional_stay import StayForm, place_provisional_stay
from holds.actions.place_stay_by_link import ByCounsel, place_stay_by_link
from holds.actions.references import hold_of
from holds.actions.serve_rejection import (
    NotYoursError,
    Reasons,
    confirm_own_reasons,
    confirm_reasons_by_link,
    read_own_reasons,
    read_reasons_by_link,
    reasons_waiting,
    send_reasons_again,
)
from holds.domain.closing import EndingKind
from holds.domain.counsel_link import LinkState
from holds.domain.hold import Basis
from holds.domain.release import Refusal
from holds.store.closings import ClosingService
from holds.store.counsel_links import CounselLink
from holds.store.people import Task
from holds.store.staff import Actor
from tests.holds.store.life import released
from tests.holds.store.of_counsel import appears, newest_code, put_counsel, token_of
from tests.holds.store.record import BACKENDS, Held, Record, database_now, open_record

BY_RULE = StayForm(basis=Basis.AUTOMATIC_STAY, rule="bia_appeal")
WHY = "The order is another person's."


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


@pytest.fixture
def held(record: Record) -> Held:
    held = released(record)
    with record.database.transaction() as session:
        appears(session, record, put_counsel(session, record), held)
    return held


def stay(record: Record, held: Held, *, for_counsel: bool) -> uuid.UUID:
    with record.database.transaction() as session:
        asked = appearance_of(session, held.person_id).id if for_counsel else None
        form = StayForm(basis=BY_RULE.basis, rule=BY_RULE.rule, appearance_id=asked)
        field = record.staff["field"]
        reference = place_provisional_stay(
            session, record.vault, acting=field, person_id=held.person_id, form=form
        )
        return hold_of(session, reference, acting=field)


def reject(record: Record, hold_id: uuid.UUID) -> uuid.UUID:
    with record.database.transaction() as session:
        return propose_closing(
            session,
            record.vault,
            acting=record.staff["casey"],
            hold_id=hold_id,
            kind=EndingKind.STAY_REJECTED,
            reasons=WHY,
        )


def try_end(record: Record, hold_id: uuid.UUID) -> Refusal | None:
    with record.database.transaction() as session:
        return close_hold(session, acting=record.staff["sunny"], hold_id=hold_id)


def links(record: Record, closing_id: uuid.UUID) -> list[str]:
    with record.database.reading() as session:
        found = session.query(CounselLink).filter_by(closing_id=closing_id).order_by(CounselLink.id)
        return [link.reference for link in found]


def opened(record: Record, link: str) -> tuple[str, str]:
    """The link's address, and a fresh code for it."""
    with record.database.reading() as session:
        token = token_of(session, record, link)
    assert record.database.run(lambda s: send_code(s, record.vault, token=token)) is None
    with record.database.reading() as session:
        return token, newest_code(session, record, link)


def task(record: Record, closing_id: uuid.UUID) -> Task:
    with record.database.reading() as session:
        return session.query(Task).filter_by(kind="serve_rejection", subject_id=closing_id).one()


def test_counsel_reads_and_confirms_and_only_then_the_stay_may_end(record: Record, held: Held) -> None:
    hold_id = stay(record, held, for_counsel=True)
    closing_id = reject(record, hold_id)
    (link,) = links(record, closing_id)
    token, code = opened(record, link)
    wrong = record.database.run(lambda s: read_reasons_by_link(s, record.vault, token=token, code="22222222"))
    assert wrong == Turned("link.code_wrong")
    read = record.database.run(lambda s: read_reasons_by_link(s, record.vault, token=token, code=code))
    assert isinstance(read, Reasons)
    assert read.text == WHY
    assert try_end(record, hold_id) == Refusal(("stay.reasons_not_served",))
    done = record.database.run(lambda s: confirm_reasons_by_link(s, record.vault, token=token, code=code))
    assert isinstance(done, LinkView)
    assert done.state is LinkState.USED
    with record.database.reading() as session:
        service = session.get_one(ClosingService, (closing_id, "placer"))
        assert session.get_one(Actor, service.recorded_by).kind == "counsel"
    assert task(record, closing_id).closed_at is not None
    assert try_end(record, hold_id) is None


def test_a_member_of_staff_reads_and_confirms_on_their_own_page(record: Record, held: Held) -> None:
    hold_id, other = stay(record, held, for_counsel=False), stay(record, held, for_counsel=False)
    closing_id = reject(record, hold_id)
    field, casey = record.staff["field"], record.staff["casey"]
    assert links(record, closing_id) == []
    assert task(record, closing_id).evidence["by"] == "page"
    with record.database.transaction() as session:
        mine = read_own_reasons(session, record.vault, acting=field)
        assert [line.text for line in mine if line.closing_id == closing_id] == [WHY]
        assert read_own_reasons(session, record.vault, acting=casey) == ()
        assert reasons_waiting(session, acting=field) == len(mine)
    reference = next(line.hold_reference for line in mine if line.closing_id == closing_id)
    with pytest.raises(NotYoursError), record.database.transaction() as session:
        confirm_own_reasons(session, acting=casey, hold_reference=reference)
    assert try_end(record, hold_id) == Refusal(("stay.reasons_not_served",))
    with record.database.transaction() as session:
        confirm_own_reasons(session, acting=field, hold_reference=reference)
    assert try_end(record, hold_id) is None
    assert try_end(record, other) == Refusal(("closing.not_proposed",))


def test_counsel_who_withdrew_reads_nothing_more(record: Record, held: Held) -> None:
    hold_id = stay(record, held, for_counsel=True)
    closing_id = reject(record, hold_id)
    (link,) = links(record, closing_id)
    token, code = opened(record, link)
    with record.database.transaction() as session:
        appearance = appearance_of(session, held.person_id)
        appearance.withdrawn_on = appearance.filed_on
    with record.database.reading() as session:
        view = look_at_link(session, record.vault, token=token)
    assert view is not None
    assert view.state is LinkState.NOT_APPEARING
    read = record.database.run(lambda s: read_reasons_by_link(s, record.vault, token=token, code=code))
    assert read == Turned("link.not_open")
    with pytest.raises(NotYoursError, match="by hand"), record.database.transaction() as session:
        send_reasons_again(
            session, record.vault, acting=record.staff["casey"], hold_id=hold_id, closing_id=closing_id
        )
    again = reject(record, hold_id)
    assert (links(record, again), task(record, again).evidence["by"]) == ([], "hand")


def test_a_service_by_hand_stands_beside_a_confirmation(record: Record, held: Held) -> None:
    hold_id = stay(record, held, for_counsel=True)
    closing_id = reject(record, hold_id)
    token, code = opened(record, links(record, closing_id)[0])
    with record.database.transaction() as session:
        casey, now = record.staff["casey"], database_now(session)
        tell_closing(session, acting=casey, closing_id=closing_id, served_on="placer", served_at=now)
    done = record.database.run(lambda s: confirm_reasons_by_link(s, record.vault, token=token, code=code))
    assert isinstance(done, LinkView)
    with record.database.reading() as session:
        service = session.get_one(ClosingService, (closing_id, "placer"))
        assert service.recorded_by == record.staff["casey"].id
    with record.database.transaction() as session:
        link = send_reasons_again(
            session, record.vault, acting=record.staff["casey"], hold_id=hold_id, closing_id=closing_id
        )
    assert links(record, closing_id)[-1] == link


def test_a_link_for_reasons_places_no_stay(record: Record, held: Held) -> None:
    closing_id = reject(record, stay(record, held, for_counsel=True))
    token, code = opened(record, links(record, closing_id)[0])
    sent = ByCounsel(code, held.number, BY_RULE)
    placed = record.database.run(lambda s: place_stay_by_link(s, record.vault, token=token, sent=sent))
    assert placed == Turned("link.not_open")
