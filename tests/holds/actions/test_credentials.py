"""Proving who acts: a credential is shown once, kept as a hash, and a refusal tells nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select, update

from holds.actions.add_staff import LoginTakenError, add_staff
from holds.actions.credentials import WrongCredentialError, acting_of, sign_in, standing_actor
from holds.domain.staff import NotAllowedError, Role
from holds.store.staff import Actor
from tests.holds.store.record import BACKENDS, Record, open_record


@dataclass(frozen=True)
class Desk:
    """A record and two who were added to its staff, with what each was shown."""

    record: Record
    nora: str
    omar: str


@pytest.fixture(scope="module", params=BACKENDS)
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    for record in open_record(request, tmp_path_factory):
        shown = {}
        with record.database.transaction() as session:
            admin = acting_of(session.scalars(select(Actor).where(Actor.login == "admin")).one())
            for login in ("nora", "omar"):
                shown[login] = add_staff(
                    session, acting=admin, login=login, display_name=login.title(), role=Role.CASEWORKER
                )
        yield Desk(record, shown["nora"], shown["omar"])


def test_signing_in_takes_ones_own_credential_and_a_refusal_tells_nothing(desk: Desk) -> None:
    with desk.record.database.reading() as session:
        acting = sign_in(session, login="nora", credential=desk.nora)
        assert (acting.login, acting.role) == ("nora", Role.CASEWORKER)
        assert not acting.outside_removing_office
        sentences = set()
        for login, credential in (("nora", desk.omar), ("nobody", desk.nora), ("operator", desk.nora)):
            with pytest.raises(WrongCredentialError) as caught:
                sign_in(session, login=login, credential=credential)
            sentences.add(str(caught.value))
        assert len(sentences) == 1


def test_a_credential_is_kept_only_as_an_argon2id_hash(desk: Desk) -> None:
    with desk.record.database.reading() as session:
        kept = session.scalars(select(Actor.credential_hash).where(Actor.login == "nora")).one()
    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert desk.nora not in kept
    assert desk.nora != desk.omar
    assert len(desk.nora) == len(desk.omar) == 20


def test_someone_inactive_signs_in_no_more(desk: Desk) -> None:
    with desk.record.database.transaction() as session:
        session.execute(update(Actor).where(Actor.login == "omar").values(active=False))
        with pytest.raises(WrongCredentialError):
            sign_in(session, login="omar", credential=desk.omar)
        session.rollback()


def test_staff_are_added_by_those_who_manage_staff_and_a_login_is_given_once(desk: Desk) -> None:
    staff = desk.record.staff
    with desk.record.database.transaction() as session:
        admin = acting_of(session.scalars(select(Actor).where(Actor.login == "admin")).one())
        # Whoever runs the host is one person: they cannot make the two that it takes to end a hold.
        for who in ("casey", "sunny", "field", "system", "operator"):
            with pytest.raises(NotAllowedError):
                add_staff(session, acting=staff[who], login="new", display_name="New", role=Role.AUDITOR)
        with pytest.raises(LoginTakenError):
            add_staff(session, acting=admin, login="nora", display_name="New", role=Role.AUDITOR)
        for role in (Role.OPERATOR, Role.SYSTEM):
            with pytest.raises(ValueError, match="holdfast init"):
                add_staff(session, acting=admin, login="x", display_name="X", role=role)
        assert session.scalar(select(Actor.id).where(Actor.display_name == "New")) is None


def test_the_standing_actors_are_not_outside_the_removing_office(desk: Desk) -> None:
    """So the host's operator can neither record nor verify a review, by role and by the schema's flag."""
    with desk.record.database.reading() as session:
        for kind in ("operator", "system"):
            assert standing_actor(session, kind).outside_removing_office is False
