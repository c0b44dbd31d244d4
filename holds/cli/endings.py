"""How a command says that a hold stays: an answer too, with its reasons."""

from typing import NoReturn

from holds.cli.context import emit
from holds.domain.reasons import sentence
from holds.domain.refusal import RefusedError
from holds.domain.release import Refusal


def hold_stays(as_json: bool, reference: str, refusal: Refusal, *, not_done: str) -> NoReturn:
    """JSON on standard output, where `not_done` names what did not happen; the sentences as the error."""
    opens_at = refusal.opens_at.isoformat() if refusal.opens_at else None
    if as_json:
        answer = {"hold": reference, not_done: False, "reasons": list(refusal.reasons), "opens_at": opens_at}
        emit(True, answer, "")
    when = f" Not before {opens_at}." if opens_at else ""
    raise RefusedError(f"The hold stays. {' '.join(map(sentence, refusal.reasons))}{when}")
