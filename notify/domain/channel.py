"""What a channel is: one `send`, and errors whose type alone says what may happen next."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from notify.domain.delivery import Carriage, Form


class Sealer(Protocol):
    """The recipient's data key, as far as a channel needs it."""

    def seal(self, table: str, column: str, row_id: object, plain: bytes) -> bytes:
        """Seal a value for exactly this place."""
        ...


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who speaks. `agency` is whose leak it was; `contact_phone` is E.164 and free to call; dates are told in
    `time_zone`;
    `verify_address` is a neutral web address without scheme. `duty_phone` (E.164) is whom officers, counsel
    and our own staff call about an alarm; `pages_address` the address of the pages, without scheme, or empty.
    """

    organisation_name: str
    organisation_address: tuple[str, ...]
    agency: str
    contact_phone: str
    verify_address: str
    time_zone: str = "America/New_York"
    duty_phone: str = ""
    pages_address: str = ""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One thing to hand over, rendered and checked. `folder` sorts letters: a DETLOC code or `POST`."""

    attempt_id: uuid.UUID
    carriage: Carriage
    form: Form
    reference: str
    folder: str
    address: str = field(repr=False)
    text: str = field(repr=False, default="")
    subject: str = ""
    html: str = field(repr=False, default="")
    pdf: bytes = field(repr=False, default=b"")
    key: Sealer = field(repr=False)


@dataclass(frozen=True)
class Accepted:
    """The provider took it. `reference` is its own id for it, or the path of the spooled file."""

    reference: str


class ChannelError(Exception):
    """A send that did not end in `Accepted`. `code` is the provider's, and names nobody."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotProcessed(ChannelError):  # noqa: N818 - reads as what happened
    """The provider says it did not process it (429): it may be sent again, after `retry_seconds`."""

    def __init__(self, code: str, retry_seconds: int = 60) -> None:
        super().__init__(code)
        self.retry_seconds = retry_seconds


class Rejected(ChannelError):  # noqa: N818 - reads as what happened
    """Refused for good: another way, or a person."""


class Unclear(ChannelError):  # noqa: N818 - reads as what happened
    """It may have gone: nobody sends it again before that is known."""


class Channel(Protocol):
    """One way out. `repeatable`: doing the same attempt twice leaves one thing, so a crash may repeat it."""

    @property
    def name(self) -> str:
        """What stands on the attempt as carrier."""
        ...

    @property
    def repeatable(self) -> bool:
        """Whether an attempt cut short may be made again without asking anybody."""
        ...

    def send(self, outgoing: Outgoing) -> Accepted:
        """Hand it over, or raise `NotProcessed`, `Rejected` or `Unclear`."""
        ...


Channels = Mapping[Carriage, Channel]
