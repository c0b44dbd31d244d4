"""A field officer's page: the holds addressed to their office, and confirming them by name.

Loading a page or opening a link confirms nothing; only the officer's own form does, signed in.
"""

import datetime as dt
import re

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from holds.actions.acknowledge_hold import Inbox, acknowledge_holds, office_of, read_inbox
from holds.actions.addressed_holds import addressed_hold
from holds.actions.confirmation_codes import LIFE, new_confirmation_code
from holds.web import access

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def make_acknowledgements() -> Blueprint:
    """The routes of acknowledgement."""
    acknowledgements = Blueprint("acknowledgements", __name__)

    @acknowledgements.get("/acknowledgements")
    def show() -> str:
        acting, vault = access.acting(), access.database().vault
        inbox = access.run(lambda session: read_inbox(session, vault, acting=acting))
        return render_template("acknowledgements.html", inbox=inbox)

    @acknowledgements.get("/acknowledgements/<reference>")
    def show_one(reference: str) -> str:
        """Behind the link of a message: what waits there, for an officer of that office and nobody else."""
        acting, vault = access.acting(), access.database().vault
        line = access.run(lambda s: addressed_hold(s, vault, acting=acting, reference=reference))
        if line is None:
            abort(404)
        inbox = Inbox(office_of(acting), 1, int(line.overdue), (line,))
        return render_template("acknowledgements.html", inbox=inbox, one=True)

    @acknowledgements.post("/acknowledgements/code")
    def make_code() -> str:
        acting, vault = access.acting(), access.database().vault
        code = access.run(lambda session: new_confirmation_code(session, vault, acting=acting))
        return render_template("confirmation_code.html", code=code, minutes=int(LIFE.total_seconds() // 60))

    @acknowledgements.post("/acknowledgements")
    def confirm() -> Response:
        acting, references = access.acting(), request.form.getlist("reference")
        reached = _communicated(request.form.get("communicated", ""))
        access.run(
            lambda session: acknowledge_holds(
                session, acting=acting, references=references, communicated_at=reached
            )
        )
        return redirect(url_for("acknowledgements.show"), 303)

    return acknowledgements


def _communicated(text: str) -> dt.datetime | None:
    """The form's time, which is UTC as every time on these pages; 400 where it is none."""
    if not text:
        return None
    if not _TIME.fullmatch(text):
        abort(400)
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
    except ValueError:
        abort(400)
