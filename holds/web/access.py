"""Who is signed in. Deny by default: what is not on the public list asks for a sign-in first."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import SecurityError, Unauthorized
from werkzeug.wrappers import Response

from holds.actions.browser_sessions import end_browser_session, note_browser_seen, resume_browser_session
from holds.actions.opening import Database
from holds.domain.counsel_link import LARGEST_ORDER
from holds.domain.staff import Acting, Verb, may

PUBLIC = frozenset(
    {
        "static",
        "entry.sign_in",
        "entry.sign_in_submitted",
        "entry.choose_language",
        "counsel_links.show",
        "counsel_links.send_code",
        "counsel_links.place_stay",
        "counsel_links.read_reasons",
        "counsel_links.confirm_reasons",
    }
)
"""The endpoints anybody may reach; those of counsel's links do nothing without a code that was sent to them.
Every other one, also one that is added later, needs a sign-in."""
LARGER_FORMS = {"counsel_links.place_stay": LARGEST_ORDER + 64 * 1024}
"""Bytes of a form that carries a file. It is set before anything reads the form."""
TOKEN = "sign_in"  # noqa: S105 - the name under which the cookie keeps it

WANTED = "wanted"
"""The reference of an addressed link that was opened before signing in."""

P = ParamSpec("P")
T = TypeVar("T")


def database() -> Database:
    """The database of this application."""
    found = current_app.extensions["holdfast"]
    assert isinstance(found, Database)  # noqa: S101 - narrows what Flask keeps as Any
    return found


def run(work: Callable[[Session], T]) -> T:
    """Do work in a transaction of its own, retried where the database asks for it."""
    return database().run(work)


def signed_in() -> Acting | None:
    """Who acts in this request, or None."""
    found = g.get("acting")
    return found if isinstance(found, Acting) else None


def acting() -> Acting:
    """Who acts in this request; only endpoints that are not public may ask."""
    found = signed_in()
    if found is None:
        raise Unauthorized
    return found


def leave() -> None:
    """End the sign-in of this browser, in the record and in its cookie."""
    token = session.get(TOKEN)
    if token:
        run(lambda s: end_browser_session(s, token=token))
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def _resumed(token: str) -> Acting | None:
    with database().reading() as reading:
        found = resume_browser_session(reading, token=token)
    if found is not None and found.to_note:
        run(lambda s: note_browser_seen(s, token=token))
    return found.acting if found else None


def set_up_access(app: Flask) -> None:
    """Resume the sign-in before each request, and refuse whatever it does not cover."""

    @app.before_request
    def refuse_strangers() -> Response | None:
        if isinstance(request.routing_exception, SecurityError):
            raise request.routing_exception
        if request.endpoint == "static":
            return None
        if request.endpoint in LARGER_FORMS:
            request.max_content_length = LARGER_FORMS[request.endpoint]
        token = session.get(TOKEN)
        g.acting = _resumed(token) if token else None
        if token and g.acting is None:
            leave()
        if g.acting is not None or request.endpoint in PUBLIC:
            return None
        if request.method == "GET":
            if request.endpoint == "acknowledgements.show_one":
                session[WANTED] = (request.view_args or {}).get("reference", "")
            return redirect(url_for("entry.sign_in"), 303)
        raise Unauthorized

    @app.context_processor
    def who_acts() -> dict[str, object]:
        someone = signed_in()
        return {
            "acting": someone,
            "may_acknowledge": someone is not None and may(someone, Verb.ACKNOWLEDGE_HOLD),
            "may_search": someone is not None and may(someone, Verb.LOOK_AT_PERSON),
        }
