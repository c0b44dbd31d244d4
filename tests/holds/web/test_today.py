"""The figures on the first page are those of the record."""

import uuid

from sqlalchemy import func, select

from holds.actions.check_removal import answer_check
from holds.actions.questions import Question
from holds.actions.seal_ledger import seal_ledger
from holds.actions.watchers import note_look
from holds.domain.staff import Acting
from holds.queries.figures import Figures, figures
from holds.store.gates import Hold
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Person, Task
from tests.holds.web.pages import Pages, words


def _figures(pages: Pages, acting: Acting | None = None) -> Figures:
    with pages.office.database.reading() as session:
        return figures(session, acting=acting or pages.office.caseworker)


def test_every_row_is_accounted_for_and_everybody_is_blocked(record: Pages) -> None:
    found = _figures(record)
    (incident,) = found.incidents
    assert incident.counts["rows"] == 5
    assert incident.accounted
    assert (incident.counts["imported"], incident.counts["without_number"]) == (2, 1)
    assert (incident.counts["duplicates"], incident.counts["rejected"]) == (1, 1)
    assert incident.rejected_for == {"row.no_identity": 1}
    assert found.people == found.people_blocked == incident.people == 3
    assert found.people_without_number == 1


def test_the_figures_are_what_the_tables_hold(record: Pages) -> None:
    question = Question(a_number="A900-000-001")
    answer_check(record.office.database, acting=record.office.officer, question=question)
    answer_check(record.office.database, acting=record.office.officer, question=Question(a_number="A900-5-5"))
    with record.office.database.transaction() as session:
        seal_ledger(session, record.office.vault)
    found = _figures(record)
    with record.office.database.reading() as session:
        assert found.people == session.scalar(select(func.count()).select_from(Person))
        assert sum(h.active for h in found.holds) == session.scalar(select(func.count()).select_from(Hold))
        assert found.waiting_in_all == session.scalar(select(func.count()).select_from(Task))
        assert found.ledger.rows == session.scalar(select(func.count()).select_from(LedgerRow))
    assert found.checks == {"blocked": 2}
    assert found.ledger.unsealed == 0
    assert found.custody == {"detained": 2, "released": 1}
    assert sum(place.people for place in found.places) == 3


def test_the_page_warns_while_nobody_watches(record: Pages) -> None:
    record.sign_in("casey")
    assert "Nobody is watching Nobody has ever watched here." in words(record.get("/"))
    watcher = uuid.uuid4()
    with record.office.database.transaction() as session:
        note_look(session, watcher)
    assert "Nobody is watching" not in words(record.get("/"))
    record.wait(minutes=5)
    assert "Nobody has watched for 5 minutes." in words(record.get("/"))
    with record.office.database.transaction() as session:
        note_look(session, watcher)
    assert "Nobody is watching" not in words(record.get("/"))


def test_the_page_says_them_in_plain_numbers(record: Pages) -> None:
    record.sign_in("casey")
    page = words(record.get("/"))
    assert "People on record 3 1 without a usable number" in page
    assert "Removal blocked 3 everyone on record" in page
    assert "Rows in the lists 5" in page
    assert "Neither A-number nor name 1 0" in page
    assert "Person without a usable A-number" in page


def test_the_most_harmful_wait_comes_first(record: Pages) -> None:
    office = record.office
    with office.database.transaction() as session:
        someone = session.scalars(select(Person)).first()
        assert someone is not None
        for kind in ("confirm_counsel", "removed_while_held", "a_kind_nobody_named"):
            session.add(
                Task(
                    organisation_id=office.operator.organisation_id,
                    kind=kind,
                    subject_id=someone.id,
                    person_id=someone.id,
                    evidence={},
                )
            )
    record.sign_in("casey")
    page = words(record.get("/"))
    titles = (
        "Removed while a hold was active",
        "Person without a usable A-number",
        "Counsel named on the list",
        "A kind nobody named",
    )
    places = [page.index(title) for title in titles]
    assert places == sorted(places)


def test_a_list_under_way_says_so(record: Pages) -> None:
    assert "under way" not in words(record.get("/sign-in"))
    with record.office.database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE source_list SET state = 'importing'")
    record.sign_in("casey")
    assert "under way" in words(record.get("/"))
