"""Near matches by a slip of the pen: the same name, and a number one digit off or with two swapped."""

import uuid

from sqlalchemy.orm import Session

from holds.actions.identities import identity
from holds.domain.a_number import slips_of
from holds.matching.identity import agreement
from holds.store.facts import facts_of
from holds.store.lookup import find_people
from holds.store.vault import Vault


def near_by_number(session: Session, vault: Vault, number: str, name: str) -> frozenset[uuid.UUID]:
    """People on record whose number may have been meant and whose name agrees.

    Another birth date clears nobody here: who mistypes a number may mistype a date. Siblings have numbers in
    a row and share a family name alone, which is no agreement.
    """
    found = find_people(session, vault.ring, "a_number", slips_of(number))
    people = sorted(frozenset[uuid.UUID]().union(*found.values()))
    facts = facts_of(session, vault, people)
    asked = identity((name,), ())
    return frozenset(
        person_id
        for person_id in people
        if person_id not in facts or agreement(identity(facts[person_id].names, ()), asked).name == "agrees"
    )
