"""What providers report of a message on its way, in our words. Never service: nobody was handed anything.

Sources: Twilio, *Message status values* and *Call status values*; SendGrid, *Event Webhook reference*.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from notify.domain.delivery import State

OF_A_TEXT = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), State.ACCEPTED),
    **dict.fromkeys(("delivered", "read"), State.DELIVERED),
    **dict.fromkeys(("undelivered", "failed", "canceled"), State.FAILED),
}
OF_A_CALL = {
    **dict.fromkeys(("queued", "initiated", "ringing", "in-progress"), State.ACCEPTED),
    "completed": State.DELIVERED,
    **dict.fromkeys(("busy", "no-answer", "failed", "canceled"), State.FAILED),
}
OF_A_MAIL = {
    **dict.fromkeys(("processed", "deferred"), State.ACCEPTED),
    "delivered": State.DELIVERED,
    # Both come after "delivered", too: the mailbox took it and gave it back, or its owner wants none.
    **dict.fromkeys(("bounce", "spamreport"), State.RETURNED),
    "dropped": State.FAILED,
}
"""What is not named moves nothing: an opened mail or a followed link tells nothing of who read it."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """One event about one attempt. `event_id` is the provider's, or made of what never comes twice; `code`
    names nobody."""

    provider: str
    event_id: str
    attempt_id: uuid.UUID
    state: State
    code: str | None = None
    occurred_at: dt.datetime | None = None
