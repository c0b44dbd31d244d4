"""Where a text says somebody is held -> the facility of the directory it means, with the evidence.

A letter to the wrong facility exposes someone, so a match is made without a person only where the name agrees
word for word or differs in spelling alone, where nothing known of the place contradicts it, and where no
other facility could be meant. Everything else waits for a judgement, with the best candidate beside it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from holds.matching.facility_alone import alone_in_town, could_stand_for
from holds.matching.facility_evidence import (
    Asked,
    Candidate,
    Known,
    Reading,
    Town,
    read_asked,
    read_known,
    weigh,
)
from holds.matching.facility_index import FacilityIndex
from holds.matching.facility_name import Tie
from holds.matching.place import says_no_place

Judgement = Literal["exact", "confident", "needs_judgement", "none"]

# A name with a slip in it must be this like the facility's, and this much more like it than any other's.
SLIP_SCORE = 88.0
SLIP_MARGIN = 5.0

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


@dataclass(frozen=True, slots=True)
class Location:
    """Where a list says somebody is: a name or a DETLOC code, and what else the row says of the place."""

    text: str
    city: str | None = None
    state: str | None = None
    aor: str | None = None
    zip: str | None = None


@dataclass(frozen=True, slots=True)
class FacilityMatch:
    """A judgement and its evidence. `exact` and `confident` need nobody; `needs_judgement` names a candidate.

    An `exact` one has no runner-up where name, city and state are word for word a facility's.
    `agreed` and `disagreed` hold `code`, `name`, `city`, `state`, `aor`, and what tells the names apart
    (`part`, `kind`, `level`, `aside`); `score` is the likeness of the names, 0 to 100. Whether the facility
    is open and takes mail is for the reader of the entry to see: a match says only which place is meant.
    """

    judgement: Judgement
    facility_id: str | None
    score: float
    agreed: tuple[str, ...]
    disagreed: tuple[str, ...]
    runner_up: tuple[str, float] | None
    rule: str

    @property
    def certain(self) -> bool:
        """Whether it needs nobody to tell."""
        return self.judgement in {"exact", "confident"}


NO_MATCH = FacilityMatch("none", None, 0.0, (), (), None, "nothing_like_it")


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
        self._entry_of = {entry.id: entry for entry in self.entries}
        self._by_code: dict[str, list[int]] = defaultdict(list)
        self._index = FacilityIndex(self._known)
        for index, entry in enumerate(self.entries):
            if entry.detloc and not says_no_place(entry.detloc):
                self._by_code[entry.detloc.strip().upper()].append(index)

    def entry(self, facility_id: str) -> FacilityEntry:
        """The entry of that id. KeyError if the directory has none."""
        return self._entry_of[facility_id]

    def match_many(self, locations: Iterable[Location]) -> list[FacilityMatch]:
        """One match a location, in order; equal locations, and such as read alike, are looked at once."""
        seen: dict[Location, FacilityMatch] = {}
        alike: dict[Reading, FacilityMatch] = {}
        matches = []
        for location in locations:
            match = seen.get(location)
            if match is None:
                match = seen[location] = self._match(location, alike)
            matches.append(match)
        return matches

    def match(self, location: Location) -> FacilityMatch:
        """The facility meant. Never raises; no location, or nothing like it, is `none`."""
        return self._match(location, {})

    def _match(self, location: Location, alike: dict[Reading, FacilityMatch]) -> FacilityMatch:
        if len(location.text) < _LONGER_THAN_NOTHING and says_no_place(location.text):
            return NO_MATCH
        by_code, rest = self._coded(location.text)
        asked = read_asked(
            rest, city=location.city, state=location.state, zip_code=location.zip, aor=location.aor
        )
        if by_code:
            candidates = [weigh(asked, self._known[index]) for index in self._index.shortlist(asked)]
            return _by_code(asked, [weigh(asked, self._known[index]) for index in by_code], candidates)
        match = alike.get(asked.reading)
        if match is None:
            match = alike[asked.reading] = self._named(asked)
        return match

    def _named(self, asked: Asked) -> FacilityMatch:
        there = self._index.of_that_name_there(asked)
        if there is not None:
            return _judged("exact", weigh(asked, self._known[there]), (), "name_city_state")
        candidates = [weigh(asked, self._known[index]) for index in self._index.shortlist(asked)]
        match = _by_name(asked, candidates, self._index.towns)
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
        return _judged("needs_judgement", fitting[0], fitting[1:], "only_the_town_agrees")

    def _coded(self, text: str) -> tuple[list[int], str]:
        """Facilities whose code the text is or carries apart from its other words, and those other words."""
        if " " in text.strip() and not _PIECES.search(text):
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


def _by_code(asked: Asked, coded: Sequence[Candidate], others: Sequence[Candidate]) -> FacilityMatch:
    best, rivals = coded[0], [one for one in others if one.known.id != coded[0].known.id]
    if len(coded) > 1:
        return _judged("needs_judgement", best, coded, "code_held_twice")
    if best.state == "conflicts":
        return _judged("needs_judgement", best, rivals, "code_in_another_state", code=True)
    other_name = asked.names and best.name.tie is Tie.NONE and asked.names[0].compact != best.known.city
    if other_name or any(one.name.tie >= Tie.SAME and one.rank > best.rank for one in rivals):
        return _judged("needs_judgement", best, rivals, "code_beside_another_name", code=True)
    return _judged("exact", best, rivals, "code", code=True)


def _by_name(
    asked: Asked, weighed: Sequence[Candidate], towns: Mapping[Town, Sequence[Known]]
) -> FacilityMatch:
    tied = sorted((one for one in weighed if one.worth_showing), key=lambda one: one.rank, reverse=True)
    possible = [one for one in tied if one.state != "conflicts"]
    if not possible:
        if tied:
            return _judged("needs_judgement", tied[0], tied, "name_in_another_state")
        return NO_MATCH
    identical = [one for one in possible if one.name.tie is Tie.IDENTICAL and one.city != "conflicts"]
    if identical:
        return _of_identical(asked, identical, possible)
    return _of_similar(possible, towns)


def _of_identical(
    asked: Asked, identical: Sequence[Candidate], possible: Sequence[Candidate]
) -> FacilityMatch:
    """Several facilities may bear one name: the place, then the area of responsibility, must leave one."""
    here = [one for one in identical if one.city == "agrees" and one.state == "agrees"]
    pool = here or [one for one in identical if one.aor == "agrees"] or identical
    best = pool[0]
    rivals = [one for one in possible if one is not best]
    if len(pool) > 1:
        return _judged("needs_judgement", best, rivals, "name_held_by_several")
    if not asked.says_kind and any(one.could_be_meant for one in rivals):
        return _judged("needs_judgement", best, rivals, "name_says_no_kind")
    # An alias may be new to the directory; a bracket that says no kind may be another town's.
    if best.asides_unknown and not (here and all(aside.kind_words for aside in best.asides_unknown)):
        settled = here and best.names_it and not any(one.could_be_meant for one in rivals)
        return _judged("confident" if settled else "needs_judgement", best, rivals, "aside_unexplained")
    if here:
        return _judged("exact", best, rivals, "name_city_state")
    return _judged(*_of_name_without_place(asked, best, identical, rivals))


def _of_name_without_place(
    asked: Asked, best: Candidate, identical: Sequence[Candidate], rivals: Sequence[Candidate]
) -> tuple[Judgement, Candidate, Sequence[Candidate], str]:
    """One facility is left that bears the name, and the location does not say both city and state."""
    judgement: Judgement = "confident"
    if best.state == "agrees" and len(identical) == 1:
        rule = "name_state"
    elif best.aor == "agrees":
        rule = "name_aor"
    elif best.aor == "conflicts" and best.state != "agrees":
        judgement, rule = "needs_judgement", "name_in_another_aor"
    elif best.city == "agrees":
        rule = "name_city"
    elif asked.says_which and not any(one.could_be_meant for one in rivals):
        rule = "name_unique"
    else:
        judgement, rule = "needs_judgement", "nothing_bears_the_name_out"
    return judgement, best, rivals, rule


def _of_similar(possible: Sequence[Candidate], towns: Mapping[Town, Sequence[Known]]) -> FacilityMatch:
    """A name that differs in spelling or in a word for its kind: something else must bear it out."""
    best = possible[0]
    rivals = [one for one in possible[1:] if not (best.aor == "agrees" and one.aor == "conflicts")]
    doubt = _doubt(best, rivals)
    if doubt:
        alone = alone_in_town(possible, towns)
        if alone is None:
            return _judged("needs_judgement", best, rivals, doubt)
        others = [one for one in possible if one is not alone]
        return _judged("confident", alone, others, str(alone.name.kin))
    rule = "same_name_other_wording" if best.name.tie is Tie.SAME else "slip_in_the_name"
    return _judged("confident", best, rivals, rule)


def _doubt(best: Candidate, rivals: Sequence[Candidate]) -> str | None:
    """Why a name that is not word for word the facility's is left to a person."""
    if best.name.tie is Tie.RELATED:
        return "name_shares_words"
    if best.name.tie is Tie.ALIKE:
        return "name_of_another_kind"
    if any(one.could_be_meant for one in rivals):
        return "several_could_be_meant"
    if not best.borne_out or best.asides_unknown:
        return "nothing_bears_the_name_out"
    nearest = max((one.name.score for one in rivals), default=0.0)
    far = best.name.score < SLIP_SCORE or best.name.score - nearest < SLIP_MARGIN
    return "slip_too_far" if best.name.tie is Tie.CLOSE and far else None


def _judged(
    judgement: Judgement, best: Candidate, rivals: Sequence[Candidate], rule: str, *, code: bool = False
) -> FacilityMatch:
    agreed, disagreed = best.evidence
    others = [one for one in rivals if one.known.id != best.known.id]
    second = max(others, key=lambda one: one.rank, default=None)
    return FacilityMatch(
        judgement=judgement,
        facility_id=best.known.id,
        score=100.0 if code else round(best.name.score, 1),
        agreed=("code", *agreed) if code else agreed,
        disagreed=disagreed,
        runner_up=(second.known.id, round(second.name.score, 1)) if second else None,
        rule=rule,
    )
