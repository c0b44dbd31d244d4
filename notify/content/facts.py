"""What a notice is written from. Plain values: who fills them in decides what may be known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from notify.domain.kinds import NoticeKind


class Element(StrEnum):
    """What a notice must say: the contents of a breach notice (OMB M-17-12, section VII), and our own."""

    WHAT_HAPPENED = "what_happened"
    KINDS_OF_DATA = "kinds_of_data"
    PROTECTED = "protected"
    HOLD_MEANS = "hold_means"
    HOLD_DOES_NOT = "hold_does_not"
    NO_REASON_TO_DETAIN = "no_reason_to_detain"
    WHAT_TO_DO = "what_to_do"
    BY_WHEN = "by_when"
    SIGN_NOTHING = "sign_nothing"
    FIND_COUNSEL = "find_counsel"
    WHAT_WE_DO = "what_we_do"
    CONTACT = "contact"
    GENUINE = "genuine"


@dataclass(frozen=True)
class IncidentFacts:
    """The disclosure. `fields` are field codes (see `notify.content.exposed_fields`).

    `ended_on` is the last day it could be seen, `encrypted` is None when nobody knows.
    """

    name: str
    agency: str
    occurred_on: date
    fields: tuple[str, ...]
    ended_on: date | None = None
    encrypted: bool | None = False


@dataclass(frozen=True)
class NoticeFacts:
    """One notice to one recipient, before it becomes words.

    `language` is the recipient's BCP 47 tag; `a_number` is the number as it may be shown (masked or whole) or
    None; `posture` is one of the codes of `notify.content.postures` or None when it is not known;
    `contact_phone` is E.164 and free to call; `verify_address` is a neutral web address without scheme.
    """

    kind: NoticeKind
    reference: str
    language: str
    issued_on: date
    person_name: str = field(repr=False)
    incident: IncidentFacts
    hold_since: date
    organisation_name: str
    organisation_address: tuple[str, ...]
    contact_phone: str
    verification_code: str
    verify_address: str
    a_number: str | None = field(default=None, repr=False)
    posture: str | None = field(default=None, repr=False)
    facility_name: str | None = field(default=None, repr=False)
    housing_unit: str | None = field(default=None, repr=False)
    counsel_name: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class NeutralFacts:
    """A letter or message that must give nothing away: a code, a number to call, and nothing else."""

    reference: str
    language: str
    issued_on: date
    contact_phone: str
    verification_code: str
    verify_address: str


BlockKind = Literal["paragraph", "point", "step", "strong"]


@dataclass(frozen=True)
class Block:
    """One paragraph, bullet, numbered step or sentence that must stand out."""

    kind: BlockKind
    text: str


@dataclass(frozen=True)
class Section:
    """A headed part of a notice, and which of the elements it answers."""

    elements: tuple[Element, ...]
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class NoticeText:
    """A notice in one language: title, first lines, sections in order."""

    language: str
    title: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]

    def plain_text(self) -> str:
        """All of it as running text, a line a block."""
        lines = [self.title, *self.opening]
        for section in self.sections:
            lines += ["", section.heading, *(block.text for block in section.blocks)]
        return "\n".join(lines)
