"""Counsel's pages behind a link: send one order, or read why a stay is to be rejected.

Opening a link does nothing and names nobody. What it is for takes the code that is sent to counsel's card.
"""

import datetime as dt
import re

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from holds.actions.counsel_codes import Turned, send_code
from holds.actions.counsel_links import LinkView, look_at_link
from holds.actions.place_provisional_stay import StayForm, StayRefusedError
from holds.actions.place_stay_by_link import ByCounsel, place_stay_by_link
from holds.actions.serve_rejection import Reasons, confirm_reasons_by_link, read_reasons_by_link
from holds.domain.counsel_link import CODE_LIFE, LinkState
from holds.domain.hold import RULES, STAY_BASES, Basis
from holds.web import access

PER_BROWSER = "30 per 15 minutes"
LONGEST_FIELD = 200
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_FIELDS = ("client", "basis", "rule", "court", "docket", "issued", "expires")


def make_counsel_links(limiter: Limiter) -> Blueprint:
    """The routes behind a link; how often a browser may send something there is limited."""
    links = Blueprint("counsel_links", __name__)
    limited = limiter.limit(PER_BROWSER, methods=["POST"])
    links.add_url_rule("/counsel/<token>", "show", show, methods=["GET"])
    for path, endpoint, view in (
        ("code", "send_code", send_code_asked),
        ("stay", "place_stay", place_stay_sent),
        ("reasons", "read_reasons", read_reasons_asked),
        ("read", "confirm_reasons", confirm_reasons_sent),
    ):
        links.add_url_rule(f"/counsel/<token>/{path}", endpoint, limited(view), methods=["POST"])
    return links


def show(token: str) -> str | tuple[str, int]:
    """What the link is for, or what became of it."""
    view = _view(token)
    if view.state is not LinkState.OPEN:
        return _shut(view)
    return render_template("counsel_link.html", view=view, token=token)


def send_code_asked(token: str) -> str | tuple[str, int]:
    vault = access.database().vault
    turned = access.run(lambda session: send_code(session, vault, token=token))
    if turned is not None:
        return _turned(token, turned)
    return _form(_view(token), token)


def place_stay_sent(token: str) -> str | tuple[str, int] | Response:
    vault, view = access.database().vault, _view(token)
    if view.state is not LinkState.OPEN:
        return _shut(view)
    said = {name: request.form.get(name, "")[:LONGEST_FIELD].strip() for name in _FIELDS}
    try:
        sent = ByCounsel(code=_code(), client=said["client"], form=_stay_form(said))
        done = access.run(lambda session: place_stay_by_link(session, vault, token=token, sent=sent))
    except StayRefusedError as error:
        return _form(view, token, said=said, refused=str(error)), 400
    if isinstance(done, Turned):
        return _turned(token, done, said)
    return redirect(url_for("counsel_links.show", token=token), 303)


def read_reasons_asked(token: str) -> str | tuple[str, int]:
    vault, code = access.database().vault, _code()
    reasons = access.run(lambda session: read_reasons_by_link(session, vault, token=token, code=code))
    if isinstance(reasons, Turned):
        return _turned(token, reasons)
    return _reasons(token, code, reasons)


def confirm_reasons_sent(token: str) -> tuple[str, int] | str | Response:
    vault, code = access.database().vault, _code()
    done = access.run(lambda session: confirm_reasons_by_link(session, vault, token=token, code=code))
    if isinstance(done, Turned):
        return _turned(token, done)
    return redirect(url_for("counsel_links.show", token=token), 303)


def _code() -> str:
    return request.form.get("code", "")[:LONGEST_FIELD]


def _view(token: str) -> LinkView:
    vault = access.database().vault
    with access.database().reading() as session:
        view = look_at_link(session, vault, token=token)
    if view is None:
        abort(404)
    return view


def _turned(token: str, turned: Turned, said: dict[str, str] | None = None) -> tuple[str, int]:
    view = _view(token)
    if view.state is not LinkState.OPEN:
        return _shut(view)
    return _form(view, token, said=said, turned=turned.reason), 400


def _shut(view: LinkView) -> tuple[str, int]:
    """A used link tells what it did; the others that they do nothing any more."""
    return render_template("counsel_link_shut.html", view=view), 200 if view.state is LinkState.USED else 410


def _form(
    view: LinkView, token: str, *, said: dict[str, str] | None = None, turned: str = "", refused: str = ""
) -> str:
    return render_template(
        "counsel_stay.html" if view.purpose == "place_stay" else "counsel_code.html",
        view=view,
        token=token,
        said=said or {},
        turned=turned,
        refused=refused,
        minutes=int(CODE_LIFE.total_seconds() // 60),
        bases=sorted(basis.value for basis in STAY_BASES),
        rules=RULES,
    )


def _reasons(token: str, code: str, reasons: Reasons) -> str:
    return render_template("counsel_reasons.html", token=token, code=code, reasons=reasons)


def _stay_form(said: dict[str, str]) -> StayForm:
    """The form as counsel filled it in; `StayRefusedError` where a part of it cannot be read."""
    if said["basis"] not in {basis.value for basis in STAY_BASES}:
        raise StayRefusedError("Choose what stays the removal.")
    file = request.files.get("order")
    return StayForm(
        basis=Basis(said["basis"]),
        document=file.read() if file else b"",
        rule=said["rule"] or None,
        court=said["court"],
        docket_number=said["docket"],
        issued_at=_moment(said["issued"]),
        expires_at=_moment(said["expires"]),
    )


def _moment(text: str) -> dt.datetime | None:
    """The form's time, which is UTC as every time on these pages."""
    if not text:
        return None
    try:
        if not _TIME.fullmatch(text):
            raise ValueError(text)  # noqa: TRY301
        return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
    except ValueError:
        raise StayRefusedError("Write a time as 2023-05-02T10:30, in UTC.") from None
