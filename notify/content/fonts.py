"""The fonts of the letters: the engine's own, and those that `make setup` put into the environment.

One family writes Latin, Cyrillic and Greek and comes with the engine; every other script has one of its own.
No other font of the machine is used, so that every machine sets the same page.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

OWN = "Libertinus Serif"
FOLDER = Path(sys.prefix) / "share" / "holdfast" / "fonts"

_FAMILIES = {
    "NotoSansArabic": "Noto Sans Arabic",
    "NotoSansArmenian": "Noto Sans Armenian",
    "NotoSansBengali": "Noto Sans Bengali",
    "NotoSansDevanagari": "Noto Sans Devanagari",
    "NotoSansEthiopic": "Noto Sans Ethiopic",
    "NotoSansGeorgian": "Noto Sans Georgian",
    "NotoSansGurmukhi": "Noto Sans Gurmukhi",
    "NotoSansSC": "Noto Sans SC",
    "NotoSansTC": "Noto Sans TC",
}
# The two Chinese fonts hold the same characters in the shapes of two countries: the letter's own comes first.
_FIRST = {"zh-Hant": "Noto Sans TC"}


@cache
def families(language: str) -> tuple[str, ...]:
    """The families a letter in a language (BCP 47) is set in, first the one that is asked first."""
    installed = [
        family
        for file, family in _FAMILIES.items()
        if all((FOLDER / f"{file}_{weight}.ttf").is_file() for weight in ("400Regular", "700Bold"))
    ]
    first = _FIRST.get(language)
    return (OWN, *sorted(installed, key=lambda family: family != first))
