"""The command behind `make catalogs`: `python -m notify.content.catalogs {update,check,digest}`.

`update` extracts the domains afresh and merges them into every `.po` file. `check` says, a sentence a line,
what is stale, missing, fuzzy, too long for a text message or has other placeholders than the English, and
exits 1. `digest` prints what a review in `review.toml` signs for.
"""

from __future__ import annotations

import io
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from notify.content.messages import MOST_SEGMENTS, sms_segments
from notify.content.phrasebook import TRANSLATIONS, catalog_digest

_SAID: dict[str, Any] = {"say": None, "say_bare": None, "say_count": (1, 2)}
DOMAINS: dict[str, tuple[str, dict[str, Any]]] = {
    "notices": ("notices.cfg", _SAID),
    # What officers, counsel and our own staff are told at once: in English, so far.
    "alarms": ("alarms.cfg", _SAID),
    "interface": ("babel.cfg", {**DEFAULT_KEYWORDS, "lazy_gettext": None, "_l": None}),
}
# The date in a header says nothing a commit does not, and would make two equal extractions differ.
_NO_DATE = datetime(2022, 11, 28, tzinfo=UTC)


TEXTED = "Reply STOP to end."
"""How a message ends that goes out as a text message: it must fit into two of them."""


def extract(domain: str, root: Path) -> Catalog:
    """A fresh template of a domain from the sources below `root`."""
    mapping_file, keywords = DOMAINS[domain]
    with (root / "translations" / mapping_file).open(encoding="utf-8") as stream:
        method_map, options_map = parse_mapping_cfg(stream)  # type: ignore[no-untyped-call]
    catalog = Catalog(
        project="Holdfast",
        version="1",
        header_comment=f"# The messages of Holdfast, domain {domain}.",
        msgid_bugs_address=" ",
        last_translator=" ",
        language_team=" ",
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
        charset="utf-8",
        fuzzy=False,
    )
    for filename, _line, message, comments, context in sorted(
        extract_from_dir(
            root,
            method_map=method_map,
            options_map=options_map,
            keywords=keywords,
            comment_tags=("TRANSLATORS:",),
            strip_comment_tags=True,
            directory_filter=_is_source,
        ),
        key=lambda found: (found[0], found[1]),
    ):
        catalog.add(message, None, [(filename, 1)], auto_comments=comments, context=context)
    return catalog


def _is_source(folder: str | Any) -> bool:
    name = Path(folder).name
    return not name.startswith((".", "__pycache__")) and name not in ("var", "node_modules", "tests", "bench")


def _text_of(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    # Without line numbers: a catalog changes when words change, not whenever code moves.
    write_po(buffer, catalog, width=100, include_lineno=False, ignore_obsolete=True)
    return buffer.getvalue()


def update(root: Path) -> None:
    """Write the templates and merge them into every catalog; new messages come in empty, never guessed."""
    folder = root / "translations"
    for domain in DOMAINS:
        template = extract(domain, root)
        (folder / f"{domain}.pot").write_bytes(_text_of(template))
        for path in sorted(folder.glob(f"*/LC_MESSAGES/{domain}.po")):
            catalog = _read(path)
            catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
            path.write_bytes(_text_of(catalog))


def problems(root: Path) -> Iterator[str]:
    """What is wrong with the catalogs, a sentence each; nothing when they are fresh and whole."""
    folder = root / "translations"
    for domain in DOMAINS:
        template = extract(domain, root)
        pot = folder / f"{domain}.pot"
        if not pot.is_file() or pot.read_bytes() != _text_of(template):
            yield f"translations/{pot.name} does not say what the sources say: run `make catalogs`."
        for path in sorted(folder.glob(f"*/LC_MESSAGES/{domain}.po")):
            yield from _problems_of(path.relative_to(root).as_posix(), _read(path), template)


def _problems_of(name: str, catalog: Catalog, template: Catalog) -> Iterator[str]:
    for wanted in _messages(template):
        found = catalog.get(wanted.id, wanted.context)
        first = _forms(wanted.id)[0]
        if found is None or not all(_forms(found.string)):
            yield f"{name} has no translation of: {first}"
        elif found.fuzzy:
            yield f"{name} is unsure (fuzzy) about: {first}"
        elif any(_placeholders(form) != _placeholders(first) for form in _forms(found.string)):
            yield f"{name} has other placeholders than the English of: {first}"
        elif first.endswith(TEXTED):
            taken = sms_segments(str(found.string).format(phone="1-800-555-0199", code="K7QM3F9X"))
            if taken > MOST_SEGMENTS:
                yield f"{name} takes {taken} text messages, not {MOST_SEGMENTS}, to say: {first}"
    known = {(_forms(message.id)[0], message.context) for message in _messages(template)}
    for message in _messages(catalog):
        if (_forms(message.id)[0], message.context) not in known:
            yield f"{name} translates what no source says any more: {_forms(message.id)[0]}"


def _placeholders(text: str) -> tuple[str, ...]:
    """Named placeholders of both kinds, `{name}` and `%(name)s`, sorted, repeated as often as they stand."""
    try:
        braces = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError:
        return ("unbalanced braces",)
    percents = [part.split(")")[0] for part in text.split("%(")[1:]]
    return tuple(sorted(braces + percents))


def _messages(catalog: Catalog) -> list[Any]:
    return [message for message in catalog if message.id]


def _forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def _read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parts[-3])


def main(arguments: list[str]) -> int:
    """Exit status: 0 when done or nothing is wrong, 1 when something is, 2 for a wrong call."""
    root = TRANSLATIONS.parent
    match arguments:
        case ["update"]:
            update(root)
            return 0
        case ["check"]:
            found = list(problems(root))
            sys.stderr.writelines(f"{sentence}\n" for sentence in found)
            return 1 if found else 0
        case ["digest"]:
            for path in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/notices.po")):
                language = path.parts[-3].replace("_", "-")
                sys.stdout.write(f"{language} {catalog_digest(language)}\n")
            return 0
    sys.stderr.write("Usage: python -m notify.content.catalogs {update,check,digest}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
