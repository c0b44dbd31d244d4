"""A service of which nothing is missing, as an officer's slip tells it."""

from holds.domain.service import ActOfService

PROVEN = ActOfService(
    outcome="served",
    right_person=True,
    in_private=True,
    language="es",
    own_language=True,
    marked_by_person=True,
    understood_first=True,
    understood_second=True,
)
