"""What a notice is written from. Plain values: who fills them in decides what may be known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, TypeVar

from notify.content.particulars import TAKES, Particulars, WrongParticulars
from notify.domain.kinds import READER, NoticeKind, Reader

Told = TypeVar("Told")


class Element(StrEnum):
    """What a notice must say: the contents of a breach notice (OMB M-17-12, section VII), and our own.

    Which kind says which stands in `notify.content.contents`.
    """

    NEWS = "news"
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

    `ended_on` is the last day it could be seen, `discovered_on` the day it was noticed (None: not known);
    `encrypted` is None when nobody knows.
    """

    name: str
    agency: str
    occurred_on: date
    fields: tuple[str, ...]
    ended_on: date | None = None
    encrypted: bool | None = False
    discovered_on: date | None = None


@dataclass(frozen=True)
class NoticeFacts:
    """One notice to one recipient, before it becomes words.

    `language` is the recipient's BCP 47 tag; `a_number` is the number as it may be shown (masked or whole) or
    None; `posture` is one of the codes of `notify.content.postures` or None when it is not known;
    `contact_phone` is E.164 and free to call; `verify_address` is a neutral web address without scheme.
    `particulars` are what the kind takes beside (`notify.content.particulars`); `copy_to_counsel` makes it
    the copy that counsel gets of a notice to the person. WrongParticulars where kind and particulars differ.
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
    particulars: Particulars | None = field(default=None, repr=False)
    copy_to_counsel: bool = False

    def __post_init__(self) -> None:
        wanted = TAKES[self.kind]
        given = None if self.particulars is None else type(self.particulars)
        if given is not wanted:
            takes, got = (what.__name__ if what else "nothing" for what in (wanted, given))
            raise WrongParticulars(f"A {self.kind} takes {takes}, not {got}.")

    def told(self, what: type[Told]) -> Told:
        """The particulars, as what the kind takes."""
        if not isinstance(self.particulars, what):
            raise WrongParticulars(f"A {self.kind} was asked for {what.__name__}.")
        return self.particulars

    @property
    def to_person(self) -> bool:
        """Whether the affected person reads it."""
        return READER[self.kind] is Reader.PERSON and not self.copy_to_counsel


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


def paragraphs(*texts: str) -> tuple[Block, ...]:
    """Each text a paragraph."""
    return tuple(Block("paragraph", text) for text in texts)


def points(*texts: str) -> tuple[Block, ...]:
    """Each text a bullet."""
    return tuple(Block("point", text) for text in texts)


def steps(*texts: str) -> tuple[Block, ...]:
    """Each text a step, numbered in order through its section."""
    return tuple(Block("step", text) for text in texts)


def strong(*texts: str) -> tuple[Block, ...]:
    """Each text a paragraph that stands out."""
    return tuple(Block("strong", text) for text in texts)


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
