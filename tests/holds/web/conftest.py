"""Pages on an office, on both databases."""

from pathlib import Path

import pytest

from holds.web.application import make_application
from holds.web.settings import WebSettings
from tests.conftest import OfficeAtWork
from tests.holds.web.pages import ANA, BEN, NOBODY, NUMBERLESS, Pages, put_on_record


@pytest.fixture
def pages(office: OfficeAtWork) -> Pages:
    """Nobody is on record, and nobody is signed in."""
    key = office.vault.ring.active("session").secret
    app = make_application(office.database, WebSettings(), session_key=key)
    return Pages(office, app, app.test_client())


@pytest.fixture
def record(pages: Pages, tmp_path: Path) -> Pages:
    """Three people on record: one of them without a number, a row rejected, a row that came twice."""
    put_on_record(pages.office, pages.office.operator, tmp_path, ANA, BEN, NUMBERLESS, NOBODY, ANA)
    return pages
