"""Sentences: one text, in English and in any language, with values put where they belong."""

import datetime as dt
import re
from pathlib import Path

import pytest

from holds.queries.sentence import Sentence, lazy_gettext, shown
from holds.web.language import DRAFTED, LANGUAGES, catalog

NOON = dt.datetime(2022, 11, 28, 12, tzinfo=dt.timezone(dt.timedelta(hours=-5)))


def test_times_are_told_in_utc_whatever_zone_they_came_in() -> None:
    assert shown(NOON) == "28 Nov 2022, 17:00 UTC"
    assert shown(NOON.date()) == "28 Nov 2022"


def test_values_are_put_in_and_sentences_nest() -> None:
    inner = (lazy_gettext("name"), lazy_gettext("A-number"))
    said = lazy_gettext("%(n)s rows, %(what)s", n=6252, what=inner)
    assert str(said) == "6,252 rows, name, A-number"


def test_each_part_is_translated_on_its_own() -> None:
    spanish = {"Hold placed: %(basis)s": "Retención: %(basis)s", "Incident": "Incidente"}
    said = lazy_gettext("Hold placed: %(basis)s", basis=lazy_gettext("Incident"))
    assert said.spoken(lambda text: spanish[text], str) == "Retención: Incidente"


def test_a_sentence_without_values_may_have_a_percent_sign() -> None:
    assert str(Sentence("100% of rows")) == "100% of rows"
    assert str(lazy_gettext("%(a)s", a="5% %(b)s")) == "5% %(b)s"


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_a_catalog_has_the_placeholders_of_the_english(language: str) -> None:
    messages = catalog(language)._catalog
    assert len(messages) > 100
    for english, translated in messages.items():
        if isinstance(english, str) and english:
            wanted = sorted(re.findall(r"%\((\w+)\)s", english))
            assert sorted(re.findall(r"%\((\w+)\)s", translated)) == wanted, english


def test_a_drafted_catalog_is_marked_in_its_file() -> None:
    for language in DRAFTED:
        path = Path("translations") / language / "LC_MESSAGES" / "interface.po"
        assert "DRAFT" in path.read_text(encoding="utf-8")[:400]
