"""The ways a person is made to leave. A hold blocks every one of them, to every country."""

from collections.abc import Collection
from enum import StrEnum

from holds.domain.country import all_country_codes


class DepartureKind(StrEnum):
    REMOVAL = "removal"
    EXPEDITED = "expedited"
    REINSTATED = "reinstated"
    VOLUNTARY_DEPARTURE = "voluntary_departure"
    WITHDRAWAL = "withdrawal"
    RETURN = "return"
    LAND_HAND_OVER = "land_hand_over"
    EXTRADITION = "extradition"


class Stage(StrEnum):
    """When it is asked: as the manifest is made, as people are brought together, as they board."""

    MANIFEST = "manifest"
    STAGING = "staging"
    BOARDING = "boarding"


MOST_LETTERS = 8


def destination_code(text: str, facilities: Collection[str]) -> str | None:
    """An ISO 3166-1 alpha-2 country code, or the DETLOC of one of these facilities; None for anything else.

    It is kept in clear. By its looks alone a code of letters is no different from a surname, so only a code
    that is on record is one.
    """
    code = text.strip().upper()
    if code in all_country_codes():
        return code
    return code if len(code) <= MOST_LETTERS and code in facilities else None
