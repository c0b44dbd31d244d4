"""What is answered when a call is refused: problem+json (RFC 9457), and `blocked` in every one."""

from typing import Any, Literal

from holds.api.wire import Problem, Reason, dumped
from holds.domain.reasons import sentence

TITLES = {
    400: "This could not be read",
    401: "No key, or one that opens nothing",
    403: "Not for this key",
    404: "Nothing here",
    405: "This address takes no such request",
    406: "Answers are JSON",
    409: "Refused",
    413: "Too large",
    415: "Send JSON",
    422: "The request is not as described",
    429: "Too often",
    500: "Something failed",
    503: "No answer could be had",
}
CODES = {
    400: "request.malformed",
    401: "key.wrong",
    403: "key.scope",
    404: "address.unknown",
    405: "address.method",
    413: "request.too_large",
    415: "request.not_json",
    422: "request.not_as_described",
    429: "client.rate",
    500: "error.no_answer",
    503: "error.no_answer",
}
MEDIA_TYPE = "application/problem+json"


def reasons_of(codes: tuple[str, ...]) -> list[Reason]:
    """Codes with their sentences."""
    return [Reason(code=code, text=sentence(code)) for code in codes]


def problem_body(
    code: str, status: int, reasons: tuple[str, ...] = (), *, desk: str, carrier: bool = False
) -> dict[str, Any]:
    """The body of a refusal. A carrier is told no reasons, and its word for blocked."""
    decision: Literal["blocked", "do_not_board"] = "do_not_board" if carrier else "blocked"
    return dumped(
        Problem(
            type=f"urn:holdfast:problem:{code}",
            title=TITLES.get(status, TITLES[500 if status >= 500 else 400]),
            status=status,
            detail=sentence(code),
            code=code,
            decision=decision,
            reasons=[] if carrier else reasons_of(reasons),
            call=desk,
        )
    )
