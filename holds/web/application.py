"""Putting the pages together: one Flask application on one database."""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from holds.actions.opening import Database
from holds.web.access import set_up_access
from holds.web.acknowledgements import make_acknowledgements
from holds.web.browser_safety import set_up_browser_safety
from holds.web.counsel_links import make_counsel_links
from holds.web.entry import make_entry
from holds.web.errors import set_up_errors
from holds.web.language import set_up_language
from holds.web.panels import Panels
from holds.web.people import make_people
from holds.web.reasons import make_reasons
from holds.web.settings import WebSettings
from holds.web.today import make_today
from holds.web.vocabulary import set_up_vocabulary

LARGEST_FORM = 64 * 1024


def make_application(
    database: Database, settings: WebSettings, *, session_key: bytes, panels: Panels | None = None
) -> Flask:
    """The pages over an open database. `session_key` (the ring's `session` key) signs cookies.

    The limits on attempts are counted in each process; the database's own limits hold everywhere.
    """
    panels = panels or Panels()
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=session_key,
        SESSION_COOKIE_NAME="__Host-holdfast" if settings.web_https else "holdfast",
        SESSION_COOKIE_SECURE=settings.web_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=settings.hosts,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        # A form's token lives as long as the sign-in. No referrer is ever sent, so none can be compared.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.extensions["holdfast"] = database
    if settings.web_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.web_proxies, x_proto=settings.web_proxies
        )
    set_up_browser_safety(app, https=settings.web_https)
    set_up_language(app)
    set_up_vocabulary(app)
    set_up_access(app)  # first of all that looks at a request: the limits ask who acts
    CSRFProtect(app)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    set_up_errors(app)
    for blueprint in (
        make_entry(limiter),
        make_today(panels),
        make_people(limiter, panels),
        make_acknowledgements(),
        make_reasons(),
        make_counsel_links(limiter),
    ):
        app.register_blueprint(blueprint)
    for blueprint in panels.blueprints:
        app.register_blueprint(blueprint)

    @app.context_processor
    def here() -> dict[str, object]:
        return {"endpoint": request.endpoint}

    return app
