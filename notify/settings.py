"""Settings of the voice: who speaks, and by which way. From the environment, checked at the start."""

from base64 import b64decode
from typing import Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pydantic import SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from holds.settings import SettingsError, complaint
from notify.channels.sendgrid_email import SendgridAccount
from notify.channels.twilio_calls import TwilioAccount
from notify.content.unsafe_words import Channel, PersonWords, unsafe
from notify.domain.channel import Sender

NEEDED = ("organisation_name", "contact_phone", "verify_address")
DEMO_SENDER = {
    "organisation_name": "Holdfast demonstration office",
    "organisation_address": "1 Demonstration Plaza; Springfield, IL 62701",
    "contact_phone": "+18005550199",
    "verify_address": "verify.holdfast.invalid",
}
"""Stands in where a demonstration says nothing: a number and a name that are reserved for examples."""


class NoticeSettings(BaseSettings):
    """How notices are sent. Every field is the environment variable `HOLDFAST_` + its name.

    organisation_name, organisation_address (lines parted by `;`), contact_phone (E.164, free to call) and
    verify_address (web address without https://): who speaks, and how a reader checks it.
    duty_phone (E.164; default: contact_phone): whom officers, counsel and staff call about an alarm.
    pages_address: web address of these pages without https://, for the link in what offices are sent; must
    itself be neutral. agency: whose leak it was. time_zone: IANA zone in which dates are told.
    sms, voice: `spool` (a sealed file, the default) or `twilio`; email: `spool` or `sendgrid`.
    twilio_account_sid, twilio_auth_token, twilio_from_number, twilio_messaging_service_sid;
    sendgrid_api_key, sendgrid_from_email: needed for those. sendgrid_from_name: the sender that a mailbox
    shows; neutral, for others read it. twilio_base_url, sendgrid_host: instead of the provider's own.
    webhook_url: where providers report, https and without a trailing slash; `/webhooks/…` is added to it.
    sendgrid_webhook_keys: SendGrid's public keys for its signed events, parted by commas.
    """

    model_config = SettingsConfigDict(env_prefix="HOLDFAST_", frozen=True, extra="ignore")

    organisation_name: str = ""
    organisation_address: str = ""
    agency: str = "U.S. Immigration and Customs Enforcement"
    contact_phone: str = ""
    duty_phone: str = ""
    pages_address: str = ""
    verify_address: str = ""
    time_zone: str = "America/New_York"
    sms: Literal["spool", "twilio"] = "spool"
    voice: Literal["spool", "twilio"] = "spool"
    email: Literal["spool", "sendgrid"] = "spool"
    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_from_number: str = ""
    twilio_messaging_service_sid: str = ""
    twilio_base_url: str = ""
    sendgrid_api_key: SecretStr = SecretStr("")
    sendgrid_from_email: str = ""
    sendgrid_from_name: str = "Notices"
    sendgrid_host: str = ""
    webhook_url: str = ""
    sendgrid_webhook_keys: str = ""

    @field_validator("contact_phone", "duty_phone", "twilio_from_number")
    @classmethod
    def _dialled(cls, value: str) -> str:
        try:
            usable = not value or phonenumbers.is_possible_number(phonenumbers.parse(value, None))
        except phonenumbers.NumberParseException:
            usable = False
        if not usable:
            raise ValueError("expected a number in E.164, such as +18005550199")
        return value

    @field_validator("verify_address", "pages_address")
    @classmethod
    def _bare_address(cls, value: str) -> str:
        if "://" in value or " " in value or value.endswith("/"):
            raise ValueError("expected a web address without https:// and without a slash at its end")
        return value

    @field_validator("webhook_url", "twilio_base_url", "sendgrid_host")
    @classmethod
    def _safe_url(cls, value: str) -> str:
        local = value.startswith(("http://127.0.0.1", "http://localhost", "http://[::1]"))
        if value and (not (value.startswith("https://") or local) or value.endswith("/")):
            raise ValueError("expected an https:// address without a slash at its end")
        return value

    @field_validator("sendgrid_webhook_keys")
    @classmethod
    def _public_keys(cls, value: str) -> str:
        for key in _listed(value):
            try:
                usable = isinstance(
                    load_der_public_key(b64decode(key, validate=True)), EllipticCurvePublicKey
                )
            except ValueError:
                usable = False
            if not usable:
                raise ValueError("expected public keys as SendGrid shows them (base64), parted by commas")
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("expected an IANA time zone, such as America/Chicago") from None
        return value

    @model_validator(mode="after")
    def _providers_whole(self) -> Self:
        needed = []
        if "twilio" in (self.sms, self.voice):
            needed += ["twilio_account_sid", "twilio_auth_token"]
            needed += (
                [] if self.twilio_messaging_service_sid and self.voice == "spool" else ["twilio_from_number"]
            )
        if self.email == "sendgrid":
            needed += ["sendgrid_api_key", "sendgrid_from_email"]
        missing = [name for name in needed if not _plain(getattr(self, name))]
        if missing:
            raise ValueError(f"{_named(missing)} must be set for the providers that were chosen")
        return self

    @classmethod
    def read(cls) -> Self:
        """Read the environment, or raise `SettingsError` naming each wrong variable."""
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError(_complaint(error)) from None

    def sender(self, *, demo: bool) -> Sender:
        """Who speaks. A real database speaks for nobody until it was said for whom."""
        said = {name: getattr(self, name) for name in DEMO_SENDER}
        if demo:
            said = {name: value or DEMO_SENDER[name] for name, value in said.items()}
        missing = [name for name in NEEDED if not said[name]]
        if missing:
            raise SettingsError(f"{_named(missing)} must be set before notices are sent.")
        telling = [] if demo else self._telling()
        if telling:
            raise SettingsError(
                f"{_named(telling)} would tell whoever sees a message what it is about; choose neutral words."
            )
        lines = (line.strip() for line in said["organisation_address"].split(";"))
        return Sender(
            organisation_name=said["organisation_name"],
            organisation_address=tuple(line for line in lines if line),
            agency=self.agency,
            contact_phone=said["contact_phone"],
            verify_address=said["verify_address"],
            time_zone=self.time_zone,
            duty_phone=self.duty_phone or said["contact_phone"],
            pages_address=self.pages_address,
        )

    def _telling(self) -> list[str]:
        """Settings that stand on messages others read, and hold a word that gives their reader away."""
        seen = ["verify_address", "pages_address"]
        if self.email == "sendgrid":
            seen += ["sendgrid_from_name", "sendgrid_from_email"]
        return [
            name
            for name in seen
            if unsafe(getattr(self, name), channel=Channel.EMAIL, language="en", person=PersonWords())
        ]

    @property
    def event_keys(self) -> tuple[str, ...]:
        """SendGrid's public keys, base64 of DER."""
        return _listed(self.sendgrid_webhook_keys)

    @property
    def twilio(self) -> TwilioAccount:
        """The Twilio account of these settings."""
        return TwilioAccount(
            account_sid=self.twilio_account_sid,
            auth_token=self.twilio_auth_token.get_secret_value(),
            from_number=self.twilio_from_number,
            messaging_service_sid=self.twilio_messaging_service_sid,
            base_url=self.twilio_base_url,
            webhook_url=self.webhook_url,
        )

    @property
    def sendgrid(self) -> SendgridAccount:
        """The SendGrid account of these settings."""
        return SendgridAccount(
            api_key=self.sendgrid_api_key.get_secret_value(),
            from_email=self.sendgrid_from_email,
            from_name=self.sendgrid_from_name,
            host=self.sendgrid_host,
        )


def _plain(value: str | SecretStr) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _named(names: list[str]) -> str:
    return ", ".join(f"HOLDFAST_{name.upper()}" for name in names)


def _complaint(error: ValidationError) -> str:
    """As `holds.settings.complaint`; a rule about several settings names them itself."""
    whole = [e["msg"] for e in error.errors(include_input=False) if not e["loc"]]
    return " ".join(f"{text.removeprefix('Value error, ')}." for text in whole) or complaint(error)
