"""Past every action: counsel holds only a current client, through an open link, and ends nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from holds.actions.counsel_links import counsel_actor
from holds.domain.closing import EndingKind
from holds.domain.staff import Acting
from holds.store.base import new_id
from holds.store.closings import Closing, ClosingService
from holds.store.counsel_links import CounselLink, CounselLinkEnd
from holds.store.gates import Hold, HoldEnding
from holds.store.representation import Appearance
from holds.store.stays import HoldVerification, Stay
from tests.holds.store.ends import end_of, put_closing, put_stay, tell
from tests.holds.store.ground import days, epoch, put, refused
from tests.holds.store.of_counsel import appears, link_row, put_counsel
from tests.holds.store.record import Held, Record, new_incident, put_on_record


@pytest.fixture
def session(record: Record) -> Iterator[Session]:
    with Session(record.database.engine) as session:
        yield session
        session.rollback()


@pytest.fixture
def held(session: Session, record: Record) -> Held:
    return put_on_record(session, record, new_incident(session, record))


def acting_for(session: Session, record: Record, appearance: Appearance) -> Acting:
    return counsel_actor(session, appearance.counsel_id, record.staff["casey"].organisation_id)


def appearing(session: Session, record: Record, held: Held, changes: dict[str, Any]) -> Appearance:
    """An appearance that differs so; `withdrawn_on` is so many days from now."""
    if "withdrawn_on" in changes:
        changes = {"withdrawn_on": days(session, changes["withdrawn_on"]).date()}
    return appears(session, record, put_counsel(session, record), held, **changes)


def hold_row(session: Session, held: Held, by: Acting, **changes: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "person_id": held.person_id,
        "epoch": epoch(session, held.person_id) + 1,
        "basis": "tro",
        "sealed_cites": b"sealed",
        "organisation_id": by.organisation_id,
        "placed_by": by.id,
        **changes,
    }


def stay_row(hold: dict[str, Any], appearance: Appearance, link: dict[str, Any], **changes: Any) -> Any:
    row = {"hold_id": hold["id"], "person_id": hold["person_id"], "rule": "bia_appeal", "asked_by": "counsel"}
    row |= {"appearance_id": appearance.id, "link_id": link["id"], "sealed_order": b"sealed"}
    return {**row, **changes}


@pytest.mark.parametrize(
    "changes",
    [{"verified_by": None, "verified_at": None}, {"withdrawn_on": 0}, {"scope": "custody_and_bond"}],
    ids=str,
)
def test_counsel_holds_nobody_without_an_appearance_in_force(
    session: Session, record: Record, held: Held, changes: dict[str, Any]
) -> None:
    by = acting_for(session, record, appearing(session, record, held, changes))
    assert refused(session, Hold, **hold_row(session, held, by)) == "stay.counsel_not_verified"


@pytest.mark.parametrize("changes", [{"scope": "all_but_custody"}, {"withdrawn_on": 3}], ids=str)
def test_counsel_holds_their_client_on_a_stay_and_nothing_else(
    session: Session, record: Record, held: Held, changes: dict[str, Any]
) -> None:
    by = acting_for(session, record, appearing(session, record, held, changes))
    window = hold_row(session, held, by, basis="promise_window")
    assert refused(session, Hold, **window) == "stay.counsel_not_verified"
    put(session, Hold, **hold_row(session, held, by, basis="automatic_stay"))


def test_counsel_holds_nobody_but_their_client(session: Session, record: Record, held: Held) -> None:
    other = put_on_record(session, record, new_incident(session, record))
    by = acting_for(session, record, appears(session, record, put_counsel(session, record), held))
    assert refused(session, Hold, **hold_row(session, other, by)) == "stay.counsel_not_verified"


def test_a_stay_is_placed_by_staff_or_through_an_open_link_of_that_counsel(
    session: Session, record: Record, held: Held
) -> None:
    appearance = appears(session, record, put_counsel(session, record), held)
    by, field = acting_for(session, record, appearance), record.staff["field"]
    link = link_row(session, record, appearance)
    put(session, CounselLink, **link)
    hold = hold_row(session, held, by)
    put(session, Hold, **hold)
    assert refused(session, Stay, **stay_row(hold, appearance, link, link_id=None)) == "stay.without_link"
    staffs = hold_row(session, held, field)
    put(session, Hold, **staffs)
    assert refused(session, Stay, **stay_row(staffs, appearance, link)) == "stay.without_link"
    strangers = appears(session, record, put_counsel(session, record), held)
    others = link_row(session, record, strangers)
    put(session, CounselLink, **others)
    assert refused(session, Stay, **stay_row(hold, appearance, others)) == "link.not_open"
    put(session, CounselLinkEnd, link_id=others["id"], how="withdrawn", ended_by=field.id)
    own = link_row(session, record, appearance)
    put(session, CounselLink, **own)
    put(session, CounselLinkEnd, link_id=own["id"], how="withdrawn", ended_by=field.id)
    assert refused(session, Stay, **stay_row(hold, appearance, own)) == "link.not_open"
    late = link_row(session, record, appearance, expires_at=days(session, -1))
    put(session, CounselLink, **late)
    assert refused(session, Stay, **stay_row(hold, appearance, late)) == "link.not_open"
    put(session, Stay, **stay_row(hold, appearance, link))
    again = hold_row(session, held, by)
    put(session, Hold, **again)
    code = refused(session, Stay, **stay_row(again, appearance, link))
    assert code in {None, "record.exists"}  # PostgreSQL refuses by the key itself


def test_a_link_is_for_counsel_who_appears_and_counts_for_three_days(
    session: Session, record: Record, held: Held
) -> None:
    custody = appears(session, record, put_counsel(session, record), held, scope="custody_and_bond")
    assert refused(session, CounselLink, **link_row(session, record, custody)) == "stay.counsel_not_verified"
    appearance = appears(session, record, put_counsel(session, record), held)
    long = link_row(session, record, appearance, expires_at=days(session, 4))
    assert refused(session, CounselLink, **long) == "link.too_long"


def test_counsel_confirms_only_their_own_reasons_and_never_verifies(
    session: Session, record: Record, held: Held
) -> None:
    appearance = appears(session, record, put_counsel(session, record), held)
    stranger = appears(session, record, put_counsel(session, record), held)
    stayed = put_stay(session, record, held, asked_by="counsel", appearance_id=appearance.id)
    closing = put_closing(session, record, stayed, EndingKind.STAY_REJECTED)
    others = link_row(session, record, stranger, purpose="read_reasons", closing_id=closing["id"])
    assert refused(session, CounselLink, **others) == "link.of_another_stay"
    told: dict[str, Any] = {"closing_id": closing["id"], "served_at": days(session, -1)}
    by, not_by = (acting_for(session, record, one).id for one in (appearance, stranger))
    for on, who in (("placer", not_by), ("person", by)):
        row: dict[str, Any] = {**told, "served_on": on, "recorded_by": who}
        assert refused(session, ClosingService, **row) == "closing.read_by_another"
    second: dict[str, Any] = {"hold_id": stayed.hold_id, "person_id": held.person_id, "verified_by": by}
    second["placed_by"] = record.staff["field"].id
    assert refused(session, HoldVerification, **second) == "hold.counsel_verifies_none"
    put(session, ClosingService, **told, served_on="placer", recorded_by=by)
    for party in ("proposed_by", "ended_by"):
        # The key to the closing, or to an actor outside the removing office, has no such counsel.
        assert refused(session, HoldEnding, **end_of(session, record, closing, **{party: by})) in {
            None,
            "ending.supervisor_needed",
        }
    put(session, HoldEnding, **end_of(session, record, closing))


def test_a_rejection_stays_until_the_reasons_are_served(session: Session, record: Record, held: Held) -> None:
    appearance = appears(session, record, put_counsel(session, record), held)
    stayed = put_stay(session, record, held, asked_by="counsel", appearance_id=appearance.id)
    closing = put_closing(session, record, stayed, EndingKind.STAY_REJECTED)
    assert session.get(Closing, closing["id"]) is not None
    end = end_of(session, record, closing)
    assert refused(session, HoldEnding, **end) == "stay.reasons_not_served"
    tell(session, record, closing, "placer")
    put(session, HoldEnding, **end)
