"""An organisation acts on its own people's records; another's read as if there were none."""

import dataclasses
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.check_removal import answer_check
from holds.actions.import_report import UnknownListError, open_report
from holds.actions.object_to_release import answer_objection, record_objection
from holds.actions.place_hold import place_hold
from holds.actions.questions import Question
from holds.actions.record_review import ReviewRefusedError, record_review, verify_review
from holds.actions.record_service import dispute_service, dispute_services, record_service
from holds.actions.references import (
    hold_of,
    latest_proposal,
    only_active_hold,
    person_of,
    review_of,
    review_reference,
)
from holds.actions.release_hold import ReleaseRefusedError, propose_release, release_hold, serve_proposal
from holds.domain.decision import Decision
from holds.domain.hold import Basis
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting
from holds.store.base import new_id
from holds.store.exposures import SourceList
from holds.store.gates import Hold
from holds.store.ownership import NOBODY, NotFoundError
from holds.store.reviews import Service
from holds.store.staff import Actor, Organisation
from tests.holds.store.life import DAY, order, propose, put_review, serve_notices, someone
from tests.holds.store.record import BACKENDS, Held, Record, database_now, open_record
from tests.proven import PROVEN


@dataclasses.dataclass(frozen=True)
class Matter:
    """A person of the first organisation with all that can be acted on."""

    held: Held
    reference: str
    review_id: uuid.UUID
    review: str
    proposal_id: uuid.UUID
    service_id: uuid.UUID
    objection_id: uuid.UUID


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


@pytest.fixture(scope="module")
def strangers(record: Record) -> dict[str, Acting]:
    """Caseworker and supervisor of another organisation, as good in all else."""
    organisation_id, found = new_id(), {}
    with record.database.transaction() as session:
        session.execute(insert(Organisation), [{"id": organisation_id, "name": "Another office"}])
        for login in ("casey", "sunny"):
            own = record.staff[login]
            other = dataclasses.replace(
                own, id=new_id(), organisation_id=organisation_id, login=f"other {login}"
            )
            row = {"kind": "staff", "credential_hash": "none", "outside_removing_office": True}
            row |= {"id": other.id, "organisation_id": organisation_id, "login": other.login}
            row |= {"display_name": other.login, "role": other.role.value}
            session.execute(insert(Actor), [row])
            found[login] = other
    return found


@pytest.fixture(scope="module")
def matter(record: Record) -> Matter:
    held, casey = someone(record), record.staff["casey"]
    with record.database.transaction() as session:
        serve_notices(session, record, held)
        review_id = put_review(session, record, held)
        return Matter(
            held,
            session.scalars(select(Hold.reference).where(Hold.id == held.hold_id)).one(),
            review_id,
            review_reference(session, review_id),
            propose(session, record, held, review_id),
            session.scalars(select(Service.id).where(Service.person_id == held.person_id)).one(),
            record_objection(
                session,
                acting=casey,
                hold_id=held.hold_id,
                objector="person",
                received_at=database_now(session),
            ),
        )


Act = Callable[[Session, Record, Matter, dict[str, Acting]], object]
ACTS: dict[str, tuple[Act, type[RefusedError], str]] = {
    "person": (
        lambda s, r, m, who: person_of(s, r.vault, m.held.number, acting=who["casey"]),
        NotFoundError,
        NOBODY,
    ),
    "hold": (lambda s, _r, m, who: hold_of(s, m.reference, acting=who["casey"]), NotFoundError, "no hold"),
    "only hold": (
        lambda s, _r, m, who: only_active_hold(s, m.held.person_id, acting=who["casey"]),
        NotFoundError,
        NOBODY,
    ),
    "review": (lambda s, _r, m, who: review_of(s, m.review, acting=who["casey"]), NotFoundError, "no court"),
    "latest proposal": (
        lambda s, _r, m, who: latest_proposal(s, m.held.hold_id, acting=who["casey"]),
        NotFoundError,
        NOBODY,
    ),
    "record review": (
        lambda s, r, m, who: record_review(
            s, r.vault, acting=who["casey"], hold_id=m.held.hold_id, form=order(s)
        ),
        NotFoundError,
        NOBODY,
    ),
    "verify review": (
        lambda s, _r, m, who: verify_review(s, acting=who["sunny"], review_id=m.review_id),
        ReviewRefusedError,
        "no such court review",
    ),
    "propose": (
        lambda s, _r, m, who: propose_release(
            s, acting=who["casey"], hold_id=m.held.hold_id, review_id=m.review_id
        ),
        NotFoundError,
        NOBODY,
    ),
    "serve proposal": (
        lambda s, _r, m, who: serve_proposal(
            s,
            acting=who["casey"],
            proposal_id=m.proposal_id,
            served_on="counsel",
            served_at=database_now(s),
        ),
        ReleaseRefusedError,
        "not proposed yet",
    ),
    "release": (
        lambda s, _r, m, who: release_hold(s, acting=who["sunny"], hold_id=m.held.hold_id),
        NotFoundError,
        NOBODY,
    ),
    "object": (
        lambda s, _r, m, who: record_objection(
            s,
            acting=who["casey"],
            hold_id=m.held.hold_id,
            objector="person",
            received_at=database_now(s),
        ),
        NotFoundError,
        NOBODY,
    ),
    "answer": (
        lambda s, _r, m, who: answer_objection(
            s, acting=who["sunny"], objection_id=m.objection_id, sustained=False
        ),
        NotFoundError,
        NOBODY,
    ),
    "record service": (
        lambda s, r, m, who: record_service(
            s,
            r.vault,
            acting=who["casey"],
            person_id=m.held.person_id,
            exposure_id=m.held.exposure_id,
            act=PROVEN,
            served_at=database_now(s) - DAY,
        ),
        NotFoundError,
        NOBODY,
    ),
    "dispute": (
        lambda s, r, m, who: dispute_service(
            s, r.vault, acting=who["casey"], service_id=m.service_id, disputed_by="person"
        ),
        NotFoundError,
        NOBODY,
    ),
    "dispute all": (
        lambda s, r, m, who: dispute_services(
            s, r.vault, acting=who["casey"], person_id=m.held.person_id, disputed_by="person"
        ),
        NotFoundError,
        NOBODY,
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_nobody_acts_on_another_organisations_people(
    record: Record, matter: Matter, strangers: dict[str, Acting], name: str
) -> None:
    """Refused as absent; the same act by the person's own organisation is another thing, or goes through."""
    act, error, message = ACTS[name]
    with pytest.raises(error, match=message), record.database.transaction() as session:
        act(session, record, matter, strangers)
    nobody = dataclasses.replace(
        matter,
        held=dataclasses.replace(matter.held, person_id=new_id(), hold_id=new_id(), number="900888888"),
        reference="NOSUCHHOLD",
        review_id=new_id(),
        review="NOSUCHREVIEW",
        proposal_id=new_id(),
        service_id=new_id(),
        objection_id=new_id(),
    )
    with pytest.raises(error, match=message), record.database.transaction() as session:
        act(session, record, nobody, strangers)
    with record.database.transaction() as session:
        act(session, record, matter, dict(record.staff)) if name != "verify review" else None
        session.rollback()


def test_checking_and_holding_are_for_anyones_people(
    record: Record, matter: Matter, strangers: dict[str, Acting]
) -> None:
    casey = strangers["casey"]
    answer = answer_check(record.database, acting=casey, question=Question(a_number=matter.held.number))
    assert (answer.decision, answer.reasons) == (Decision.BLOCKED, ("hold.active",))
    with record.database.transaction() as session:
        person_id = person_of(session, record.vault, matter.held.number, acting=casey, anyones=True)
        assert place_hold(
            session, record.vault, acting=casey, person_id=person_id, basis=Basis.TRO, cites="1:26-cv-9"
        )
        session.rollback()


def test_a_report_is_opened_by_the_organisation_that_imported(
    record: Record, strangers: dict[str, Acting], tmp_path: Path
) -> None:
    operator = record.staff["operator"]
    with record.database.transaction() as session:
        row = {"kind": "facilities", "version": 1, "sha256": bytes(32), "state": "done", "heading": []}
        row |= {"organisation_id": operator.organisation_id, "imported_by": operator.id, "counts": {}}
        session.execute(insert(SourceList), [row | {"id": new_id(), "reference": "OURLISTAAA"}])
    with pytest.raises(UnknownListError):
        open_report(
            record.database, acting=strangers["casey"], reference="OURLISTAAA", out=tmp_path / "a.xlsx"
        )
    assert (
        open_report(record.database, acting=operator, reference="OURLISTAAA", out=tmp_path / "b.xlsx").rows
        == 0
    )
