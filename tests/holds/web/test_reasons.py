"""A field officer whose stay is to be rejected: told on every page, reads why, and confirms it."""

from holds.actions.close_hold import propose_closing
from holds.actions.place_provisional_stay import StayForm, place_provisional_stay
from holds.actions.references import hold_of
from holds.domain.closing import EndingKind
from holds.domain.hold import Basis
from tests.holds.web.pages import EMBEDDED, Pages, person, words

pytestmark = EMBEDDED
WHY = "The appeal was withdrawn on 3 May."


def reject_a_stay(record: Pages) -> str:
    """The reference of a stay that the field officer placed, and a caseworker wants rejected."""
    office = record.office
    with office.database.transaction() as session:
        ana = person(session, office, "900000001").id
        form = StayForm(basis=Basis.AUTOMATIC_STAY, rule="bia_appeal")
        officer = office.officer
        reference = place_provisional_stay(session, office.vault, acting=officer, person_id=ana, form=form)
        propose_closing(
            session,
            office.vault,
            acting=office.caseworker,
            hold_id=hold_of(session, reference, acting=officer),
            kind=EndingKind.STAY_REJECTED,
            reasons=WHY,
        )
    return reference


def test_who_placed_it_is_told_on_every_page_and_confirms(record: Pages) -> None:
    reference = reject_a_stay(record)
    record.sign_in("field")
    assert "1 of your stays to be rejected: read why" in words(record.get("/reasons"))
    page = words(record.get("/reasons"))
    assert (WHY in page, reference in page) == (True, True)
    assert record.ledger("closing.told") == []
    assert len(record.ledger("closing.reasons_read")) == 2
    record.post("/reasons", hold=reference)
    (told,) = record.ledger("closing.told")
    assert told.actor_id == record.office.officer.id
    after = words(record.get("/reasons"))
    assert ("Nothing waits for you." in after, "to be rejected: read why" in after) == (True, False)


def test_nobody_else_reads_or_confirms_them(record: Pages) -> None:
    reference = reject_a_stay(record)
    record.sign_in("casey")
    page = words(record.get("/reasons"))
    assert (WHY in page, "to be rejected: read why" in page) == (False, False)
    assert record.post("/reasons", hold=reference).status_code == 400
    assert record.ledger("closing.told") == []
