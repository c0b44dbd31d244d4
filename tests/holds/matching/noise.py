"""Noisy spellings of a directory's own names: abbreviations, slips, tails and footnotes, from a seed."""

import random
import string

from holds.matching.facility import FacilityDirectory, Location

_SHORT = {
    "COUNTY": "CO", "DETENTION": "DET", "CENTER": "CTR", "CORRECTIONAL": "CORR", "FACILITY": "FAC",
    "PROCESSING": "PROC", "SERVICE": "SVC", "DEPARTMENT": "DEPT",
}  # fmt: skip


def noisy_locations(directory: FacilityDirectory, count: int, seed: int) -> list[tuple[str, Location]]:
    """`count` pairs (the id meant, a location): two in five with a slip, a fifth with a tail `(CITY, ST)`, a
    tenth with a footnote; the state is always known, the city in seven of ten.
    """
    rng = random.Random(seed)
    places = [entry for entry in directory.entries if entry.city and entry.state]
    made = []
    for _ in range(count):
        entry = rng.choice(places)
        words = entry.names[0].split()
        text = " ".join(_SHORT.get(word, word) if rng.random() < 0.5 else word for word in words)
        if rng.random() < 0.4 and len(text) > 5:
            text = _slipped(text, rng)
        if rng.random() < 0.2:
            text += f" ({entry.city}, {entry.state})"
        if rng.random() < 0.1:
            text += str(rng.randrange(1, 9))
        made.append((entry.id, Location(text, entry.city if rng.random() < 0.7 else None, entry.state)))
    return made


def _slipped(text: str, rng: random.Random) -> str:
    """One letter left out, two exchanged, or one wrong."""
    at = rng.randrange(len(text) - 1)
    return rng.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + rng.choice(string.ascii_uppercase) + text[at + 1 :],
        )
    )
