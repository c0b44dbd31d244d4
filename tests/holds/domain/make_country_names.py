"""Makes holds/domain/country_names.py from the territory names of Unicode CLDR, as Babel carries them.

Run it again after an upgrade of Babel: python tests/holds/domain/make_country_names.py
"""

import re
import textwrap
import unicodedata
from collections import defaultdict
from pathlib import Path

from babel import Locale

from holds.domain.country import all_country_codes

TARGET = Path(__file__).parents[3] / "holds" / "domain" / "country_names.py"
GLUE = "_"  # in no folded name
LANGUAGES = ("en", "es", "fr", "pt", "ht", "it")
HEAD = '''"""Names of countries in the languages lists are written in beside English, for `country.py`.

Facts of Unicode CLDR, written by tests/holds/domain/make_country_names.py; a name that two countries bear in
different languages is left out. Each line: alpha-2, alpha-3 (`-`: see country.py), names.
"""

TABLE = """
'''


def cldr_names() -> dict[str, set[str]]:
    """Folded name -> the alpha-2 codes it stands for in any of the languages."""
    known, names = all_country_codes(), defaultdict(set)
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in known:
                names[_fold(re.sub(r"[\[(].*", "", name))].add(code)
    return names


def made() -> str:
    """The module's text."""
    by_code: dict[str, list[str]] = defaultdict(list)
    for name, codes in sorted(cldr_names().items()):
        if len(codes) == 1 and name:
            by_code[next(iter(codes))].append(name)
    return HEAD + "".join(_entry(code, names) for code, names in sorted(by_code.items())) + '"""\n'


def _entry(code: str, names: list[str]) -> str:
    """One country; a line is broken behind a comma alone, which is how the reader knows that it goes on."""
    glued = ", ".join(name.replace(" ", GLUE) for name in names)
    return textwrap.fill(f"{code}{GLUE}-{GLUE}{glued}", 108).replace(GLUE, " ") + "\n"


def _fold(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’‘`]", "", plain)).strip()


if __name__ == "__main__":
    TARGET.write_text(made(), encoding="utf-8")
