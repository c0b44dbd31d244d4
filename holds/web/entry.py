"""Signing in and out, and choosing the language."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from holds.actions.browser_sessions import start_browser_session
from holds.actions.credentials import WrongCredentialError, sign_in
from holds.actions.failed_sign_ins import note_failed_sign_in
from holds.domain.staff import Verb, may
from holds.web import access
from holds.web.language import LANGUAGES

PER_BROWSER = "10 per 5 minutes"
PER_LOGIN = "10 per 15 minutes"
LONGEST_FIELD = 200


def make_entry(limiter: Limiter) -> Blueprint:
    """The routes of the door, with failed attempts limited by address and by login."""
    entry = Blueprint("entry", __name__)
    limited = limiter.limit(PER_LOGIN, key_func=_login, deduct_when=_failed)(sign_in_submitted)
    limited = limiter.limit(PER_BROWSER, deduct_when=_failed)(limited)
    entry.add_url_rule("/sign-in", "sign_in", show_sign_in, methods=["GET"])
    entry.add_url_rule("/sign-in", "sign_in_submitted", limited, methods=["POST"])
    entry.add_url_rule("/sign-out", "sign_out", sign_out, methods=["POST"])
    entry.add_url_rule("/language", "choose_language", choose_language, methods=["POST"])
    return entry


def _login() -> str:
    return f"login:{request.form.get('login', '')[:LONGEST_FIELD].casefold()}"


def _failed(response: Response) -> bool:
    return response.status_code != 303


def show_sign_in() -> str | Response:
    if access.signed_in() is not None:
        return redirect(url_for("today.show"), 303)
    return render_template("sign_in.html", login="", refused=False)


def sign_in_submitted() -> tuple[str, int] | Response:
    login = request.form.get("login", "")[:LONGEST_FIELD].strip()
    credential = request.form.get("credential", "")[:LONGEST_FIELD].strip()
    try:
        # The costly comparison holds no lock; what is written afterwards is short.
        with access.database().reading() as reading:
            someone = sign_in(reading, login=login, credential=credential)
    except WrongCredentialError:
        access.run(lambda s: note_failed_sign_in(s, where="web"))
        return render_template("sign_in.html", login=login, refused=True), 401
    token = access.run(lambda s: start_browser_session(s, acting=someone))
    first = "today.show" if may(someone, Verb.SEE_FIGURES) else "acknowledgements.show"
    wanted = session.get(access.WANTED)
    access.leave()  # an earlier sign-in of this browser ends, and its form tokens with it
    session[access.TOKEN] = token
    if wanted and first == "acknowledgements.show":
        return redirect(url_for("acknowledgements.show_one", reference=wanted), 303)
    return redirect(url_for(first), 303)


def sign_out() -> Response:
    access.leave()
    return redirect(url_for("entry.sign_in"), 303)


def choose_language() -> Response:
    wanted = request.form.get("language", "")
    if wanted in LANGUAGES:
        session["language"] = wanted
    return redirect(url_for("today.show"), 303)
