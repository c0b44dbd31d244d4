"""Calls by Twilio (Programmable Voice, Calls resource): a voice that reads a short text twice."""

from dataclasses import dataclass, field

from twilio.base import values
from twilio.rest import Client
from twilio.twiml.voice_response import VoiceResponse

from notify.channels.twilio_calls import TwilioAccount, handed_over
from notify.domain.channel import Accepted, Outgoing

RING_SECONDS = 30


@dataclass(frozen=True)
class TwilioVoice:
    """No recording: a voicemail of it tells no more than the text does."""

    account: TwilioAccount
    client: Client = field(repr=False)
    name: str = "twilio_voice"
    repeatable: bool = False

    @classmethod
    def of(cls, account: TwilioAccount) -> "TwilioVoice":
        """The channel of an account."""
        return cls(account, account.client())

    def send(self, outgoing: Outgoing) -> Accepted:
        """Place one call; the callback carries the attempt's id."""
        spoken = VoiceResponse()
        spoken.say(outgoing.text, loop=2)
        return handed_over(
            lambda: (
                self.client.calls.create(
                    to=outgoing.address,
                    from_=self.account.from_number,
                    twiml=str(spoken),
                    timeout=RING_SECONDS,
                    record=False,
                    status_callback=self.account.callback(outgoing.attempt_id) or values.unset,
                ).sid
            )
        )
