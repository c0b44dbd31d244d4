"""Which facilities stand at a street and number: a place keeps them when its name changes."""

import re
from collections import defaultdict
from collections.abc import Iterable
from types import MappingProxyType

from holds.matching.facility import FacilityEntry
from holds.matching.place_spelling import folded, split_words

_LONG = MappingProxyType(
    {
        "ave": "avenue", "av": "avenue", "blvd": "boulevard", "cir": "circle", "ct": "court", "dr": "drive",
        "hwy": "highway", "ln": "lane", "pkwy": "parkway", "pl": "place", "rd": "road", "rte": "route",
        "st": "street", "n": "north", "s": "south", "e": "east", "w": "west",
    }
)  # fmt: skip
_POST_BOX = re.compile(r"\b(?:p\.? ?o\.? ?)?box\b")


def street_key(address: str | None) -> str | None:
    """Number and street written out, up to the first comma; None without a number, or of a postal box."""
    plain = folded(address or "").partition(",")[0]
    words = split_words(plain.replace(".", " "))
    if len(words) < 2 or not words[0][0].isdigit() or _POST_BOX.search(plain):
        return None
    return " ".join(_LONG.get(word, word) for word in words)


class Streets:
    """The facilities of a directory by street and ZIP code, former ones too."""

    def __init__(self, entries: Iterable[FacilityEntry]) -> None:
        self._at: dict[tuple[str, str], list[FacilityEntry]] = defaultdict(list)
        for entry in entries:
            stood = dict.fromkeys(
                (key, zip_code[:5])
                for address, zip_code in ((entry.address, entry.zip), *entry.former)
                if (key := street_key(address)) and zip_code
            )
            for place in stood:
                self._at[place].append(entry)

    def at(self, address: str | None, zip_code: str | None) -> list[FacilityEntry]:
        """Who stands at that number of that street; nobody where either is not known."""
        key = street_key(address)
        return self._at.get((key, zip_code[:5]), []) if key and zip_code else []
