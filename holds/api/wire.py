"""What goes over the wire: requests and answers. The OpenAPI document is made from these."""

import datetime as dt
import uuid
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, RootModel, StringConstraints

from holds.domain.decision import Decision
from holds.domain.departure import DepartureKind, Stage

PRINTED = r"^[^\x00-\x1f\x7f]*$"
REFERENCE = r"^[0-9A-Z]{10}$"

Written = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=PRINTED)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=PRINTED)]
Reference = Annotated[str, StringConstraints(pattern=REFERENCE)]


class Wire(BaseModel):
    """Nothing unknown is let through: a misspelt field would be a question half asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Asked(Wire):
    """Who is to be removed, and how. Give name and birth date: some people's number nobody knows."""

    a_number: Written = Field(description="A-number as written: seven to nine digits.")
    name: Written | None = Field(default=None, description="Name as written, in any order.")
    birth_date: dt.date | None = Field(default=None, description="Birth date, YYYY-MM-DD.")
    country: Short | None = Field(default=None, description="Country of nationality.")
    departure_kind: DepartureKind
    destination: Short = Field(description="Country the journey goes to.")


class RemovalCheck(Asked):
    """May this person be removed? Nothing but `no_active_hold` is a yes, and only at this moment."""

    stage: Stage


class ClearanceRequest(Asked):
    """Leave to board one person, for at most fifteen minutes, once; void as soon as anything changes.

    Name and birth date are needed: a clearance on a number alone would board whoever uses it."""

    name: Written = Field(description="Name as written, in any order.")
    birth_date: dt.date = Field(description="Birth date, YYYY-MM-DD.")


class Line(Wire):
    """One person on a manifest. `mark` is a seat or a line, such as 12A; no name and no A-number."""

    line: int = Field(ge=1, le=100_000)
    a_number: Written
    name: Written | None = None
    birth_date: dt.date | None = None
    country: Short | None = None
    mark: Short | None = None


class ManifestRequest(Wire):
    """A journey with everybody on it. It is watched until it departed."""

    label: Short = Field(
        description="Reference of the flight or movement, such as RP 1234; no name and no A-number."
    )
    departure_kind: DepartureKind
    destination: Short
    leaves_at: AwareDatetime
    contacts: list[Short] = Field(
        min_length=1, max_length=10, description="E-mail or telephone of whom to tell when a line turns red."
    )
    carrier: Short | None = Field(default=None, description="The carrier that may see the lines' colours.")
    lines: list[Line] = Field(min_length=1, max_length=2_000)


class DepartureReport(Wire):
    """The journey has left. Name the lines that were not aboard: a red line that was is a recall."""

    not_aboard: list[Annotated[int, Field(ge=1, le=100_000)]] = Field(max_length=2_000)


class Boarded(Wire):
    """The person boarded: this uses the clearance up, or is refused."""

    event: Literal["boarded"]
    clearance: Reference


class DepartedReport(Wire):
    """Who boarded has left. What happened is recorded also where a hold came meanwhile."""

    event: Literal["departed"]
    removal: uuid.UUID


class RemovalReport(RootModel[Annotated[Boarded | DepartedReport, Field(discriminator="event")]]):
    """A boarding or a departure, by `event`."""


class Reason(Wire):
    """A code that discloses nothing confidential, and what it means."""

    code: str
    text: str


class RemovalCheckAnswer(Wire):
    """`not_on_record` is no clearance. `reference` is the ledger row; `at` the database's time."""

    decision: Decision
    reasons: list[Reason]
    what_to_do: str
    call: str
    at: dt.datetime | None
    reference: uuid.UUID | None


class ClearanceAnswer(Wire):
    """Quote `clearance` when the person boards; `check` is the ledger row of the check behind it."""

    clearance: Reference
    issued_at: dt.datetime
    expires_at: dt.datetime
    departure_kind: DepartureKind
    destination: str
    check: uuid.UUID


class RemovalAnswer(Wire):
    """What was recorded. `alarm` is `recall` where a hold was active: turn back, and call."""

    event: Literal["boarded", "departed"]
    removal: uuid.UUID
    at: dt.datetime
    alarm: Literal["recall"] | None


class LineAnswer(Wire):
    """A line as it stands. `decision` is of its registration; `instruction` is of this moment."""

    line: int
    mark: str | None
    decision: Decision
    instruction: Literal["proceed", "do_not_board", "deplane", "recall"]
    reasons: list[Reason]


class ManifestAnswer(Wire):
    """Every line answered. `red` while any line may not travel; ask again before each stage.

    `warnings` are not empty while nobody watches: then no alarm would come."""

    manifest: Reference
    at: dt.datetime
    red: bool
    lines: list[LineAnswer]
    warnings: list[Reason]
    call: str


class HealthAnswer(Wire):
    """Whether a process looks for alarms, by the database's time; `looked_at` is null where none ever did."""

    at: dt.datetime
    watching: bool
    looked_at: dt.datetime | None
    warnings: list[Reason]
    call: str


class CarrierLine(Wire):
    """What a carrier is told of a line."""

    line: int
    instruction: Literal["proceed", "do_not_board"]


class CarrierManifest(Wire):
    """What a carrier sees of a manifest that a field office registered for it."""

    manifest: Reference
    at: dt.datetime
    lines: list[CarrierLine]
    call: str


class ManifestView(RootModel[ManifestAnswer | CarrierManifest]):
    """The manifest as the key's scope shows it."""


class TransmittedHold(Wire):
    """A hold that waits for an officer of your office: whom not to remove. What is overdue climbs."""

    reference: Reference
    hold: Reference
    kind: Literal["field_office", "facility"]
    a_numbers: list[str]
    names: list[str]
    placed_at: dt.datetime
    transmitted_at: dt.datetime
    confirm_by: dt.datetime
    overdue: bool


class TransmissionList(Wire):
    """What waits, in the order it was sent. `after` is null on the last page."""

    office: str
    at: dt.datetime
    transmissions: list[TransmittedHold]
    after: Reference | None


class AcknowledgementRequest(Wire):
    """An officer's confirmation. `officer` is their login, `code` the one-time code they made, signed in."""

    officer: Short
    code: Reference
    references: list[Reference] = Field(min_length=1, max_length=50)
    communicated_at: AwareDatetime | None = None


class AcknowledgementAnswer(Wire):
    """`acknowledged` by this call; those that were confirmed before count no more."""

    officer: str
    acknowledged: int


class Problem(Wire):
    """RFC 9457, with the code for machines. Whatever the problem, the decision is `blocked`."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    decision: Literal["blocked", "do_not_board"]
    reasons: list[Reason]
    call: str


def dumped(model: BaseModel) -> dict[str, Any]:
    """As JSON values."""
    return model.model_dump(mode="json")
