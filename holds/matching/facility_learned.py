"""What people judged of a location before, as evidence for the next list that writes it so.

A judgement is about a text in a place: the same words under another state may be another jail. So it holds
for a location that says the same, and for one that says more where the facility bears that out and nobody
judged a text nearer to it otherwise. It never holds for one that says less.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from holds.domain.place_word import Standing
from holds.matching.facility import FacilityDirectory, Location
from holds.matching.facility_judgement import FacilityMatch
from holds.matching.place import aor_code, city_key, place_key, read_place, state_code

JUDGED = "judged"
JUDGED_NONE = "judged_to_be_none"
NOT_AGREED = "judged_without_agreement"
FOUND_SINCE = "another_found_since_it_was_judged"

# What a key says of the place beside the name.
_PARTS = ("cities", "states", "aor", "zip")

Learned = Callable[[str], Standing | None]
"""What stands about the location of a key, None where nobody judged it."""


@dataclass(frozen=True, slots=True)
class PlaceKey:
    """A location as it is remembered: the words of its name written out, and what it says of the place.

    Two spellings that read alike have one key. Empty where the location says nothing; several cities or
    states where its text says one and a column another.
    """

    name: str
    cities: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    aor: str = ""
    zip: str = ""

    @property
    def text(self) -> str:
        """One text a key, for a fingerprint: it may name anybody, and is never kept itself."""
        said = (self.name, "/".join(self.cities), "/".join(self.states), self.aor)
        return "\x1f".join((*said, self.zip) if self.zip else said)

    def wider(self) -> Iterator[tuple["PlaceKey", ...]]:
        """The keys of locations that say less of the same, the nearest first, equally near ones together."""
        said: dict[str, Any] = {part: value for part in _PARTS if (value := getattr(self, part))}
        for size in reversed(range(len(said))):
            yield tuple(
                PlaceKey(self.name, **{part: said[part] for part in parts})
                for parts in combinations(said, size)
            )


def key_of(location: Location) -> PlaceKey:
    """The key of a location; what its text says of city and state stands beside what the row says."""
    place = read_place(location.text)
    column_city, _, column_state = (location.city or "").partition(",")
    states = (state_code(location.state), state_code(column_state), place.state)
    return PlaceKey(
        place_key(location.text),
        tuple(sorted({city_key(column_city), city_key(place.city)} - {""})),
        tuple(sorted({state for state in states if state})),
        aor_code(location.aor) or "",
        place.zip or "",
    )


def could_be_anywhere(location: Location) -> bool:
    """Whether a location names no place: `COUNTY JAIL`, with no city, state or ZIP code beside it.

    An area of responsibility is several states, with a county's jail in every county.
    """
    key, place = key_of(location), read_place(location.text)
    named = place.name.core or place.asides
    return not (named or key.cities or key.states or key.zip)


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
    for level in key.wider():
        near = [stands for wider in level if (stands := learned(wider.text))]
        if near:
            return _as_judged_wider(directory, location, match, near)
    return match


def _as_judged_wider(
    directory: FacilityDirectory, location: Location, match: FacilityMatch, near: Sequence[Standing]
) -> FacilityMatch:
    """What is made of what stands about texts that say less than the location, all of them as near to it."""
    words = [stands.word for stands in near]
    facilities = {word.facility_id for word in words if word and word.facility_id}
    weighed = frozenset[str]().union(*(stands.known for stands in near))
    if len(facilities) > 1 or any(stands.disputed for stands in near):
        # A facility that none of them spoke of is no part of their dispute: its place tells it apart.
        apart = match.certain and match.facility_id not in weighed
        return match if apart else _not_agreed(match)
    # Who said that a text means nothing, or cannot be told, knew less of it than this location says.
    if not facilities or not all(word and word.facility_id for word in words):
        return match
    judged = _as_judged(directory, location, match, Standing(word=words[0], known=weighed))
    return judged if _borne_out(directory, location, judged) else match


def _borne_out(directory: FacilityDirectory, location: Location, judged: FacilityMatch) -> bool:
    """Whether nothing that the location says of the place speaks against the facility it was judged to be."""
    if {"city", "state", "aor"} & set(judged.disagreed):
        return False
    if judged.facility_id is None or "city" in judged.agreed:
        return True
    key, known = key_of(location), directory.entry(judged.facility_id).zip
    return len(key.cities) < 2 and (not key.zip or not known or known[:5] == key.zip)


def _as_judged(
    directory: FacilityDirectory, location: Location, match: FacilityMatch, stands: Standing
) -> FacilityMatch:
    word = stands.word
    if word is None:
        return _not_agreed(match)
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


def _not_agreed(match: FacilityMatch) -> FacilityMatch:
    return replace(match, judgement="needs_judgement" if match.facility_id else "none", rule=NOT_AGREED)
