"""What a line of a manifest is told, when a line that turned red raises an alarm, and what may be written."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from holds.domain.decision import Decision

MOST_LINES = 2_000
MARK = re.compile(r"(?=.*[0-9])[A-Za-z0-9-]{1,8}")
LABEL = re.compile(r"(?=.*[0-9])[A-Za-z0-9 /-]{1,32}")
_NUMBER = re.compile(
    r"[0-9]{7}"  # no A-number is shorter
    r"|(?<![0-9])[0-9]{2,3}[ -][0-9]{3}[ -][0-9]{3}(?![0-9])"
    r"|(?<![A-Za-z])[Aa][ -]*(?:[0-9][ /-]*){7}"
)
WATCHED_AFTER = dt.timedelta(days=30)
"""How long after its departure, or the hour it should have left, a manifest is watched for a recall. Then a
task says that it ended; whoever's own boarding is on record is watched without an end."""

CLOSELY_AFTER = dt.timedelta(days=3)
"""How long after its departure it is looked at every second; from then on, when everybody has arrived, every
minute."""

UNREPORTED_AFTER = dt.timedelta(days=7)
"""How long after its planned departure nobody may have reported it before it is a person's task: somebody
must say whether the journey took place."""


class Instruction(StrEnum):
    PROCEED = "proceed"
    DO_NOT_BOARD = "do_not_board"
    DEPLANE = "deplane"
    RECALL = "recall"


@dataclass(frozen=True, kw_only=True)
class LineFacts:
    """A line as it stands: what it was answered, what holds it now, and how far its journey has come.

    `held_now`: somebody found under the line's indexes has a hold. `struck`: reported as not aboard.
    `overdue`: the hour of leaving has passed and no departure was reported, so people may be aboard.
    """

    decision: Decision
    compared: bool
    held_now: bool
    boarded: bool
    overdue: bool
    departed: bool
    struck: bool


def names_nobody(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether a mark or label is a short reference: a digit in it, which names have not, and no A-number."""
    return bool(pattern.fullmatch(text)) and not _NUMBER.search(text)


def red(line: LineFacts) -> bool:
    """Whether nobody may travel on this line."""
    return line.decision is Decision.BLOCKED or line.held_now


def instruct(line: LineFacts) -> Instruction:
    """What the field office is told at this moment: whoever was never compared waits until they were."""
    if not red(line):
        return Instruction.PROCEED if line.compared else Instruction.DO_NOT_BOARD
    if line.struck and not line.boarded:  # a boarding on record weighs more than the report of an absence
        return Instruction.DO_NOT_BOARD
    if line.departed:
        return Instruction.RECALL
    if line.boarded or (line.overdue and line.decision is not Decision.BLOCKED):
        return Instruction.DEPLANE
    return Instruction.DO_NOT_BOARD


def tell_carrier(line: LineFacts) -> Instruction:
    """A carrier is told two words."""
    proceeds = instruct(line) is Instruction.PROCEED
    return Instruction.PROCEED if proceeds else Instruction.DO_NOT_BOARD


def alarms(line: LineFacts) -> bool:
    """Whether this state is news: a line that was green, or a blocked one that is aboard all the same."""
    if not red(line):
        return False
    return line.decision is not Decision.BLOCKED or instruct(line) is not Instruction.DO_NOT_BOARD
