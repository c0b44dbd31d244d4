"""Who a list says claims U.S. citizenship is held for that too, at once and once, and a human is told."""

from sqlalchemy import select

from holds.store.gates import Hold
from tests.holds.actions.lists import ADAMS, ANA, BEN, PEOPLE, Lists

WHO = ("A900000001", "PEREZ, ANA MARIA", "1990-04-25")


def bases(lists: Lists, number: str) -> list[str]:
    with lists.office.database.reading() as session:
        holds = select(Hold.basis).where(Hold.person_id == lists.person(number)).order_by(Hold.basis)
        return list(session.scalars(holds))


def test_a_custody_file_that_says_so_holds_and_escalates_once(lists: Lists) -> None:
    lists.facilities(ADAMS)
    lists.people(ANA, BEN)
    for day, name in (("2023-02-01", "first.csv"), ("2023-02-02", "second.csv")):
        lists.custody((*WHO, "", "", "", day, "Claims U.S. citizenship"), name=name)
        lists.custody((*WHO, "", "", "", day, "Final order"), name=f"between-{name}")
    assert bases(lists, "900000001") == ["claimed_citizenship", "incident"]
    assert [t.person_id for t in lists.tasks("citizenship_claimed")] == [lists.person("900000001")]
    assert bases(lists, "900000002") == ["incident"]


def test_a_record_list_that_says_so_holds_too(lists: Lists) -> None:
    lists.facilities(ADAMS)
    claims = (*ANA, "Claims U.S. citizenship")
    lists.take_people(lists.write("people.csv", (*PEOPLE, "Case Status"), claims, (*BEN, "Final order")))
    assert bases(lists, "900000001") == ["claimed_citizenship", "incident"]
    assert bases(lists, "900000002") == ["incident"]
