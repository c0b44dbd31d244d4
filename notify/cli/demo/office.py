"""The demo's office: a demo-marked database with one member of staff a role."""

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import MetaData

from holds.actions.add_staff import add_staff
from holds.actions.alarm_contacts import add_alarm_contact
from holds.actions.credentials import sign_in, standing_actor
from holds.actions.opening import Database, open_database
from holds.actions.seal_ledger import keep_head, seal_ledger
from holds.actions.setting_up import set_up
from holds.domain.alarm_contact import Duty
from holds.domain.staff import Acting, Role
from holds.settings import Settings

STAFF = {
    "casey": ("Casey Caseworker", Role.CASEWORKER, True),
    "sunny": ("Sunny Supervisor", Role.SUPERVISOR, True),
    "manu": ("Manu Manager", Role.NOTICE_MANAGER, False),
    "field": ("Field Officer", Role.FIELD_OFFICER, False),
    "audrey": ("Audrey Auditor", Role.AUDITOR, False),
}
"""Login -> display name, role, outside the removing office."""


@dataclass(frozen=True)
class DemoOffice:
    """The open demo database, its people and their credentials."""

    database: Database
    operator: Acting
    caseworker: Acting
    supervisor: Acting
    manager: Acting
    officer: Acting
    credentials: dict[str, str]
    roles: dict[str, str]

    def seal(self, heads: Path) -> None:
        """Seal the ledger and keep the signed head outside the database."""
        with self.database.transaction() as session:
            head = seal_ledger(session, self.database.vault)
        if head is not None:
            keep_head(heads, head)


def open_office(settings: Settings, metadata: MetaData, folder: Path) -> DemoOffice:
    """Set up the demo's database and staff; their credentials go to a file of mode 0600 in `folder`."""
    credentials = {
        "admin": set_up(settings, metadata, organisation="Demo office", administrator="admin", demo=True)
    }
    database = open_database(settings, metadata)
    with database.transaction() as session:
        operator = standing_actor(session, "operator")
        administrator = sign_in(session, login="admin", credential=credentials["admin"])
        for login, (name, role, outside) in STAFF.items():
            credentials[login] = add_staff(
                session,
                acting=administrator,
                login=login,
                display_name=name,
                role=role,
                outside_removing_office=outside,
            )
        add_alarm_contact(
            session,
            database.vault,
            acting=administrator,
            duty=Duty.ON_CALL,
            login="sunny",
            value="sunny@example.org",
        )
    with database.reading() as session:
        staff = {login: sign_in(session, login=login, credential=credentials[login]) for login in STAFF}
    roles = {"admin": Role.ADMINISTRATOR.value} | {login: role.value for login, (_, role, _) in STAFF.items()}
    _keep(folder / "credentials.txt", credentials)
    return DemoOffice(
        database=database,
        operator=operator,
        caseworker=staff["casey"],
        supervisor=staff["sunny"],
        manager=staff["manu"],
        officer=staff["field"],
        credentials=credentials,
        roles=roles,
    )


def _keep(path: Path, credentials: dict[str, str]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{login} {credential}\n" for login, credential in credentials.items())
