"""By which channels this database sends, and in whose name: from the settings and the database's mark."""

from dataclasses import dataclass
from pathlib import Path

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from holds.domain.refusal import RefusedError
from holds.settings import SettingsError
from holds.store.database import DatabaseMark
from holds.store.engine import Database
from notify.channels.letter import LetterChannel
from notify.channels.sealed_spool import SealedSpool
from notify.channels.sendgrid_email import SendgridEmail
from notify.channels.spool import SpoolChannel
from notify.channels.twilio_sms import TwilioSms
from notify.channels.twilio_voice import TwilioVoice
from notify.domain.channel import Channel, Channels, Sender
from notify.domain.delivery import Carriage
from notify.settings import NoticeSettings

SPOOL = "spool"
LOG = structlog.get_logger("notify.transport")


class TransportRefusedError(RefusedError):
    """These channels must not be used on this database."""


@dataclass(frozen=True)
class Transport:
    """Everything sending needs beside the database."""

    channels: Channels
    sender: Sender


def spool_in(home: Path) -> SealedSpool:
    """The spool of an installation."""
    return SealedSpool(home / SPOOL)


def sender_of(database: Database) -> Sender | None:
    """Who speaks, as set in the environment; None, and a line in the log, where that is not usable.

    For the server, whose answers at the gate must not wait for the settings of letters.
    """
    try:
        settings = NoticeSettings.read()
        with database.reading() as session:
            demo = session.scalar(select(DatabaseMark.kind)) == "demo"
        return settings.sender(demo=demo)
    except (SettingsError, SQLAlchemyError) as error:
        LOG.warning("verify.not_served", error=type(error).__name__)
        return None


def transport(database: Database, settings: NoticeSettings, home: Path) -> Transport:
    """The channels as set. A demonstration reaches nobody: its database takes the spool and nothing else."""
    with database.reading() as session:
        demo = session.scalar(select(DatabaseMark.kind)) == "demo"
    outside = [name for name in ("sms", "voice", "email") if getattr(settings, name) != SPOOL]
    if demo and outside:
        names = ", ".join(f"HOLDFAST_{name.upper()}" for name in outside)
        raise TransportRefusedError(
            f"This database was made by `holdfast demo` and sends nothing out of the house; "
            f"set {names} to spool."
        )
    spool = spool_in(home)
    spooled: Channel = SpoolChannel(spool)
    return Transport(
        {
            Carriage.LETTER: LetterChannel(spool),
            Carriage.SMS: TwilioSms.of(settings.twilio) if settings.sms == "twilio" else spooled,
            Carriage.EMAIL: SendgridEmail.of(settings.sendgrid) if settings.email == "sendgrid" else spooled,
            Carriage.VOICE: TwilioVoice.of(settings.twilio) if settings.voice == "twilio" else spooled,
        },
        settings.sender(demo=demo),
    )
