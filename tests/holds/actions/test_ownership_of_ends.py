"""The ends of a hold other than its release, and what bears on them, are for one's own people alone."""

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from holds.actions.close_hold import ClosingRefusedError, close_hold, propose_closing, tell_closing
from holds.actions.references import latest_closing
from holds.actions.report_violation import Report, report_violation
from holds.actions.state_choice import record_statement, revoke_choice
from holds.actions.verify_hold import verify_hold
from holds.domain.closing import EndingKind, StatementSlip
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting
from holds.store.base import new_id
from holds.store.ownership import NOBODY, NotFoundError
from holds.store.staff import Actor, Organisation
from tests.holds.store.life import someone
from tests.holds.store.record import BACKENDS, Held, Record, database_now, open_record

SLIP = StatementSlip(
    chooses_to_leave=True,
    in_private=True,
    officer_present=False,
    language="es",
    own_language=True,
    interpreter_id=None,
    support="counsel",
)
Act = Callable[[Session, Record, Held, Acting], object]


@pytest.fixture(params=BACKENDS, scope="module")
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


@pytest.fixture(scope="module")
def stranger(record: Record) -> Acting:
    """A supervisor of another organisation, as good in all else."""
    own, organisation_id = record.staff["sunny"], new_id()
    other = dataclasses.replace(own, id=new_id(), organisation_id=organisation_id, login="other")
    with record.database.transaction() as session:
        session.execute(insert(Organisation), [{"id": organisation_id, "name": "Another office"}])
        row = {"kind": "staff", "credential_hash": "none", "outside_removing_office": True}
        row |= {"id": other.id, "organisation_id": organisation_id, "login": other.login}
        row |= {"display_name": other.login, "role": other.role.value}
        session.execute(insert(Actor), [row])
    return other


@pytest.fixture(scope="module")
def held(record: Record) -> Held:
    return someone(record)


def _propose(session: Session, record: Record, held: Held, acting: Acting) -> object:
    return propose_closing(
        session,
        record.vault,
        acting=acting,
        hold_id=held.hold_id,
        kind=EndingKind.ENTERED_IN_ERROR,
        reasons="Twice on the list",
        document=b"paper",
    )


def _report(session: Session, record: Record, held: Held, acting: Acting) -> object:
    told = Report(source="counsel", account="Called from abroad", reported_at=database_now(session))
    return report_violation(session, record.vault, acting=acting, person_id=held.person_id, report=told)


ACTS: dict[str, Act] = {
    "propose": _propose,
    "end": lambda s, _r, h, who: close_hold(s, acting=who, hold_id=h.hold_id),
    "latest": lambda s, _r, h, who: latest_closing(s, h.hold_id, acting=who),
    "verify": lambda s, _r, h, who: verify_hold(s, acting=who, hold_id=h.hold_id),
    "statement": lambda s, r, h, who: record_statement(
        s, r.vault, acting=who, person_id=h.person_id, slip=SLIP, stated_at=database_now(s)
    ),
    "revoke": lambda s, r, h, who: revoke_choice(s, r.vault, acting=who, person_id=h.person_id),
    "violation": _report,
}


@pytest.mark.parametrize("name", ACTS)
def test_nobody_ends_a_hold_of_another_organisations_people(
    record: Record, held: Held, stranger: Acting, name: str
) -> None:
    """Absent and not yours read the same."""
    absent = dataclasses.replace(held, person_id=new_id(), hold_id=new_id())
    for whom in (held, absent):
        with pytest.raises(NotFoundError, match=NOBODY), record.database.transaction() as session:
            ACTS[name](session, record, whom, stranger)


def test_telling_of_a_closing_is_for_ones_own_people_and_once(
    record: Record, held: Held, stranger: Acting
) -> None:
    def told(session: Session, who: Acting) -> None:
        closing_id = latest_closing(session, held.hold_id, acting=record.staff["casey"])
        at = database_now(session)
        tell_closing(session, acting=who, closing_id=closing_id, served_on="person", served_at=at)

    with record.database.transaction() as session:
        _propose(session, record, held, record.staff["casey"])
    with (
        pytest.raises(ClosingRefusedError, match="no such closing"),
        record.database.transaction() as session,
    ):
        told(session, stranger)
    with record.database.transaction() as session:
        told(session, record.staff["casey"])
    with pytest.raises(RefusedError, match="on record already"), record.database.transaction() as session:
        told(session, record.staff["casey"])
