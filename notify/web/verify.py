"""The public page on which anybody can check that a message is ours: a code in, yes or no out.

An application of its own, for a neutral host: no cookie, no script, no name of ours or of this program, and
no link to anything that tells what it is for. Right and wrong codes are answered after the same time, in
as many bytes.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response, render_template, request
from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from holds.actions.opening import Database
from holds.web.browser_safety import HEADERS
from holds.web.settings import WebSettings
from notify.content.phrasebook import SOURCE_LANGUAGE, has_catalog, phrasebook
from notify.content.verify_words import VerifyWords, verify_words
from notify.domain.languages import LANGUAGES, find_language
from notify.queries.verification import is_ours

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PER_READER = "20 per 15 minutes"
LARGEST_FORM = 4 * 1024
LONGEST_CODE = 40
ANSWER_BYTES = 16 * 1024
"""Every answer is filled up to a multiple of this; in all languages it takes one."""
ANSWER_SECONDS = 0.3
"""Every answer to a code takes so long at least: a look-up, right or wrong, takes a hundredth of it."""
STYLE = (
    "body{font:1.1em/1.5 sans-serif;max-width:34em;margin:1em auto;padding:0 1em;color:#111;background:#fff}"
    "input,button{font:inherit;padding:.4em .6em}input{width:12em}nav a{margin-inline-end:.8em}"
    ".answer{border:2px solid #111;padding:.6em 1em;font-weight:bold}"
)
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def make_verify(
    database: Database,
    settings: WebSettings,
    *,
    contact_phone: str,
    hosts: list[str],
    wait: Callable[[float], None] = time.sleep,
) -> Flask:
    """The page over an open database; `contact_phone` is E.164. `wait` is called with the seconds that are
    left of an answer's time."""
    app = Flask(__name__, static_folder=None)
    app.config.update(TRUSTED_HOSTS=hosts, MAX_CONTENT_LENGTH=LARGEST_FORM)
    if settings.web_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.web_proxies, x_proto=settings.web_proxies
        )

    def page(answer: str = "") -> Response:
        tag = _language()
        own = verify_words(contact_phone, phrasebook(tag))
        blocks = [(LANGUAGES[tag], own, _said(own, answer))]
        if tag != SOURCE_LANGUAGE:
            english = verify_words(contact_phone, phrasebook(SOURCE_LANGUAGE))
            blocks.append((LANGUAGES[SOURCE_LANGUAGE], english, _said(english, answer)))
        text = render_template(
            "notify/verify.html", blocks=blocks, style=STYLE, languages=_languages(), chosen=tag
        ).encode()
        filled = text + b" " * (-len(text) % ANSWER_BYTES)
        return Response(filled, 429 if answer == "too_often" else 200, mimetype="text/html")

    def too_often(_: RequestLimit) -> Response:
        return page("too_often")

    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", on_breach=too_often)

    @app.get("/")
    def show() -> Response:
        return page()

    @app.post("/")
    @limiter.limit(PER_READER)
    def answer() -> Response:
        began = time.monotonic()
        with database.reading() as session:
            ours = is_ours(session, request.form.get("code", "")[:LONGEST_CODE])
        made = page("right" if ours else "wrong")
        wait(max(0.0, ANSWER_SECONDS - (time.monotonic() - began)))
        return made

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update({**HEADERS, "Content-Security-Policy": POLICY})
        response.headers["Cache-Control"] = "no-store"
        return response

    return app


def beside(
    pages: WSGIApplication, verify: Flask, address: str, *, shared: Collection[str] = ()
) -> WSGIApplication:
    """The page on a host of its own, and below `/verify` of every other; the other pages as they were.

    Requests to its host reach nothing else: who looks up a code there must not find a sign-in next to it. A
    host is not its own where the `address` has a path, or where others come to that host (`shared`): pages,
    providers, and officers' systems, who must find the gate.
    """
    below = DispatcherMiddleware(pages, {"/verify": verify})
    host, _, path = address.lower().partition("/")
    taken = path or host.partition(":")[0] in {one.lower() for one in shared}
    own = None if taken else host

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = str(environ.get("HTTP_HOST", "")).lower()
        return (verify if asked == own else below)(environ, start_response)

    return answer


def _said(words: VerifyWords, answer: str) -> str:
    return {"right": words.right, "wrong": words.wrong, "too_often": words.too_often}.get(answer, "")


def _languages() -> list[tuple[str, str]]:
    """Tag and own name of every language the page speaks."""
    return [(tag, language.own_name) for tag, language in LANGUAGES.items() if has_catalog(tag)]


def _language() -> str:
    """What the reader chose, else what their browser asks for, else English."""
    spoken = [tag for tag, _ in _languages()]
    chosen = find_language(request.values.get("language", "")[:20])
    if chosen is not None and chosen.tag in spoken:
        return chosen.tag
    for asked in request.accept_languages.values():
        known = find_language(asked)
        if known is not None and known.tag in spoken:
            return known.tag
    return SOURCE_LANGUAGE
