"""A browser on the pages, without a socket, and a small record behind them."""

import csv
import datetime as dt
import re
import uuid
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from holds.actions.import_run import import_record_list
from holds.actions.register_incident import register_incident
from holds.domain.staff import Acting
from holds.store.demo_time import move_clock
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Person, PersonIndex
from holds.store.sealing import index_values
from tests.conftest import OfficeAtWork

EMBEDDED = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
"""For what does not depend on the database."""

LEAK = dt.datetime(2022, 11, 28, 19, tzinfo=dt.UTC)
HEADING = ("A-Number", "Name", "DOB", "Citizenship", "Facility", "Status")
ANA = ("A900-000-001", "PEREZ, ANA MARIA", "1990-04-25", "Cuba", "ADAMSMS", "Detained")
BEN = ("A900-000-002", "OKORO, BEN", "1985-12-30", "Ghana", "Nowhere Jail", "Detained")
NUMBERLESS = ("unknown", "LI, CLEO", "1979-07-14", "China", "", "Released")
NOBODY = ("", "", "1980-01-02", "Haiti", "", "Detained")


@dataclass(frozen=True)
class Pages:
    """One browser (its cookies) on one application."""

    office: OfficeAtWork
    app: Flask
    browser: FlaskClient

    def get(self, path: str) -> TestResponse:
        return self.browser.get(path, base_url="http://127.0.0.1:8000")

    def post(self, path: str, **form: str) -> TestResponse:
        """Post a form as a page would: with the token of the page last seen."""
        form["csrf_token"] = self.form_token()
        return self.browser.post(path, base_url="http://127.0.0.1:8000", data=form)

    def form_token(self) -> str:
        page = self.get("/sign-in")
        if page.status_code == 303:
            page = self.get("/")
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        assert found is not None
        return found.group(1)

    def sign_in(self, login: str, credential: str | None = None) -> TestResponse:
        return self.post("/sign-in", login=login, credential=credential or self.office.credentials[login])

    def ledger(self, verb: str) -> list[LedgerRow]:
        with self.office.database.reading() as session:
            return list(
                session.scalars(select(LedgerRow).where(LedgerRow.verb == verb).order_by(LedgerRow.id))
            )

    def wait(self, **by: int) -> None:
        with self.office.database.transaction() as session:
            move_clock(session, dt.timedelta(**by))


def words(page: TestResponse) -> str:
    """What a reader reads: no tags, single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def put_on_record(office: OfficeAtWork, acting: Acting, folder: Path, *rows: tuple[str, ...]) -> None:
    """Import a list of its own, for an incident of its own."""
    name = f"leak {uuid.uuid4().hex[:6]}"
    with office.database.transaction() as session:
        register_incident(session, acting=acting, name=name, occurred_at=LEAK, fields=["name", "a_number"])
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADING, *rows])
    import_record_list(office.database, acting=acting, path=path, incident=name)


def person(session: Session, office: OfficeAtWork, number: str) -> Person:
    """The person on record under nine digits."""
    values = [value for _, value in index_values(office.vault.ring, "a_number", number)]
    return session.scalars(
        select(Person)
        .join(PersonIndex, PersonIndex.person_id == Person.id)
        .where(PersonIndex.value.in_(values))
    ).one()


def reference(office: OfficeAtWork, number: str) -> str:
    with office.database.reading() as session:
        return person(session, office, number).reference
