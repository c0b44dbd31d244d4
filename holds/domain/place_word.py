"""What people said a location means, and whether their words stand. One person's word is enough to match a
place; two who differ put it back into the queue, until the last two who spoke agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class PlaceVerdict(StrEnum):
    """`facility`: it is that one. `none`: no facility of the directory. `unsure`: it stays in the queue."""

    FACILITY = "facility"
    NONE = "none"
    UNSURE = "unsure"


@dataclass(frozen=True, kw_only=True)
class PlaceWord:
    """One judgement. `facility_id` only with the verdict `facility`; `candidate_id` is the facility that the
    matcher held it to be when it was judged, None where it knew none.
    """

    judged_by: str
    verdict: PlaceVerdict
    facility_id: str | None = None
    candidate_id: str | None = None

    @property
    def said(self) -> tuple[PlaceVerdict, str | None]:
        """What two people must both say to agree."""
        return (self.verdict, self.facility_id)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What stands of all that was said of one location: a word, or None where people differ or are unsure.

    `disputed` where the newest two differ; without it and without a word, whoever spoke last is unsure.
    `known` are the facilities that were weighed in any of the words: one that the matcher finds later is none
    of them, and asks for a new judgement.
    """

    word: PlaceWord | None
    known: frozenset[str]
    disputed: bool = False


def standing(words: Sequence[PlaceWord]) -> Standing:
    """Of the words about one location, oldest first: each person's last, and the newest two must agree.

    Whoever changes their mind withdraws their own earlier word.
    """
    last: dict[str, PlaceWord] = {}
    for word in reversed(words):
        last.setdefault(word.judged_by, word)
    newest = list(last.values())[:2]
    known = {one for word in words for one in (word.facility_id, word.candidate_id) if one}
    disputed = len({word.said for word in newest}) > 1
    agreed = bool(newest) and not disputed and newest[0].verdict is not PlaceVerdict.UNSURE
    return Standing(word=newest[0] if agreed else None, known=frozenset(known), disputed=disputed)
