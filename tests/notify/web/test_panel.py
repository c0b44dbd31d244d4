"""What notices add to the pages: who was told and how, without an address or a name."""

import csv
from pathlib import Path

import pytest

from holds.actions.import_facilities import import_facilities
from holds.web.application import make_application
from holds.web.settings import WebSettings
from notify.actions.envelope import wording_of
from notify.actions.plan_notices import plan_everything
from notify.domain.delivery import Carriage, Form, State
from notify.domain.kinds import NoticeKind
from notify.domain.plan import TaskKind
from notify.queries.coverage import OUTCOMES as COUNTED
from notify.web.panel import notice_panels
from notify.web.words import CARRIAGES, FORMS, KINDS, OUTCOMES, STATES, TASKS
from tests.conftest import OfficeAtWork
from tests.holds.web.pages import ANA, BEN, Pages, put_on_record, reference, words

ADAMS = ("ADAMSMS", "Adams County Detention Center", "20 Hobo Fork Rd", "Natchez", "MS", "39120", "NOL")


@pytest.fixture
def planned(office: OfficeAtWork, tmp_path: Path) -> Pages:
    """Ana is where mail arrives, Ben is not; both notices are planned."""
    facilities = tmp_path / "facilities.csv"
    with facilities.open("w", newline="") as file:
        heading = ("detloc", "name", "address", "city", "state", "zip", "aor")
        csv.writer(file).writerows([heading, ADAMS])
    import_facilities(office.database, acting=office.operator, path=facilities)
    put_on_record(office, office.operator, tmp_path, ANA, BEN)
    plan_everything(office.database, acting=office.operator, wording_of=wording_of)
    key = office.vault.ring.active("session").secret
    panels = notice_panels(office.database)
    app = make_application(office.database, WebSettings(), session_key=key, panels=panels)
    return Pages(office, app, app.test_client())


def test_a_person_s_page_tells_of_their_notices(planned: Pages) -> None:
    planned.sign_in("casey")
    page = planned.get(f"/people/{reference(planned.office, '900000001')}")
    assert "Notice of the disclosure" in words(page)
    assert "planned Letter, in full" in words(page)
    assert "Planned: Notice of the disclosure" in words(page)
    assert "PEREZ" not in page.text
    assert "Hobo Fork" not in page.text


def test_the_first_page_tells_how_many_were_told_and_who_waits(planned: Pages) -> None:
    planned.sign_in("casey")
    page = words(planned.get("/"))
    assert "Planned or on its way 1" in page
    assert "No written way: waits for a human 1" in page
    assert "In custody, place unknown" in page or "To be told by an interpreter" in page


@pytest.mark.parametrize(
    ("codes", "known"),
    [
        ([kind.value for kind in NoticeKind], KINDS),
        ([way.value for way in Carriage], CARRIAGES),
        ([form.value for form in Form], FORMS),
        ([state.value for state in State], STATES),
        ([kind.value for kind in TaskKind], TASKS),
        (COUNTED, OUTCOMES),
    ],
)
def test_every_code_has_words(codes: list[str], known: dict[str, object]) -> None:
    assert set(codes) <= set(known)
