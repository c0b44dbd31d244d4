"""Where holds and notify meet. Assembles, and decides nothing.

`app` is for a WSGI server, `main` is the `holdfast` command.
"""

import os
import sys
from typing import NoReturn

import click
from sqlalchemy.exc import SQLAlchemyError

from holds.cli.checking import check
from holds.cli.context import Office
from holds.cli.holding import hold
from holds.cli.incidents import incident
from holds.cli.key_rings import keys
from holds.cli.ledgers import ledger
from holds.cli.reviews import review
from holds.cli.setup import database, init, staff
from holds.domain.reasons import sentence
from holds.domain.refusal import RefusedError
from holds.store import (
    database as database_tables,
)
from holds.store import (
    exposures,
    gates,
    ledger_rows,
    people,
    places,
    representation,
    reviews,
)
from holds.store import staff as staff_tables
from holds.store.base import Base
from holds.store.engine import refusal_code
from notify.store import deliveries, notices

TABLES = (
    database_tables,
    exposures,
    gates,
    ledger_rows,
    people,
    places,
    representation,
    reviews,
    staff_tables,
    deliveries,
    notices,
)
"""Modules whose import declares the tables of both packages on the one metadata."""

METADATA = Base.metadata


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="holdfast", message="holdfast %(version)s")
def cli() -> None:
    """Hold every removal until a court review is on record, and tell everyone whose data was leaked."""


for command in (init, database, keys, staff, incident, hold, check, review, ledger):
    cli.add_command(command)


def main() -> NoReturn:
    """Run the `holdfast` command: one plain sentence on standard error for whatever is refused."""
    os.umask(0o077)
    try:
        status = cli.main(standalone_mode=False, obj=Office(METADATA), prog_name="holdfast")
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        _fail("Stopped. What was committed before stays; nothing is half done.")
    except RefusedError as error:
        _fail(str(error))
    except SQLAlchemyError as error:
        if os.environ.get("HOLDFAST_DEBUG"):
            raise
        code = refusal_code(error)
        _fail(
            sentence(code)
            if code
            else f"The database did not do it ({type(error).__name__}); see HOLDFAST_DEBUG."
        )
    sys.exit(status if isinstance(status, int) else 0)


def _fail(text: str) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(1)
