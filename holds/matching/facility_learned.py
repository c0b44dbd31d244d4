"""What people judged of a location before, as evidence for the next list that writes it so.

A judgement is about a text in a place: the same words under another state may be another jail. So it holds
for a location that says the same, and for one that says more where the facility bears that out. It never
holds for one that says less.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from holds.domain.place_word import Standing
from holds.matching.facility import FacilityDirectory, Location
from holds.matching.facility_judgement import FacilityMatch
from holds.matching.place import aor_code, city_key, place_key, read_place, state_code

JUDGED = "judged"
JUDGED_NONE = "judged_to_be_none"
NOT_AGREED = "judged_without_agreement"
FOUND_SINCE = "another_found_since_it_was_judged"

Learned = Callable[[str], Standing | None]
"""What stands about the location of a key, None where nobody judged it."""


@dataclass(frozen=True, slots=True)
class PlaceKey:
    """A location as it is remembered: the words of its name written out, and what it says of the place.

    Two spellings that read alike have one key. Empty where the location says nothing.
    """

    name: str
    city: str
    state: str
    aor: str

    @property
    def text(self) -> str:
        """One text a key, for a fingerprint: it may name anybody, and is never kept itself."""
        return "\x1f".join((self.name, self.city, self.state, self.aor))

    def wider(self) -> Iterator["PlaceKey"]:
        """The keys of locations that say less of the same, the nearest first."""
        for city, state, aor in sorted(product((True, False), repeat=3), key=sum, reverse=True):
            less = PlaceKey(
                self.name,
                self.city if city else "",
                self.state if state else "",
                self.aor if aor else "",
            )
            if less != self:
                yield less


def key_of(location: Location) -> PlaceKey:
    """The key of a location; what its text says of city and state counts as if the row said it."""
    place = read_place(location.text)
    column_city, _, column_state = (location.city or "").partition(",")
    return PlaceKey(
        place_key(location.text),
        city_key(column_city) or city_key(place.city),
        state_code(location.state) or state_code(column_state) or place.state or "",
        aor_code(location.aor) or "",
    )


def with_learned(
    directory: FacilityDirectory, asked: Iterable[tuple[Location, FacilityMatch]], learned: Learned
) -> list[FacilityMatch]:
    """The matches, each as people judged its location before; one nobody judged stays as it is."""
    seen: dict[tuple[Location, FacilityMatch], FacilityMatch] = {}
    found = []
    for pair in asked:
        if pair not in seen:
            seen[pair] = as_learned(directory, *pair, learned)
        found.append(seen[pair])
    return found


def as_learned(
    directory: FacilityDirectory, location: Location, match: FacilityMatch, learned: Learned
) -> FacilityMatch:
    """What is made of a location's match with what stands about it, or about the same text in less detail."""
    key = key_of(location)
    if not key.name:
        return match
    stands = learned(key.text)
    if stands is not None:
        return _as_judged(directory, location, match, stands)
    for wider in dict.fromkeys(key.wider()):
        stands = learned(wider.text)
        # Who said that a text means nothing knew less of it than this location says.
        if stands is None or stands.word is None or stands.word.facility_id is None:
            continue
        judged = _as_judged(directory, location, match, stands)
        if not {"city", "state", "aor"} & set(judged.disagreed):
            return judged
    return match


def _as_judged(
    directory: FacilityDirectory, location: Location, match: FacilityMatch, stands: Standing
) -> FacilityMatch:
    word = stands.word
    if word is None:
        return replace(match, judgement="needs_judgement" if match.facility_id else "none", rule=NOT_AGREED)
    another = match.facility_id is not None and match.facility_id not in stands.known
    if another and (match.certain or word.facility_id is None):
        return replace(match, judgement="needs_judgement", rule=FOUND_SINCE)
    if word.facility_id is None:
        return FacilityMatch("none", None, 0.0, (), (), None, JUDGED_NONE)
    beside = directory.beside(location, word.facility_id)
    return FacilityMatch(
        judgement="exact",
        facility_id=word.facility_id,
        score=beside.score,
        agreed=(JUDGED, *beside.agreed),
        disagreed=beside.disagreed,
        runner_up=None,
        rule=JUDGED,
    )
