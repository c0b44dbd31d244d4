"""The mission, from the leaked list to the release of one hold by court review, on both databases.

Read it aloud. Every step is the action that a person at Holdfast would use, judged by what they would see.
"""

import datetime as dt
import uuid
from pathlib import Path

import pytest
from sqlalchemy import func, select

from holds.actions.check_removal import answer_check
from holds.actions.import_counsel import import_counsel
from holds.actions.import_facilities import import_facilities
from holds.actions.import_run import import_record_list
from holds.actions.place_hold import place_hold
from holds.actions.questions import Question
from holds.actions.record_review import ReviewForm, record_review, verify_review
from holds.actions.register_incident import register_incident
from holds.actions.release_hold import propose_release, release_hold, serve_proposal
from holds.actions.seal_ledger import keep_head, seal_ledger
from holds.actions.verify_appearance import verify_all_exact
from holds.actions.verify_ledger import verify_ledger
from holds.domain.decision import Decision
from holds.domain.hold import Basis
from holds.domain.release import Refusal
from holds.domain.review import Forum, Outcome
from holds.store.demo_time import database_time, move_clock
from holds.store.gates import Hold, HoldEnding
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Person
from notify.actions.approve_batch import approve_batch, find_batch
from notify.actions.envelope import wording_of
from notify.actions.open_spooled import open_spooled
from notify.actions.plan_notices import plan_everything
from notify.actions.send_due import send_due
from notify.actions.serve_notice import serve_notice
from notify.actions.transport import spool_in, transport
from notify.cli.demo.files import DemoFiles, write_demo_files
from notify.cli.demo.gate_scene import ORDER
from notify.cli.demo.office import DemoOffice
from notify.cli.demo.subject import choose_subject
from notify.settings import NoticeSettings
from tests.conftest import OfficeAtWork
from tests.flows.closing_letter import (
    the_person_is_told_once_that_the_hold_has_ended,
    the_proposal_is_told_and_served_with_its_slip,
)
from tests.proven import PROVEN

PEOPLE = 240
BEFORE_THE_LEAK = dt.datetime(2022, 10, 3, 15, tzinfo=dt.UTC)


@pytest.fixture
def files(tmp_path: Path) -> DemoFiles:
    """A list of the leak's shape, and the roster that came with it."""
    return write_demo_files(tmp_path / "in", people=PEOPLE, today=dt.date(2022, 12, 1))


def test_from_the_leaked_list_to_a_hold_release_by_court_review(
    office: OfficeAtWork, files: DemoFiles
) -> None:
    the_list_is_imported_and_everyone_is_held(office, files)
    notices_are_planned_approved_and_spooled(office, files)
    subject = choose_subject(as_demo(office), files)
    hold_id = subject.hold_id
    assert check(office, subject.a_number) is Decision.BLOCKED

    # An order from before the leak is no ground for release, though it is real, final and verified.
    old = court_denies(office, hold_id, decided_at=BEFORE_THE_LEAK)
    assert refused(propose(office, hold_id, old)) >= {
        "review.older_than_the_leak",
        "notice.not_served_for_every_exposure",
    }
    # The notice is handed over in private; only then can a court have considered it.
    the_notice_is_served(office, subject.notice_reference)
    days_pass(office, 20)
    decision = court_denies(office, hold_id, decided_at=now(office) - dt.timedelta(days=1), supersedes=old)
    assert refused(propose(office, hold_id, decision)) == {"review.appeal_period_open"}

    # The appeal period over, the release is proposed to the person and to counsel, and seven days run.
    days_pass(office, 31)
    proposal = propose(office, hold_id, decision)
    assert not isinstance(proposal, Refusal)
    assert refused(release(office, hold_id)) == {
        "release.not_served_on_person",
        "release.not_served_on_counsel",
    }
    the_proposal_is_told_and_served_with_its_slip(office, hold_id)
    with office.database.transaction() as session:
        serve_proposal(
            session,
            acting=office.caseworker,
            proposal_id=proposal,
            served_on="counsel",
            served_at=database_time(session),
        )
    days_pass(office, 6)
    assert refused(release(office, hold_id)) == {"release.seven_days_open"}
    assert check(office, subject.a_number) is Decision.BLOCKED

    days_pass(office, 3)
    assert release(office, hold_id) is None
    assert check(office, subject.a_number) is Decision.NO_ACTIVE_HOLD
    the_person_is_told_once_that_the_hold_has_ended(office, hold_id)

    # It ended that hold alone: a stay blocks again at once, and nobody else was let go.
    with office.database.transaction() as session:
        person_id = session.scalars(select(Hold.person_id).where(Hold.id == hold_id)).one()
        place_hold(
            session,
            office.vault,
            acting=office.officer,
            person_id=person_id,
            basis=Basis.CIRCUIT_STAY,
            cites="No. 23-0000",
        )
    assert check(office, subject.a_number) is Decision.BLOCKED
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(HoldEnding)) == 1

    everything_is_in_the_ledger(office)


def the_list_is_imported_and_everyone_is_held(office: OfficeAtWork, files: DemoFiles) -> None:
    database, operator = office.database, office.operator
    with database.transaction() as session:
        register_incident(
            session,
            acting=operator,
            name="the leak",
            occurred_at=dt.datetime(2022, 11, 28, 14, tzinfo=dt.UTC),
            fields=["name", "a_number", "birth_date", "nationality"],
        )
    import_facilities(database, acting=operator, path=files.facilities)
    counts = import_record_list(database, acting=operator, path=files.record_list, incident="the leak").counts
    assert counts["rows"] == PEOPLE
    assert counts["imported"] + counts["without_number"] + counts["rejected"] + counts["duplicates"] == PEOPLE
    assert counts["rejected"] == files.expected.rejected
    assert counts["duplicates"] == files.expected.duplicate_rows
    with database.reading() as session:
        people = session.scalar(select(func.count()).select_from(Person))
        held = session.scalar(select(func.count(Hold.person_id.distinct())))
    assert people == held == counts["imported"] + counts["without_number"]

    import_counsel(database, acting=operator, path=files.counsel_roster)
    with database.transaction() as session:
        assert verify_all_exact(session, acting=office.supervisor) > 0


def notices_are_planned_approved_and_spooled(office: OfficeAtWork, files: DemoFiles) -> None:
    database = office.database
    plan = plan_everything(database, acting=office.operator, wording_of=wording_of)
    assert plan.batch is not None
    assert plan.deliveries["letter.full"] > PEOPLE / 2
    carried = transport(database, NoticeSettings(), office.home)
    assert not send_due(database, carried.channels, acting=office.operator, sender=carried.sender, limit=1)

    with database.transaction() as session:
        batch = find_batch(session, plan.batch, acting=office.manager)
        approve_batch(session, acting=office.manager, batch_id=batch)
    sent = send_due(database, carried.channels, acting=office.operator, sender=carried.sender)
    assert sent["accepted"] == plan.deliveries.total() - sent["failed"]

    # A letter in the spool is sealed; opened, it is a PDF, and the look is in the ledger.
    reference = choose_subject(as_demo(office), files).notice_reference
    with database.transaction() as session:
        letter = open_spooled(
            session, office.vault, reference, acting=office.supervisor, spool=spool_in(office.home)
        )
    assert letter.content.startswith(b"%PDF")
    assert not any(b"%PDF" in path.read_bytes() for path in (office.home / "spool").rglob("*.sealed"))


def the_notice_is_served(office: OfficeAtWork, reference: str) -> None:
    with office.database.transaction() as session:
        served = serve_notice(
            session,
            office.vault,
            acting=office.caseworker,
            reference=reference,
            act=PROVEN,
            served_at=database_time(session),
        )
    assert served.missing == ()


def court_denies(
    office: OfficeAtWork, hold_id: uuid.UUID, *, decided_at: dt.datetime, supersedes: uuid.UUID | None = None
) -> uuid.UUID:
    """An immigration judge denies on the merits; one person records it, another verifies it."""
    form = ReviewForm(
        forum=Forum.IMMIGRATION_JUDGE,
        court="Immigration court",
        judge="J. Example",
        docket_number="EX-1",
        outcome=Outcome.DENIED,
        on_the_merits=True,
        final=True,
        time_zone="America/Chicago",
        decided_at=decided_at,
        served_at=decided_at + dt.timedelta(hours=12),
        appeal_deadline=decided_at + dt.timedelta(days=30),
        considered_page="4",
        document=ORDER,
        media_type="application/pdf",
        supersedes_id=supersedes,
    )
    with office.database.transaction() as session:
        review_id = record_review(session, office.vault, acting=office.caseworker, hold_id=hold_id, form=form)
    with office.database.transaction() as session:
        verify_review(session, acting=office.supervisor, review_id=review_id)
    return review_id


def propose(office: OfficeAtWork, hold_id: uuid.UUID, review_id: uuid.UUID) -> uuid.UUID | Refusal:
    with office.database.transaction() as session:
        return propose_release(session, acting=office.caseworker, hold_id=hold_id, review_id=review_id)


def release(office: OfficeAtWork, hold_id: uuid.UUID) -> Refusal | None:
    with office.database.transaction() as session:
        return release_hold(session, acting=office.supervisor, hold_id=hold_id)


def refused(answer: object) -> set[str]:
    assert isinstance(answer, Refusal)
    return set(answer.reasons)


def check(office: OfficeAtWork, a_number: str) -> Decision:
    return answer_check(office.database, acting=office.officer, question=Question(a_number=a_number)).decision


def days_pass(office: OfficeAtWork, days: int) -> None:
    with office.database.transaction() as session:
        move_clock(session, dt.timedelta(days=days))


def now(office: OfficeAtWork) -> dt.datetime:
    with office.database.reading() as session:
        return database_time(session)


def everything_is_in_the_ledger(office: OfficeAtWork) -> None:
    with office.database.transaction() as session:
        head = seal_ledger(session, office.vault)
    assert head is not None
    keep_head(office.home / "heads", head)
    with office.database.reading() as session:
        verbs = set(session.scalars(select(LedgerRow.verb)))
        verdict = verify_ledger(
            session, office.vault.ring, acting=office.supervisor, heads_folder=office.home / "heads"
        )
    assert verdict.faults == ()
    assert verdict.unsealed == 0
    assert verbs >= {
        "incident.registered",
        "list.closed",
        "exposure.recorded",
        "appearance.verified",
        "notice.planned",
        "batch.approved",
        "delivery.sent",
        "service.recorded",
        "review.recorded",
        "review.verified",
        "release.ground_refused",
        "release.proposed",
        "release.proposal_served",
        "release.refused",
        "hold.released",
        "hold.placed",
        "removal.checked",
        "spool.opened",
    }


def as_demo(office: OfficeAtWork) -> DemoOffice:
    """The same office, as the demo's helpers know one."""
    return DemoOffice(
        database=office.database,
        operator=office.operator,
        caseworker=office.caseworker,
        supervisor=office.supervisor,
        manager=office.manager,
        officer=office.officer,
        credentials=office.credentials,
        roles={},
    )
