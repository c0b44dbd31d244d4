"""What is judged of a location once the facilities it might mean are laid beside it.

A letter to the wrong facility exposes someone, so a match is made without a person only where the name agrees
word for word or differs in spelling alone, where nothing known of the place contradicts it, and where no
other facility could be meant. Everything else waits for a judgement, with the best candidate beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from holds.matching.facility_alone import alone_in_town
from holds.matching.facility_evidence import Asked, Candidate, Known, Town
from holds.matching.facility_name import Tie

Judgement = Literal["exact", "confident", "needs_judgement", "none"]

# A name with a slip in it must be this like the facility's, and this much more like it than any other's.
SLIP_SCORE = 88.0
SLIP_MARGIN = 5.0


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


def judge_code(asked: Asked, coded: Sequence[Candidate], others: Sequence[Candidate]) -> FacilityMatch:
    """Of a location that carries a code: `coded` are the facilities of that code."""
    best, rivals = coded[0], [one for one in others if one.known.id != coded[0].known.id]
    if len(coded) > 1:
        return judged("needs_judgement", best, coded, "code_held_twice")
    if best.state == "conflicts":
        return judged("needs_judgement", best, rivals, "code_in_another_state", code=True)
    other_name = asked.names and best.name.tie is Tie.NONE and asked.names[0].compact != best.known.city
    if other_name or any(one.name.tie >= Tie.SAME and one.rank > best.rank for one in rivals):
        return judged("needs_judgement", best, rivals, "code_beside_another_name", code=True)
    return judged("exact", best, rivals, "code", code=True)


def judge_name(
    asked: Asked, weighed: Sequence[Candidate], towns: Mapping[Town, Sequence[Known]]
) -> FacilityMatch:
    """Of a location that carries a name: `towns` are the facilities of each town that hold people."""
    tied = sorted((one for one in weighed if one.worth_showing), key=lambda one: one.rank, reverse=True)
    possible = [one for one in tied if one.state != "conflicts"]
    if not possible:
        if tied:
            return judged("needs_judgement", tied[0], tied, "name_in_another_state")
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
        return judged("needs_judgement", best, rivals, "name_held_by_several")
    if not asked.says_kind and any(one.could_be_meant for one in rivals):
        return judged("needs_judgement", best, rivals, "name_says_no_kind")
    # An alias may be new to the directory; a bracket that says no kind may be another town's.
    if best.asides_unknown and not (here and all(aside.kind_words for aside in best.asides_unknown)):
        settled = here and best.names_it and not any(one.could_be_meant for one in rivals)
        return judged("confident" if settled else "needs_judgement", best, rivals, "aside_unexplained")
    if here:
        return judged("exact", best, rivals, "name_city_state")
    return judged(*_of_name_without_place(asked, best, identical, rivals))


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
            return judged("needs_judgement", best, rivals, doubt)
        others = [one for one in possible if one is not alone]
        return judged("confident", alone, others, str(alone.name.kin))
    rule = "same_name_other_wording" if best.name.tie is Tie.SAME else "slip_in_the_name"
    return judged("confident", best, rivals, rule)


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


def judged(
    judgement: Judgement, best: Candidate, rivals: Sequence[Candidate], rule: str, *, code: bool = False
) -> FacilityMatch:
    """A match with its evidence; the best of `rivals` is the runner-up."""
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
