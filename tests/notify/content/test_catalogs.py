"""`make catalogs` tells a translator and the build what is wrong, and nothing when nothing is."""

import shutil
from pathlib import Path

import pytest

from notify.content import catalogs
from notify.content.phrasebook import TRANSLATIONS, Untranslated, catalog_digest, phrasebook

ROOT = TRANSLATIONS.parent
TITLE = 'msgid "What happened"\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the catalogs and of the sources their words come from."""
    shutil.copytree(ROOT / "translations", tmp_path / "translations")
    shutil.copytree(ROOT / "notify" / "content", tmp_path / "notify" / "content")
    catalogs.update(tmp_path)
    return tmp_path


def spanish(project: Path, old: str, new: str) -> list[str]:
    """The problems after one change in the Spanish catalog."""
    path = project / "translations/es/LC_MESSAGES/notices.po"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return list(catalogs.problems(project))


def test_the_notices_we_ship_are_extracted_and_fully_translated() -> None:
    found = [sentence for sentence in catalogs.problems(ROOT) if "notices" in sentence]
    assert found == []


def test_an_updated_project_has_no_problem_and_a_second_update_changes_nothing(project: Path) -> None:
    assert list(catalogs.problems(project)) == []
    before = {path: path.read_bytes() for path in (project / "translations").rglob("*.po*")}
    catalogs.update(project)
    assert {path: path.read_bytes() for path in (project / "translations").rglob("*.po*")} == before


def test_a_new_message_makes_the_template_stale_and_the_translation_missing(project: Path) -> None:
    (project / "notify/content/more.py").write_text('def f(p):\n    return p.say("Brand new {code}")\n')
    found = list(catalogs.problems(project))
    assert any("notices.pot" in sentence and "make catalogs" in sentence for sentence in found)
    assert any("no translation of: Brand new {code}" in sentence for sentence in found)
    catalogs.update(project)
    found = list(catalogs.problems(project))
    assert "translations/es/LC_MESSAGES/notices.po has no translation of: Brand new {code}" in found
    assert all(sentence.endswith("has no translation of: Brand new {code}") for sentence in found)


def test_a_fuzzy_message_is_a_problem(project: Path) -> None:
    assert any("fuzzy" in s for s in spanish(project, TITLE, f"#, fuzzy\n{TITLE}"))


def test_what_takes_more_than_two_text_messages_is_a_problem(project: Path) -> None:
    begin = "Un mensaje importante para usted. Llame gratis"
    (sentence,) = spanish(project, begin, "ya " * 80 + begin)
    assert "text messages, not 2, to say: An important message for you." in sentence


def test_an_emptied_message_is_a_problem(project: Path) -> None:
    found = spanish(project, 'msgstr "Qué pasó"', 'msgstr ""')
    assert found == ["translations/es/LC_MESSAGES/notices.po has no translation of: What happened"]


@pytest.mark.parametrize("name", ["{telefono}", "", "{phone} {phone}", "{phone"])
def test_other_placeholders_are_a_problem(project: Path, name: str) -> None:
    found = spanish(project, "Llame al {phone}. La llamada", f"Llame al {name}. La llamada")
    assert any("other placeholders" in sentence for sentence in found)


def test_pages_are_extracted_from_code_and_templates(project: Path) -> None:
    folder = project / "holds/web/templates"
    folder.mkdir(parents=True)
    (folder / "person.html").write_text("<h1>{{ _('Timeline') }}</h1>{% trans %}One thing{% endtrans %}")
    (project / "holds/web/views.py").write_text('from flask_babel import gettext\ngettext("Signed in")\n')
    catalogs.update(project)
    template = (project / "translations/interface.pot").read_text("utf-8")
    for message in ("Timeline", "One thing", "Signed in"):
        assert f'msgid "{message}"' in template
    assert "What happened" not in template


def test_the_command_ends_with_the_status_of_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogs.main(["digest"]) == 0
    assert catalog_digest("es") in capsys.readouterr().out
    assert catalogs.main(["frobnicate"]) == 2


def test_a_message_without_translation_never_comes_out_in_english() -> None:
    with pytest.raises(Untranslated) as raised:
        phrasebook("es").say("A sentence nobody has translated")
    assert raised.value.language == "es"


def test_a_language_without_catalog_has_no_phrasebook() -> None:
    for language in ("mam", "xx", "../es"):
        with pytest.raises(Untranslated):
            phrasebook(language)


def test_a_regional_tag_reads_the_catalog_of_its_language() -> None:
    assert phrasebook("es-GT").say("What happened") == "Qué pasó"
