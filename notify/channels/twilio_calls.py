"""What the two Twilio channels share: a client with time-outs and no log, and what its errors mean."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from notify.domain.channel import Accepted, NotProcessed, Rejected, Unclear

SECONDS = 10
TOO_MANY = 429
_SILENT = logging.getLogger("notify.channels.twilio_calls")
_SILENT.disabled = True  # the client logs numbers and texts


@dataclass(frozen=True, kw_only=True)
class TwilioAccount:
    """Credentials and sender. `base_url` replaces the provider's own for a test; `webhook_url` is where it
    reports, without a trailing slash."""

    account_sid: str
    auth_token: str = field(repr=False)
    from_number: str
    messaging_service_sid: str = ""
    base_url: str = ""
    webhook_url: str = ""

    def client(self) -> Client:
        """A client with a pool and a time-out; the library itself has none."""
        client = Client(
            self.account_sid, self.auth_token, http_client=TwilioHttpClient(timeout=SECONDS, logger=_SILENT)
        )
        if self.base_url:
            client.api.base_url = self.base_url
        return client

    def callback(self, attempt_id: object) -> str | None:
        """Where the provider reports on one attempt."""
        return f"{self.webhook_url}/webhooks/twilio/{attempt_id}" if self.webhook_url else None


def handed_over(call: Callable[[], str | None]) -> Accepted:
    """Make the call and return its SID, or raise what the error means.

    Only 429 says that nothing was processed. A 5xx, a time-out or a broken line may all come after the
    message was taken, and Twilio has no idempotency key.
    """
    try:
        sid = call()
    except TwilioRestException as error:
        code = f"twilio.{error.code or error.status}"
        if error.status == TOO_MANY:
            raise NotProcessed(code) from None
        if 400 <= error.status < 500:
            raise Rejected(code) from None
        raise Unclear(code) from None
    except (RequestException, TwilioException, ValueError) as error:
        raise Unclear(f"twilio.{type(error).__name__}") from None
    if not sid:
        raise Unclear("twilio.no_sid")
    return Accepted(sid)
