"""Where a text says somebody is held -> the facility of the directory it means, with the evidence.

The directory finds what a location might mean; `facility_judgement` says what is made of it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from holds.matching.facility_alone import could_stand_for
from holds.matching.facility_evidence import (
    Asked,
    Reading,
    read_asked,
    read_known,
    weigh,
)
from holds.matching.facility_index import FacilityIndex
from holds.matching.facility_judgement import NO_MATCH, FacilityMatch, judge_code, judge_name, judged
from holds.matching.place import says_no_place

_WHOLE_WORD = re.compile(r"\W*(\w+)\W*")
# Longer texts are read as names, whatever they say.
_LONGER_THAN_NOTHING = 24
_PIECES = re.compile(r"[()\[\]:;,/|]|\s[-\u2013\u2014]\s")


@dataclass(frozen=True, slots=True)
class FacilityEntry:
    """A facility of the directory. `names` holds its name and aliases, `zip` five digits, `aor` a code."""

    id: str
    detloc: str | None
    names: tuple[str, ...]
    city: str | None
    state: str | None
    zip: str | None
    aor: str | None
    kind: str
    mailing: bool
    closed_on: date | None = None
    address: str | None = None
    former: tuple[tuple[str, str | None], ...] = ()
    """Streets with their ZIP codes at which lists knew it before."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a list says somebody is: a name or a DETLOC code, and what else the row says of the place."""

    text: str
    city: str | None = None
    state: str | None = None
    aor: str | None = None
    zip: str | None = None


class FacilityDirectory:
    """The facilities on record, indexed by code and by the words of their names."""

    def __init__(self, entries: Iterable[FacilityEntry]) -> None:
        self.entries = tuple(entries)
        self._known = [
            read_known(
                entry.id,
                entry.names,
                city=entry.city,
                state=entry.state,
                zip_code=entry.zip,
                aor=entry.aor,
                kind=entry.kind,
            )
            for entry in self.entries
        ]
        self._position = {entry.id: index for index, entry in enumerate(self.entries)}
        self._by_code: dict[str, list[int]] = defaultdict(list)
        self._index = FacilityIndex(self._known)
        for index, entry in enumerate(self.entries):
            if entry.detloc and not says_no_place(entry.detloc):
                self._by_code[entry.detloc.strip().upper()].append(index)

    def entry(self, facility_id: str) -> FacilityEntry:
        """The entry of that id. KeyError if the directory has none."""
        return self.entries[self._position[facility_id]]

    def match_many(self, locations: Iterable[Location]) -> list[FacilityMatch]:
        """One match a location, in order; equal locations, and such as read alike, are looked at once."""
        return list(self.each_match(locations))

    def each_match(self, locations: Iterable[Location]) -> Iterator[FacilityMatch]:
        """The same, one after the other."""
        seen: dict[tuple[str | None, ...], FacilityMatch] = {}
        alike: dict[Reading, FacilityMatch] = {}
        for location in locations:
            said = (location.text, location.city, location.state, location.aor, location.zip)
            match = seen.get(said)
            if match is None:
                match = seen[said] = self._match(location, alike)
            yield match

    def match(self, location: Location) -> FacilityMatch:
        """The facility meant. Never raises; no location, or nothing like it, is `none`."""
        return self._match(location, {})

    def beside(self, location: Location, facility_id: str) -> FacilityMatch:
        """That facility laid beside a location, whatever it is: what agrees and what does not.

        KeyError if the directory has none of that id.
        """
        known = self._known[self._position[facility_id]]
        asked = read_asked(
            location.text, city=location.city, state=location.state, zip_code=location.zip, aor=location.aor
        )
        return judged("needs_judgement", weigh(asked, known), (), "laid_beside")

    def _match(self, location: Location, alike: dict[Reading, FacilityMatch]) -> FacilityMatch:
        if len(location.text) < _LONGER_THAN_NOTHING and says_no_place(location.text):
            return NO_MATCH
        by_code, rest = self._coded(location.text)
        asked = read_asked(
            rest, city=location.city, state=location.state, zip_code=location.zip, aor=location.aor
        )
        if by_code:
            candidates = [weigh(asked, self._known[index]) for index in self._index.shortlist(asked)]
            return judge_code(asked, [weigh(asked, self._known[index]) for index in by_code], candidates)
        reading = asked.reading
        match = alike.get(reading)
        if match is None:
            match = alike[reading] = self._named(asked)
        return match

    def _named(self, asked: Asked) -> FacilityMatch:
        there = self._index.of_that_name_there(asked)
        if there is not None:
            return judged("exact", weigh(asked, self._known[there]), (), "name_city_state")
        candidates = [weigh(asked, self._known[index]) for index in self._index.shortlist(asked)]
        match = judge_name(asked, candidates, self._index.towns)
        if match.judgement == "none" or match.rule == "name_shares_words":
            return self._of_the_town(asked, match)
        return match

    def _of_the_town(self, asked: Asked, match: FacilityMatch) -> FacilityMatch:
        """A place of that town to ask about, where no name is like it or the like one is of another kind."""
        if "kind" not in match.disagreed and match.judgement != "none":
            return match
        towns = [(city, state) for city in asked.cities for state in asked.states]
        held = [weigh(asked, known) for town in towns for known in self._index.towns.get(town, ())]
        fitting = sorted(filter(could_stand_for(asked), held), key=lambda one: one.rank, reverse=True)
        if not fitting:
            return match
        return judged("needs_judgement", fitting[0], fitting[1:], "only_the_town_agrees")

    def _coded(self, text: str) -> tuple[list[int], str]:
        """Facilities whose code the text is or carries apart from its other words, and those other words."""
        if " " in text and not _PIECES.search(text) and " " in text.strip():
            return [], text
        whole = _WHOLE_WORD.fullmatch(text)
        if whole and (found := self._by_code.get(whole[1].upper())):
            return found, ""
        for piece in _PIECES.split(text):
            code = piece.strip()
            # Short codes are words too (`OAK`, `PIC`): beside other words they count in capitals only.
            found = self._by_code.get(code.upper() if len(code) > 5 else code) or []
            if found:
                return found, text.replace(piece, " ", 1)
        return [], text
