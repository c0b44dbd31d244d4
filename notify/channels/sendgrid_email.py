"""E-mail by SendGrid (v3 Mail Send), with every kind of tracking off."""

from dataclasses import dataclass, field
from typing import Any

from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient
from sendgrid.helpers.mail import (
    ClickTracking,
    Content,
    CustomArg,
    From,
    Mail,
    OpenTracking,
    Subject,
    SubscriptionTracking,
    To,
    TrackingSettings,
)

from notify.domain.channel import Accepted, NotProcessed, Outgoing, Rejected, Unclear

SECONDS = 10
TOO_MANY = 429


@dataclass(frozen=True, kw_only=True)
class SendgridAccount:
    """Key and sender; `host` replaces the provider's own for a test."""

    api_key: str = field(repr=False)
    from_email: str
    from_name: str
    host: str = ""


@dataclass(frozen=True)
class SendgridEmail:
    """One mail a call, since one attempt is one mail."""

    account: SendgridAccount
    client: Any = field(repr=False)
    name: str = "sendgrid_email"
    repeatable: bool = False

    @classmethod
    def of(cls, account: SendgridAccount) -> "SendgridEmail":
        """The channel of an account. The library has no time-out of its own."""
        client = SendGridAPIClient(account.api_key, **({"host": account.host} if account.host else {}))
        client.client.timeout = SECONDS
        return cls(account, client)

    def send(self, outgoing: Outgoing) -> Accepted:
        """Send one mail; events about it carry the attempt's id. Only 429 says that nothing was processed."""
        try:
            body = self._mail(outgoing).get()
        except (KeyError, TypeError, ValueError):
            # The library reads the address before anything is sent.
            raise Rejected("sendgrid.address") from None
        try:
            answer = self.client.client.mail.send.post(request_body=body)
        except HTTPError as error:
            code = f"sendgrid.{error.status_code}"
            if error.status_code == TOO_MANY:
                raise NotProcessed(code) from None
            if 400 <= error.status_code < 500:
                raise Rejected(code) from None
            raise Unclear(code) from None
        except (OSError, ValueError) as error:
            raise Unclear(f"sendgrid.{type(error).__name__}") from None
        reference = answer.headers.get("X-Message-Id")
        if answer.status_code >= 300 or not reference:
            raise Unclear(f"sendgrid.{answer.status_code}")
        return Accepted(str(reference))

    def _mail(self, outgoing: Outgoing) -> Mail:
        mail = Mail()
        mail.from_email = From(self.account.from_email, self.account.from_name)
        mail.to = To(outgoing.address)
        mail.subject = Subject(outgoing.subject)
        mail.content = [Content("text/plain", outgoing.text), Content("text/html", outgoing.html)]
        mail.custom_arg = CustomArg("attempt", str(outgoing.attempt_id))
        mail.tracking_settings = TrackingSettings(
            click_tracking=ClickTracking(enable=False, enable_text=False),
            open_tracking=OpenTracking(enable=False),
            subscription_tracking=SubscriptionTracking(enable=False),
        )
        return mail
