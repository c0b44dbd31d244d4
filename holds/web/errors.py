"""Pages for what goes wrong: each says what to do. None tells what the server knows."""

import traceback
from pathlib import Path

from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from holds.domain.refusal import RefusedError
from holds.domain.staff import NotAllowedError
from holds.queries.people import NobodyError
from holds.queries.sentence import Sentence
from holds.queries.sentence import lazy_gettext as _l

PAGES: dict[int, tuple[Sentence, Sentence]] = {
    400: (_l("This could not be read"), _l("Go back, look at what was entered, and send it again.")),
    401: (_l("Sign in first"), _l("You are not signed in any more. Sign in, then do it again.")),
    403: (_l("Not for your role"), _l("Ask the administrator which role this takes.")),
    404: (_l("Nobody and nothing here"), _l("Check the number or the reference, and search again.")),
    405: (_l("This address takes no such request"), _l("Go to the first page and start from there.")),
    413: (_l("Too large"), _l("This form takes short entries, or one file of at most ten megabytes.")),
    429: (
        _l("Too many attempts"),
        _l("Wait a quarter of an hour, then try again."),
    ),
    500: (
        _l("Something failed"),
        _l("Nothing was changed. For a removal, no answer means blocked. Try again, and call if it stays."),
    ),
}
"""Title and what to do, by status."""
FRAMES = 6
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
EXPIRED_FORM = _l("This form is too old, or was not ours. Go back, load the page afresh, and send it again.")


def set_up_errors(app: Flask) -> None:
    """Answer every failure with a page of our own."""

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> tuple[str, int]:
        status = error.code or 500
        todo = EXPIRED_FORM if isinstance(error, CSRFError) else None
        return _page(status, todo)

    @app.errorhandler(SecurityError)
    def not_our_host(_error: SecurityError) -> tuple[str, int, dict[str, str]]:
        # Without a host there are no addresses to put on a page.
        return "These pages do not answer to this host name (HOLDFAST_WEB_HOSTS).\n", 400, PLAIN

    @app.errorhandler(NobodyError)
    def nobody(_error: NobodyError) -> tuple[str, int]:
        return _page(404)

    @app.errorhandler(NotAllowedError)
    def not_allowed(error: NotAllowedError) -> tuple[str, int]:
        return _page(403, Sentence(str(error)))

    @app.errorhandler(RefusedError)
    def refused(error: RefusedError) -> tuple[str, int]:
        return _page(400, Sentence(str(error)))

    @app.errorhandler(Exception)
    def broken(error: Exception) -> tuple[str, int]:
        # Type and place, never the message: it could repeat what somebody entered, and name a person.
        frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
        places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
        app.logger.error("A page failed: %s at %s", type(error).__name__, places)
        return _page(500)


def _page(status: int, todo: Sentence | None = None) -> tuple[str, int]:
    title, usual = PAGES.get(status, PAGES[500 if status >= 500 else 400])
    return render_template("error.html", status=status, title=title, todo=todo or usual), status
