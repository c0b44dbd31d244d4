"""The language of the pages: English, or a catalog that the reader has chosen. Times are UTC, and say so."""

import datetime as dt
import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, session
from flask_babel import Babel, format_date, format_datetime, format_decimal
from markupsafe import Markup, escape

from holds.queries.sentence import Sentence

TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"
DOMAIN = "interface"
LANGUAGES = {"en": "English", "es": "Español"}
DRAFTED = frozenset({"es"})
"""Catalogs nobody who speaks the language has read yet. They are never chosen for a reader, and say so."""


@cache
def catalog(language: str) -> NullTranslations:
    """The messages of a language, read straight from its `.po`; a message without one stays English."""
    path = TRANSLATIONS / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if language == "en" or not path.is_file():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=language))
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)


def chosen_language() -> str:
    """What the reader chose on this browser; English until then."""
    wanted = session.get("language") if has_request_context() else None
    return wanted if wanted in LANGUAGES else "en"


def gettext(text: str) -> str:
    return str(catalog(chosen_language()).gettext(text))


def ngettext(one: str, many: str, number: int) -> str:
    return str(catalog(chosen_language()).ngettext(one, many, number))


def say(sentence: Sentence) -> str:
    """A sentence in the reader's language."""
    return sentence.spoken(gettext, _formatted)


def _formatted(value: str | int | dt.date) -> str:
    if isinstance(value, dt.datetime):
        return time_of(value)
    if isinstance(value, dt.date):
        return day_of(value)
    return str(format_decimal(value)) if isinstance(value, int) else value


def time_of(value: dt.datetime | None) -> str:
    """`28 Nov 2022, 19:00 UTC`."""
    return f"{format_datetime(value, 'd MMM y, HH:mm')} UTC" if value else "—"


def day_of(value: dt.date) -> str:
    """`28 Nov 2022`."""
    return str(format_date(value, "d MMM y"))


def time_element(value: dt.datetime | dt.date | None) -> Markup:
    """A `<time>` for people and machines; a dash where nothing is known."""
    if value is None:
        return Markup("—")
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), escape(_formatted(value)))


def set_up_language(app: Flask) -> None:
    """Flask-Babel for formats; messages from our own domain, which it would look for in compiled files."""
    Babel(app, default_domain=DOMAIN, default_timezone="UTC", locale_selector=chosen_language)
    environment = app.jinja_env
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters |= {"say": say, "number": format_decimal, "moment": time_element, "day": day_of}

    @app.context_processor
    def languages() -> dict[str, object]:
        language = chosen_language()
        g.language = language
        return {"language": language, "languages": LANGUAGES, "drafted": DRAFTED}
