"""What a hold cites names people, so it is sealed; and a hold never waits for a key."""

from sqlalchemy import delete, select, text

from holds.actions.place_hold import place_hold
from holds.domain.hold import Basis
from holds.queries.people import person_page
from holds.store.gates import Hold
from holds.store.held import active_bases
from holds.store.people import DataKey
from tests.holds.actions.lists import ANA, Lists

CAPTION = "Perez (Ana) v. Garland, No. 23-0000"


def placed(lists: Lists) -> str:
    office, person_id = lists.office, lists.person("900000001")
    with office.database.transaction() as session:
        return place_hold(
            session,
            office.vault,
            acting=office.caseworker,
            person_id=person_id,
            basis=Basis.HABEAS,
            cites=f" {CAPTION} ",
        )


def grounds(lists: Lists) -> list[str]:
    office, person_id = lists.office, lists.person("900000001")
    with office.database.reading() as session:
        page = person_page(session, office.vault, person_id, acting=office.caseworker, show=True)
    return [hold.grounds for hold in page.holds]


def test_a_caption_is_sealed_and_the_page_shows_it(lists: Lists) -> None:
    lists.people(ANA)
    reference = placed(lists)
    assert grounds(lists) == ["leak", CAPTION]
    with lists.office.database.reading() as session:
        rows = session.execute(text("SELECT * FROM hold")).all()
        assert session.scalars(select(Hold.reference).where(Hold.basis == "habeas")).one() == reference
    assert "Garland" not in repr([tuple(row) for row in rows])


def test_someone_shredded_can_still_be_held(lists: Lists) -> None:
    lists.people(ANA)
    person_id = lists.person("900000001")
    with lists.office.database.transaction() as session:
        session.execute(delete(DataKey).where(DataKey.owner_id == person_id))
    placed(lists)
    assert grounds(lists) == ["leak", ""]
    with lists.office.database.reading() as session:
        assert set(active_bases(session, [person_id])[person_id]) == {"incident", "habeas"}
