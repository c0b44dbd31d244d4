"""Service: when the giving of a notice is proven (docs/terms.md), in one rule for code and schema."""

from dataclasses import dataclass

PROVEN_SQL = (
    "outcome = 'served' AND right_person AND in_private "
    "AND (own_language OR interpreted) AND (marked_by_person OR witnessed_outside) "
    "AND understood_first AND understood_second"
)
"""The same rule as `missing_for_proof`, as the CHECK of table `service`."""


@dataclass(frozen=True, kw_only=True)
class ActOfService:
    """What the slip says. `language` is a BCP 47 tag; `interpreter_id` never a guard's or a relative's."""

    outcome: str
    right_person: bool
    in_private: bool
    language: str
    own_language: bool
    interpreter_id: str | None = None
    language_variety: str | None = None
    marked_by_person: bool = False
    outside_witness: str | None = None
    understood_first: bool = False
    understood_second: bool = False

    @property
    def interpreted(self) -> bool:
        """Whether a qualified interpreter is on the slip, with ID and language variety."""
        return self.interpreter_id is not None and self.language_variety is not None

    @property
    def witnessed_outside(self) -> bool:
        """Whether somebody from outside the removing office saw it."""
        return self.outside_witness is not None


def missing_for_proof(act: ActOfService) -> tuple[str, ...]:
    """Codes of what keeps this act from being proven service; empty when it is proven."""
    needed = {
        "service.not_served": act.outcome == "served",
        "service.wrong_person": act.right_person,
        "service.not_private": act.in_private,
        "service.language": act.own_language or act.interpreted,
        "service.no_mark_or_outside_witness": act.marked_by_person or act.witnessed_outside,
        "service.not_understood": act.understood_first and act.understood_second,
    }
    return tuple(code for code, met in needed.items() if not met)
