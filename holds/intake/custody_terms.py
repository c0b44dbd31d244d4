"""The agency's words for custody, fear screening and case status, to the codes of the record.

Everything is read by the words that decide; what decides nothing gives None, never a guess.
"""

import re
from functools import lru_cache
from typing import Literal, TypeVar

from holds.domain.posture import Posture

CustodyStatus = Literal["detained", "released", "removed", "unknown"]
CustodyEvent = Literal["detained", "transferred", "released", "removed"]
FearResult = Literal["positive", "negative", "pending"]

# "Not released" and "not in custody" decide the other way, so the denials come first.
_STATUS: tuple[tuple[CustodyStatus, str], ...] = (
    ("detained", r"not (?:been )?released|(?:still|remains?) (?:detained|in)|re-?detained"),
    ("released", r"not (?:currently )?(?:in (?:ice )?custody|detained)|no longer (?:in|detained)"),
    ("removed", r"\b(?:removed|deported|departed|repatriated)\b"),
    ("released", r"releas|\bbond(?:ed)?\b|\bparoled?\b|recogni[sz]ance|supervision|(?:left|out of) custody"),
    ("released", r"\b(?:orec|o/?r|ror|atd|osup|isap)\b"),
    ("detained", r"detain|in (?:ice )?custody|\bheld\b|\bactive\b|booked in|^custody$"),
)
_EVENT: tuple[tuple[CustodyEvent, str], ...] = (
    ("transferred", r"transfer|\bmoved\b|change of facility"),
    ("removed", r"\b(?:removed|removal|deported|departed|repatriated)\b"),
    ("released", r"releas|\bbond|parole|recogni[sz]ance|\b(?:orec|ror|atd)\b"),
    (
        "detained",
        r"detain|book(?:ed)?[ -]?in|admit|arrest|in custody|hous(?:ing|ed)|intake|arriv|re-?assigned",
    ),
)
_FEAR: tuple[tuple[FearResult, str], ...] = (
    ("pending", r"pending|awaiting|not (?:yet )?(?:decided|completed)|scheduled|in progress|referred"),
    ("negative", r"negative|\bno (?:(?:credible|reasonable) )?fear\b|not (?:established|found|credible)"),
    ("negative", r"\bdenied\b|^n(?:eg)?\.?$"),
    ("positive", r"positive|established|\bfound\b|^(?:credible|reasonable) fear$|granted|^p(?:os)?\.?$"),
)
_POSTURE: tuple[tuple[Posture, str], ...] = (
    (Posture.CLAIMED_CITIZENSHIP, r"(?:claim\w*|assert\w*|probative).{0,24}(?:citizen|\busc\b)"),
    (Posture.CLAIMED_CITIZENSHIP, r"(?:citizen\w*|\busc\b).{0,12}claim"),
    (Posture.REINSTATED_ORDER, r"reinstat"),
    (Posture.WITHHOLDING_ONLY, r"withholding[ -]?only"),
    (Posture.NEGATIVE_FEAR, r"negative (?:credible |reasonable )?fear|fear.{0,20}negative"),
    (
        Posture.POSITIVE_FEAR_NTA,
        r"positive (?:credible |reasonable )?fear.*\b(?:nta|notice to appear)\b(?! not)",
    ),
    (Posture.NO_COURT_CASE, r"no (?:court|case|eoir|nta)|not in proceedings|nta not (?:issued|filed)"),
    (Posture.FINAL_ORDER, r"final order|ordered removed|order of removal|administratively final"),
)
_IN_PROCEEDINGS = re.compile(r"\bnta\b|notice to appear|proceedings|eoir|immigration (?:court|judge)|\b240\b")

_Code = TypeVar("_Code", bound=str)


@lru_cache(maxsize=4096)
def read_custody_status(text: str, *, released: bool = False) -> CustodyStatus:
    """Status from its text; a release date (`released`) decides where the text does not."""
    return _first(_STATUS, text) or ("released" if released else "unknown")


@lru_cache(maxsize=4096)
def read_custody_event(text: str) -> CustodyEvent | None:
    """What happened to a person's custody that day."""
    return _first(_EVENT, text)


@lru_cache(maxsize=4096)
def read_fear_result(text: str) -> FearResult | None:
    """The result of a credible or reasonable fear screening (8 CFR 208.30, 208.31)."""
    return _first(_FEAR, text)


@lru_cache(maxsize=4096)
def read_posture(text: str, *, fear: FearResult | None = None, final_order: bool = False) -> Posture | None:
    """The posture a case status tells, with the fear result and a final order's date where the text leaves it
    open.
    """
    found = _first(_POSTURE, text)
    if found:
        return found
    if final_order:
        return Posture.FINAL_ORDER
    if fear == "negative":
        return Posture.NEGATIVE_FEAR
    if fear == "positive" and _IN_PROCEEDINGS.search(text.casefold()):
        return Posture.POSITIVE_FEAR_NTA
    return None


def _first(rules: tuple[tuple[_Code, str], ...], text: str) -> _Code | None:
    lowered = text.casefold()
    return next((code for code, pattern in rules if re.search(pattern, lowered)), None)
