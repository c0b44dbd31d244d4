"""The ways a person is made to leave. A hold blocks every one of them, to every country."""

from enum import StrEnum


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
