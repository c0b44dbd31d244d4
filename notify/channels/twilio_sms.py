"""Text messages by Twilio (Programmable Messaging, Messages resource)."""

from dataclasses import dataclass, field

from twilio.base import values
from twilio.rest import Client

from notify.channels.twilio_calls import TwilioAccount, handed_over
from notify.domain.channel import Accepted, Outgoing

QUEUE_SECONDS = 4 * 3600
"""A text that waits longer for its carrier is dropped: it must not wake anybody at night."""


@dataclass(frozen=True)
class TwilioSms:
    """Nothing of a message is kept by the provider that it need not keep."""

    account: TwilioAccount
    client: Client = field(repr=False)
    name: str = "twilio_sms"
    repeatable: bool = False

    @classmethod
    def of(cls, account: TwilioAccount) -> "TwilioSms":
        """The channel of an account."""
        return cls(account, account.client())

    def send(self, outgoing: Outgoing) -> Accepted:
        """Send one text; the callback carries the attempt's id."""
        service = self.account.messaging_service_sid
        return handed_over(
            lambda: (
                self.client.messages.create(
                    to=outgoing.address,
                    from_=values.unset if service else self.account.from_number,
                    messaging_service_sid=service or values.unset,
                    body=outgoing.text,
                    status_callback=self.account.callback(outgoing.attempt_id) or values.unset,
                    validity_period=QUEUE_SECONDS,
                    content_retention="discard",
                    address_retention="obfuscate",
                    smart_encoded=False,
                    shorten_urls=False,
                ).sid
            )
        )
