"""The ways a person is made to leave. A hold blocks every one of them, to every country."""

import re
from enum import StrEnum

from holds.domain.country import all_country_codes

_PLACE_CODE = re.compile(r"[A-Z]{3}[A-Z0-9]{0,5}")


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


def destination_code(text: str) -> str | None:
    """An ISO 3166-1 alpha-2 country code, or a place's code like DETLOC: 3 letters, then 5 letters or digits
    at most. None for anything else: it is kept in clear, so an address, a phone or an A-number has no room.
    """
    code = text.strip().upper()
    return code if code in all_country_codes() or _PLACE_CODE.fullmatch(code) else None
