"""A name that is not word for word a facility's, in a town that knows no other facility it could be.

A county's jail is called its detention center, its correctional center, or nothing at all; a prison becomes a
processing center and keeps its name. Where city and state agree and no other facility of the town could be
meant, that is one place: of the 1,478 facilities of the 2017 list that say their town, taken away one at a
time, none was then taken for another (see docs/matching.md).
"""

from collections.abc import Callable, Mapping, Sequence

from holds.matching.facility_evidence import Asked, Candidate, Known, Town
from holds.matching.facility_name import Kin


def alone_in_town(possible: Sequence[Candidate], towns: Mapping[Town, Sequence[Known]]) -> Candidate | None:
    """The one candidate whose name may be the asked one, if the place agrees and no other could be meant.

    `towns` lists the facilities of each town that hold people.
    """
    kin = [one for one in possible if one.name.kin is not None and one.known.holds_people]
    best = max(kin, key=lambda one: one.rank, default=None)
    if best is None or any(_rivals(one) for one in possible if one is not best):
        return None
    if not _place_agrees(best):
        return None
    there = towns[best.known.town]
    if best.name.kin is Kin.OF_THE_AGENCY:
        there = [one for one in there if one.of_the_agency]
    alone = best.name.kin in {Kin.OTHER_KIND, Kin.WORDS_MORE} or len(there) == 1
    return best if alone else None


def could_stand_for(asked: Asked) -> Callable[[Candidate], bool]:
    """Whether a facility of the town is one that the words for the kind may mean, to ask a person about."""
    meant = frozenset().union(*(name.may_mean for name in asked.names))
    another = any(name.kinds or name.levels & {"city", "police"} for name in asked.names)

    def fits(one: Candidate) -> bool:
        kinds = frozenset().union(*(name.may_mean for name in one.known.names))
        return bool(meant) and not another and (not kinds or bool(kinds & meant))

    return fits


def _rivals(one: Candidate) -> bool:
    return (
        one.city != "conflicts"
        and "part" not in one.name.apart
        and (one.name.kin is not None or one.could_be_meant)
    )


def _place_agrees(one: Candidate) -> bool:
    if one.city == "agrees":
        return one.state == "agrees"
    of_county = one.name.kin is Kin.OTHER_KIND and one.name.counties
    return of_county and one.city == "unknown" and one.state == "agrees"
