"""Guarantee 12: a stolen database, spool or log names nobody; nor does a file name."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from holds.actions.check_removal import answer_check
from holds.actions.place_hold import place_hold
from holds.actions.questions import Question
from holds.actions.record_review import record_review
from holds.actions.verify_appearance import verify_all_exact
from holds.domain.hold import Basis
from holds.store.gates import Hold
from notify.actions.approve_batch import approve_batch, find_batch
from notify.actions.envelope import wording_of
from notify.actions.plan_notices import plan_everything
from notify.actions.send_due import send_due
from notify.actions.transport import transport
from notify.settings import NoticeSettings
from tests.conftest import OfficeAtWork
from tests.holds.actions.lists import ADAMS, Lists
from tests.holds.store.life import order
from wsgi import METADATA

WHERE_TO = "Released to sister Rosa Quintanilla, 12 Oak St, 212-555-0177"
PEOPLE = (
    ("A900-444-001", "ZAPATERO QUISPE, XIOMARA", "1991-11-23", "Cuba", "ADAMSMS", "Detained", "", ""),
    (
        "A900444002",
        "OYELARAN, BABATUNDE",
        "12/30/1985",
        "Ghana",
        "ADAMSMS",
        "Detained",
        "VANTERPOOL, JUNO",
        "",
    ),
    ("", "ILUNGA, FELICITE", "1979-07-14", "China", "Nowhere Jail", "Detained", "", ""),
    ("A900444001", "HRYTSENKO, OLEKSANDR", "1966-01-02", "Ukraine", "ADAMSMS", "Detained", "", ""),
    ("900444005.0", "TSEGAYE, SELAMAWIT", "02/03/1990", "Ethiopia", WHERE_TO, "Released", "", ""),
)
CONTACT = (
    *PEOPLE[4][:3],
    "Spanish",
    "77 Heliotrope Terrace",
    "Miami",
    "FL",
    "33101",
    "+1 305 555 0142",
    "selam.private@example.org",
    "Yes",
    "2022-12-20",
    "Aunt Mulugeta",
    "2022-12-21",
    "",
    "America/New_York",
)
COUNSEL = (
    "ZV123456",
    "FL",
    "998877",
    "Vanterpool, Juno",
    "Heliconia Law",
    "juno.vanterpool@example.org",
    "A900444002",
    "OYELARAN, BABATUNDE",
    "1985-12-30",
    "EOIR-28",
    "all",
    "2022-12-01",
    "",
)
SECRETS = """
zapatero quispe xiomara oyelaran babatunde ilunga felicite hrytsenko oleksandr tsegaye selamawit
vanterpool juno.vanterpool mackintosh heliotrope selam.private 900444001 900-444-001 900444002 900444005
1991-11-23 1985-12-30 12/30/1985 1979-07-14 1966-01-02 3055550142 555-0142 22-cv-80808
""".split()  # noqa: SIM905 - read as a list of words
SECRETS.append("305 555 0142")
SECRETS += ["mulugeta", "quintanilla", "12 oak st", "555-0177", "2125550177", "wanjiru", "abernathy"]


@pytest.fixture
def told(office: OfficeAtWork, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> OfficeAtWork:
    """Everything the record does with personal data, done once, with every log wide open."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, logger="sqlalchemy.engine")  # every statement; parameters stay hidden
    lists = Lists(office, tmp_path / "in")
    lists.folder.mkdir()
    lists.register()
    lists.facilities(ADAMS)
    lists.people(*PEOPLE)
    lists.custody((*PEOPLE[2][:3], "Detained", "Ward of Dr. Wanjiru", "Pod of Abernathy", "2023-02-01", ""))
    lists.contacts(CONTACT)
    lists.roster(COUNSEL)
    with office.database.transaction() as session:
        verify_all_exact(session, acting=office.supervisor)
        form = order(session, docket_number="1:22-cv-80808", judge="Mackintosh", document=b"XIOMARA ZAPATERO")
        hold_id = session.scalars(select(Hold.id).order_by(Hold.id).limit(1)).one()
        record_review(session, office.vault, acting=office.caseworker, hold_id=hold_id, form=form)
        held, cites = lists.person("900444005"), "Tsegaye (Selamawit) v. Garland, 22-cv-80808"
        place_hold(
            session, office.vault, acting=office.caseworker, person_id=held, basis=Basis.TRO, cites=cites
        )
    for number, name, born, *_ in PEOPLE:
        answer_check(office.database, acting=office.officer, question=Question(a_number=number, name=name))
        assert born
    plan = plan_everything(office.database, acting=office.operator, wording_of=wording_of)
    carried = transport(office.database, NoticeSettings(), office.home)
    if plan.batch is not None:
        with office.database.transaction() as session:
            batch = find_batch(session, plan.batch, acting=office.manager)
            approve_batch(session, acting=office.manager, batch_id=batch)
        sent = send_due(office.database, carried.channels, acting=office.operator, sender=carried.sender)
        assert sent["accepted"] > 0
    return office


def _found(content: bytes) -> list[str]:
    """Secrets that stand in bytes, in UTF-8 or UTF-16, in any letter case, digits with or without dashes."""
    folded = content.lower()
    return [secret for secret in SECRETS if secret.encode() in folded or secret.encode("utf-16-le") in folded]


def _tables(office: OfficeAtWork) -> Iterator[tuple[str, bytes]]:
    with office.database.reading() as session:
        for table in METADATA.sorted_tables:
            rows = session.execute(text(f"SELECT * FROM {table.name}")).all()  # noqa: S608
            yield table.name, b"\n".join(_bytes(value) for row in rows for value in row)


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return (json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)).encode()


def _leaks_in_tables(office: OfficeAtWork) -> dict[str, list[str]]:
    dumped = dict(_tables(office))
    for table, size in (("person", 1000), ("contact", 100), ("failing_row", 100), ("delivery_attempt", 100)):
        assert len(dumped[table]) > size
    return {table: found for table, content in dumped.items() if (found := _found(content))}


def _leaks_in_files(office: OfficeAtWork) -> dict[str, list[str]]:
    """The database's own files with their journals, sealed documents, the spool; not what was imported."""
    files = [
        p for p in office.home.rglob("*") if p.is_file() and "in" not in p.relative_to(office.home).parts
    ]
    sealed = [path for path in files if path.suffix == ".sealed"]
    assert sum("spool" in path.parts for path in sealed) >= 3
    assert sum("documents" in path.parts for path in sealed) == 1
    assert all(path.stat().st_mode & 0o077 == 0 for path in sealed)
    return {str(p): found for p in files if (found := _found(p.read_bytes() + str(p).encode()))}


def test_tables_files_names_logs_and_errors_name_nobody(
    told: OfficeAtWork, caplog: pytest.LogCaptureFixture
) -> None:
    logged = "\n".join(record.getMessage() for record in caplog.get_records("setup"))
    assert "INSERT INTO contact" in logged
    in_logs = _found(logged.encode())
    assert {"tables": _leaks_in_tables(told), "files": _leaks_in_files(told), "logs": in_logs} == {
        "tables": {},
        "files": {},
        "logs": [],
    }
    with pytest.raises(DBAPIError) as caught, told.database.transaction() as session:
        session.execute(text("INSERT INTO gate VALUES (:name, 'x')"), {"name": "XIOMARA ZAPATERO"})
    assert _found(str(caught.value).encode()) == []


def test_the_search_finds_what_is_in_clear() -> None:
    assert _found("Xiomara Zapatero, A900-444-001".encode("utf-16-le")) == [
        "zapatero",
        "xiomara",
        "900-444-001",
    ]
    assert _found(b"...{OYELARAN}...1985-12-30") == ["oyelaran", "1985-12-30"]
    assert _found(b"Adams County, Cuba") == []
