"""A member of staff's own page: why stays that they placed are to be rejected, and that they have read it."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from holds.actions.serve_rejection import confirm_own_reasons, read_own_reasons, reasons_waiting
from holds.web import access


def make_reasons() -> Blueprint:
    """The routes of the reasons; and on every page of theirs, how many wait."""
    reasons = Blueprint("reasons", __name__)

    @reasons.get("/reasons")
    def show() -> str:
        acting, vault = access.acting(), access.database().vault
        lines = access.run(lambda session: read_own_reasons(session, vault, acting=acting))
        return render_template("reasons.html", lines=lines)

    @reasons.post("/reasons")
    def confirm() -> Response:
        acting, hold = access.acting(), request.form.get("hold", "")
        access.run(lambda session: confirm_own_reasons(session, acting=acting, hold_reference=hold))
        return redirect(url_for("reasons.show"), 303)

    @reasons.app_context_processor
    def waiting() -> dict[str, object]:
        return {"reasons_waiting": _waiting}

    return reasons


def _waiting() -> int:
    someone = access.signed_in()
    if someone is None:
        return 0
    with access.database().reading() as session:
        return reasons_waiting(session, acting=someone)
