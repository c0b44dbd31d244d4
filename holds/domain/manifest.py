"""What a line of a manifest is told, and when a line that turned red raises an alarm."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from holds.domain.decision import Decision

MOST_LINES = 2_000
WATCHED_AFTER = dt.timedelta(days=3)
"""How long after its departure a manifest is still watched for a recall."""

UNREPORTED_AFTER = dt.timedelta(days=7)
"""How long after its planned departure a manifest is watched that nobody reported as departed. From then on
it is a person's task: somebody must say whether the journey took place."""


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
