"""How far two names of places of detention agree, word by word. The rules decide; the score only ranks."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from holds.matching.place import PlaceName
from holds.matching.place_spelling import squeezed
from holds.matching.place_words import COMPASS, COUNTED, STATE_WORDS

# From this likeness on a misplaced space or a slip in a short form is looked for: `BOWIECO JAIL`, `C O JAIL`.
SQUEEZED_SCORE = 70.0
# Below this likeness two names share a word by chance.
RELATED_SCORE = 80.0


class Tie(IntEnum):
    """How two names are tied, the strongest last."""

    NONE = 0
    RELATED = 1
    """They share words; only a person can say whether they are one place."""
    ALIKE = 2
    """The same name, but worded as another kind of place might be: many a county has a jail *and* a
    detention center. Only a person can say, and no other facility is chosen over it."""
    CLOSE = 3
    """As SAME or IDENTICAL, but for a slip."""
    SAME = 4
    """The same name of the same kind, but for words that say nothing (`center`, `facility`); or a name that
    is no county's or city's, with another word for the kind (`processing` for `detention`)."""
    IDENTICAL = 5
    """The same words once abbreviations are written out."""


class Kin(StrEnum):
    """How two names that are not the same may be one place's, where the town knows no other it could be."""

    OTHER_KIND = "other_kind_alone_in_town"
    """The same name with another word for its kind, or none: a county's jail and its detention center."""
    CONVERTED = "converted_alone_in_town"
    """A correctional center that became a processing center."""
    WORDS_MORE = "words_more_alone_in_town"
    """One name is the other with words more, and what they share is no town's, state's or compass word."""
    OF_THE_AGENCY = "only_agency_facility_in_town"
    """The town's name and words that only the agency uses: `processing`, `contract`."""
    OF_A_PLACE = "only_facility_in_town"
    """The same, but what they share is a county's or town's name: it may have several places."""


@dataclass(frozen=True, slots=True)
class NameTie:
    """The tie of two names, their likeness 0 to 100, and what tells them apart (`part`, `kind`, `level`).

    `shortened`: the asked name may be the known one with words left out. `kin`: see `Kin`.
    `counties`: both names say that they are a county's or parish's, which is one in its state.
    """

    tie: Tie
    score: float
    apart: tuple[str, ...] = ()
    shortened: bool = False
    kin: Kin | None = None
    counties: bool = False

    @property
    def rank(self) -> tuple[int, float]:
        return (self.tie, self.score)

    def capped(self) -> "NameTie":
        """The same, but no more than RELATED."""
        return replace(self, tie=min(self.tie, Tie.RELATED), kin=None)


_THE_SAME = NameTie(Tie.IDENTICAL, 100.0)


def compare_names(asked: PlaceName, known: PlaceName, explained: AbstractSet[str] = frozenset()) -> NameTie:
    """Compare two names. `explained` are words of the city both sides agree on: either may say them.

    `LASALLE ICE PROCESSING CENTER` and `JENA/LASALLE DETENTION FACILITY` are one name in Jena, Louisiana.
    """
    if asked.text == known.text and asked.tokens:
        return _THE_SAME
    score = max(fuzz.ratio(asked.text, known.text), fuzz.ratio(asked.compact, known.compact))
    if not asked.core or not known.core:
        return NameTie(Tie.NONE, score)
    if _one_slip(asked, known, asked.compact, known.compact):
        return NameTie(Tie.CLOSE, score)
    if score >= SQUEEZED_SCORE:
        one, other = squeezed(asked.compact), squeezed(known.compact)
        if _one_slip(asked, known, one, other):
            return NameTie(Tie.CLOSE, max(score, fuzz.ratio(one, other)))
    apart = _apart(asked, known)
    shortened = _shortened(asked, known)
    core = _core_tie(asked, known, explained)
    kin = _kin(asked, known, core, apart, explained)
    if apart or core is Tie.NONE:
        core = Tie.RELATED if core or score >= RELATED_SCORE else Tie.NONE
    elif core > Tie.ALIKE and not _same_kind(asked, known, explained):
        core = Tie.ALIKE
    counties = bool(asked.levels & known.levels & {"county", "parish"}) and "local" in asked.may_mean
    return NameTie(core, score, apart, shortened, kin, counties)


def _kin(
    asked: PlaceName, known: PlaceName, core: Tie, apart: tuple[str, ...], explained: AbstractSet[str]
) -> Kin | None:
    """What the names have in common besides a tie, where the asked one says a kind that lists exchange.

    A list drops `county`, and does not change the word for the kind at the same time; it invents `county` or
    `regional` only beside the very words for the kind.
    """
    same_kind = asked.kind_words == known.kind_words
    silent = same_kind and not asked.levels | known.levels
    if asked.kinds or not (asked.may_mean or asked.parts or silent):
        return None
    if core is Tie.SAME and apart == ("kind",) and not known.kinds:
        converted = (
            not asked.levels | known.levels and {"agency", "prison"} <= asked.may_mean | known.may_mean
        )
        return Kin.CONVERTED if converted else None
    if apart or core is Tie.NONE or not (asked.levels <= known.levels or same_kind):
        return None
    if core is Tie.SAME:
        of_town = not asked.levels and asked.naming <= explained
        few = len(asked.levels ^ known.levels) <= 1
        one_change = asked.levels == known.levels or (few and asked.kind_words <= known.kind_words)
        if of_town:
            both_agency = asked.may_mean == known.may_mean == {"agency"}
            return Kin.OF_THE_AGENCY if both_agency else Kin.OF_A_PLACE
        return Kin.OTHER_KIND if one_change else None
    return _kin_by_words(asked, known, explained)


def _kin_by_words(asked: PlaceName, known: PlaceName, explained: AbstractSet[str]) -> Kin | None:
    one, other = asked.naming, known.naming
    telling = (one & other) - explained - STATE_WORDS - COMPASS
    within = one <= other | explained or other <= one | explained
    if not telling or not within or _compass(asked) != _compass(known):
        return None
    return Kin.OF_A_PLACE if asked.levels | known.levels else Kin.WORDS_MORE


def _same_kind(asked: PlaceName, known: PlaceName, explained: AbstractSet[str]) -> bool:
    """Whether what the names say of level and kind is the same, or differs as one place's names do.

    A town's name alone may be several places', so that another word for the kind is another place.
    """
    if asked.levels != known.levels:
        return False
    if asked.kind_words == known.kind_words:
        return True
    if asked.levels or asked.naming <= explained:
        return False
    return bool(asked.may_mean and known.may_mean)


def _shortened(asked: PlaceName, known: PlaceName) -> bool:
    meant = not asked.may_mean and not asked.kinds if not known.may_mean else asked.may_mean <= known.may_mean
    return (
        meant
        and asked.naming <= known.naming
        and asked.levels <= known.levels
        and asked.parts <= known.parts
        and asked.kinds <= known.kinds
    )


def _apart(asked: PlaceName, known: PlaceName) -> tuple[str, ...]:
    levels_quarrel = not (asked.levels <= known.levels or known.levels <= asked.levels)
    kinds_quarrel = asked.kinds != known.kinds or bool(
        asked.may_mean and known.may_mean and not asked.may_mean & known.may_mean
    )
    if not levels_quarrel and not kinds_quarrel and asked.parts == known.parts:
        return ()
    said = {"level": levels_quarrel, "part": asked.parts != known.parts, "kind": kinds_quarrel}
    return tuple(word for word, quarrel in said.items() if quarrel)


def _one_slip(asked: PlaceName, known: PlaceName, one: str, other: str) -> bool:
    """One letter or space wrong in the whole name, run together: `JIAL`, `HOLDROM`, `BENTONCOUNTY`.

    Not in a number, and not where what names the place is so short that it would be another name.
    """
    if OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    named = asked.key == known.key or known.naming <= asked.naming
    if not named and min(len(asked.key), len(known.key)) < 5:
        return False
    if asked.parts == known.parts:
        return True
    return asked.parts & COUNTED == known.parts & COUNTED and asked.numbers == known.numbers


def _core_tie(asked: PlaceName, known: PlaceName, explained: AbstractSet[str]) -> Tie:
    if asked.key == known.key or (asked.naming == known.naming and sorted(asked.core) == sorted(known.core)):
        return Tie.SAME
    if explained and _key_beside(asked, explained) == _key_beside(known, explained) != "":
        return Tie.SAME
    only_asked, only_known = asked.naming - known.naming, known.naming - asked.naming
    both = asked.naming & known.naming
    if both - explained and (only_asked | only_known) <= explained:
        return Tie.SAME
    if _compass(asked) == _compass(known) and slip(_plain_key(asked), _plain_key(known)):
        return Tie.CLOSE
    near = both or any(slip(one, other) for one in only_asked for other in only_known)
    return Tie.RELATED if near else Tie.NONE


def _key_beside(name: PlaceName, explained: AbstractSet[str]) -> str:
    """The core run together without the town's words: `La Salle` of `JENA/LASALLE` in Jena."""
    return "".join(word for word in name.core if word not in explained)


def _plain_key(name: PlaceName) -> str:
    if COMPASS.isdisjoint(name.naming):
        return name.key
    return "".join(word.removesuffix("ern") if word in COMPASS else word for word in name.core)


def _compass(name: PlaceName) -> frozenset[str]:
    """Where it lies; `west` and `western` are one."""
    lies = COMPASS & name.naming
    return frozenset(word.removesuffix("ern") for word in lies) if lies else lies


def slip(one: str, other: str) -> bool:
    """Whether two words differ as by a slip: one letter from five letters on, two from ten on."""
    if abs(len(one) - len(other)) > 2:
        return False
    shorter = min(len(one), len(other))
    allowed = 2 if shorter >= 10 else 1 if shorter >= 5 else 0
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed
