"""What a location says and what a facility is, side by side: name, city, state, area of responsibility."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from holds.matching.facility_name import NameTie, Tie, compare_names, slip
from holds.matching.place import (
    Place,
    PlaceName,
    aor_code,
    city_key,
    place_name,
    read_place,
    says_no_place,
    state_code,
)
from holds.matching.place_words import COMPASS, ONE_OF_MANY, STATE_WORDS

# The likeness from which a facility that only shares words with the name is shown to a person.
SHOWN_SCORE = 60.0

# Kinds of place that no word for a jail may mean, whatever their names leave out.
_NO_JAILS = frozenset({"hold_room", "hotel", "hospital", "field_office", "program", "juvenile", "shelter"})

Agreement = Literal["agrees", "conflicts", "unknown"]
# City run together, and state.
Reading = tuple[tuple[tuple[str, ...], ...], frozenset[str], frozenset[str], frozenset[str], str | None]
Town = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A location, read. `names` are the name and any bracketed name that says its kind; never a blank one."""

    names: tuple[PlaceName, ...]
    asides: tuple[PlaceName, ...]
    cities: frozenset[str]
    states: frozenset[str]
    zip: str | None
    areas: frozenset[str]

    @property
    def reading(self) -> Reading:
        """All that it says, in words: locations of one reading have one match."""
        said = tuple([name.tokens for name in self.names])
        if self.asides:
            said = (*said, ("(",), *(name.tokens for name in self.asides))
        return (said, self.cities, self.states, self.areas, self.zip)

    @property
    def says_kind(self) -> bool:
        return any(name.kinds or name.may_mean for name in self.names)

    @property
    def says_which(self) -> bool:
        """Whether the name stands for one place in the whole country: no county's, no compass point alone."""
        return any(set(name.core) - COMPASS and not name.levels & ONE_OF_MANY for name in self.names[:1])


@dataclass(frozen=True, slots=True)
class Known:
    """A facility, read: every name it goes by, also those in brackets."""

    id: str
    names: tuple[PlaceName, ...]
    city: str
    city_words: frozenset[str]
    state: str | None
    zip: str | None
    aor: str | None
    holds_people: bool

    @property
    def of_the_agency(self) -> bool:
        """Whether a name of it says so: a processing center, a contract facility."""
        return any(name.may_mean == {"agency"} for name in self.names)

    @property
    def town(self) -> Town:
        return (self.city, self.state)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A facility beside a location."""

    known: Known
    name: NameTie
    city: Agreement
    state: Agreement
    aor: Agreement
    asides_unknown: tuple[PlaceName, ...]

    @property
    def rank(self) -> tuple[int, int, float]:
        """Best last: the tie of the names, then what of the place agrees, then the likeness."""
        places = (self.city, self.state, self.aor)
        return (self.name.tie, places.count("agrees") - places.count("conflicts"), self.name.score)

    @property
    def worth_showing(self) -> bool:
        """Whether to ask a person about it: shared words alone are chance unless the place fits too."""
        if self.state == "conflicts":
            return self.name.tie is Tie.IDENTICAL
        if self.name.tie is Tie.RELATED:
            return self.city == "agrees" or (self.city == "unknown" and self.name.score >= SHOWN_SCORE)
        return self.name.tie is not Tie.NONE

    @property
    def could_be_meant(self) -> bool:
        """Whether the name may be this facility's, in another wording or with words left out."""
        return self.name.tie >= Tie.ALIKE or self.name.shortened

    @property
    def names_it(self) -> bool:
        """Whether the facility's first name says more than a state's: those have many places of one name."""
        return any(set(name.core) - STATE_WORDS for name in self.known.names[:1])

    @property
    def borne_out(self) -> bool:
        """Whether the place speaks for the facility, beside its name, and does not speak against it."""
        if self.city == "conflicts" or self.state == "conflicts":
            return False
        if self.state == "agrees":
            return True
        return self.aor != "conflicts" and "agrees" in (self.city, self.aor)

    @property
    def evidence(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(what agrees, what disagrees)."""
        places = {"city": self.city, "state": self.state, "aor": self.aor}
        agreed = [word for word, value in places.items() if value == "agrees"]
        disagreed = [word for word, value in places.items() if value == "conflicts"]
        if self.name.tie >= Tie.SAME:
            agreed.insert(0, "name")
        if self.asides_unknown:
            disagreed.append("aside")
        return tuple(agreed), (*disagreed, *self.name.apart)


def read_asked(
    text: str, *, city: str | None, state: str | None, zip_code: str | None, aor: str | None
) -> Asked:
    """Read a location; what the text says of city and state stands beside what the row says."""
    place = read_place(text)
    plain = not place.asides and not place.joined and "cty" not in place.name.tokens
    if plain:
        return Asked(
            names=(place.name,) if place.name.tokens else (),
            asides=(),
            cities=_cities(city, place.city),
            states=_states(city, state, place.state),
            zip=_five_digits(zip_code) if zip_code else None,
            areas=_areas(aor),
        )
    ambiguous = [_with(place.name, level) for level in ("county", "city") if "cty" in place.name.tokens]
    kindly = tuple(aside for aside in place.asides if aside.kinds or aside.may_mean)
    return Asked(
        names=tuple(name for name in (place.name, *ambiguous, *kindly, place.joined) if name and name.tokens),
        asides=place.asides,
        cities=_cities(city, place.city),
        states=_states(city, state, place.state),
        zip=_five_digits(zip_code),
        areas=_areas(aor),
    )


@lru_cache(maxsize=16_384)
def _cities(column: str | None, told: str | None) -> frozenset[str]:
    """The cities that a cell (`Natchez, MS`) and the text beside it say."""
    return frozenset(filter(None, (city_key((column or "").partition(",")[0]), city_key(told))))


@lru_cache(maxsize=16_384)
def _states(city_column: str | None, column: str | None, told: str | None) -> frozenset[str]:
    after_city = (city_column or "").partition(",")[2]
    return frozenset(filter(None, (state_code(column), state_code(after_city), told)))


@lru_cache(maxsize=1024)
def _areas(column: str | None) -> frozenset[str]:
    return frozenset((code,)) if (code := aor_code(column)) else frozenset()


def _with(name: PlaceName, level: str) -> PlaceName:
    """The name with `cty`, which lists use for county and for city, read as the one or the other."""
    return place_name([level if word == "cty" else word for word in name.tokens])


def read_known(
    identity: str,
    names: Sequence[str],
    *,
    city: str | None,
    state: str | None,
    zip_code: str | None,
    aor: str | None,
    kind: str,
) -> Known:
    """Read a facility of the directory. Names that name nothing (`Redacted`) are left out."""
    own_city = city_key(city)
    read = [read_place(name) for name in names if not says_no_place(name)]
    spoken = [name for place in read for name in _names_of(place, own_city)]
    return Known(
        id=identity,
        names=tuple(dict.fromkeys(name for name in spoken if name.tokens)),
        city=own_city,
        city_words=frozenset(place_name((city or "").casefold().replace(".", " ").split()).tokens),
        state=state_code(state),
        zip=_five_digits(zip_code),
        aor=aor_code(aor),
        holds_people=kind not in _NO_JAILS,
    )


def _names_of(place: Place, own_city: str) -> list[PlaceName]:
    aliases = [aside for aside in place.asides if "".join(aside.tokens) != own_city]
    return [place.name, *aliases, *([place.joined] if place.joined and aliases else [])]


def weigh(asked: Asked, known: Known) -> Candidate:
    """Lay a facility beside a location."""
    state = _agreement(asked.states, known.state)
    city = _city_agreement(asked, known) if state != "conflicts" else "unknown"
    explained = known.city_words if city == "agrees" else frozenset[str]()
    if len(asked.names) == len(known.names) == 1 and not asked.asides:
        tie = compare_names(asked.names[0], known.names[0], explained)
        return Candidate(known, tie, city, state, _agreement(asked.areas, known.aor), ())
    ties = [compare_names(one, other, explained) for one in asked.names for other in known.names]
    # A bracket that says no kind (`(POLK)`) may be an alias, a city or a person: it only points.
    for aside in asked.asides:
        if aside not in asked.names and "".join(aside.tokens) != known.city:
            ties += [compare_names(aside, other).capped() for other in known.names]
    best = max(ties, key=lambda tie: tie.rank, default=NameTie(Tie.NONE, 0.0))
    if best.kin is None and not best.apart and (kin := next((tie.kin for tie in ties if tie.kin), None)):
        best = replace(best, kin=kin)
    return Candidate(
        known=known,
        name=best,
        city=city,
        state=state,
        aor=_agreement(asked.areas, known.aor),
        asides_unknown=tuple(aside for aside in asked.asides if not _aside_known(aside, known)),
    )


def _agreement(said: frozenset[str], known: str | None) -> Agreement:
    if not said or not known:
        return "unknown"
    return "agrees" if said == {known} else "conflicts"


def _city_agreement(asked: Asked, known: Known) -> Agreement:
    if asked.zip and asked.zip == known.zip:
        return "agrees"  # one post office; lists call it by either of two towns
    said = asked.cities or {"".join(aside.tokens) for aside in asked.asides if not aside.may_mean}
    if not said or not known.city:
        return "unknown"
    fits = [city == known.city or slip(city, known.city) for city in said]
    if all(fits):
        return "agrees"
    # A facility is named for the city it serves and stands in the next: the Denver one in Aurora.
    named_for = any(city in name.compact for city in said for name in known.names)
    return "unknown" if named_for or any(fits) or not asked.cities else "conflicts"


def _aside_known(aside: PlaceName, known: Known) -> bool:
    words = "".join(aside.tokens)
    return (
        words == known.city
        or state_code(" ".join(aside.tokens)) == known.state is not None
        or any(aside.key == name.key or set(aside.core) <= set(name.core) for name in known.names)
    )


def _five_digits(text: str | None) -> str | None:
    digits = (text or "").strip()[:5]
    return digits.zfill(5) if digits.isdecimal() else None
