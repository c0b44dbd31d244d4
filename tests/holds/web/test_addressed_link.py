"""The link in an office's e-mail: nothing before the sign-in, nothing confirmed by opening it."""

from sqlalchemy import select

from holds.store.transmissions import Transmission
from tests.holds.web.pages import EMBEDDED, Pages, words
from tests.holds.web.test_acknowledgements import sent, standing

pytestmark = EMBEDDED
__all__ = ["sent"]


def link(pages: Pages, office: str = "NOL") -> str:
    with pages.office.database.reading() as session:
        found = session.scalars(select(Transmission.reference).where(Transmission.office == office)).one()
    return f"/acknowledgements/{found}"


def test_the_link_leads_through_the_sign_in_to_the_hold_and_confirms_nothing(sent: Pages) -> None:
    address = link(sent)
    before = sent.get(address)
    assert (before.status_code, before.headers["Location"]) == (303, "/sign-in")
    assert sent.sign_in("nola").headers["Location"] == address
    page = sent.get(address)
    assert "A900000001" in words(page)
    assert standing(sent).acknowledged == 0
    assert len(sent.ledger("hold.transmission_read")) == 1
    sent.post("/acknowledgements", reference=address.rsplit("/", 1)[1])
    assert standing(sent).acknowledged == 1
    assert sent.get(address).status_code == 404


def test_another_office_and_an_unknown_reference_look_the_same(sent: Pages) -> None:
    sent.sign_in("miami")
    other, none = sent.get(link(sent)), sent.get("/acknowledgements/ZZZZZZZZZZ")
    assert (other.status_code, words(other)) == (none.status_code, words(none)) == (404, words(none))


def test_a_code_is_shown_once_to_an_officer_with_an_office_and_to_nobody_else(sent: Pages) -> None:
    sent.sign_in("nola")
    page = sent.post("/acknowledgements/code")
    assert "counts once, for 10 minutes" in words(page)
    (row,) = sent.ledger("confirmation.code_made")
    assert row.codes == {}
    sent.sign_in("sunny")
    assert sent.post("/acknowledgements/code").status_code == 403
