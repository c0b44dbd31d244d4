"""What other packages add to the pages: panels in named slots, their templates, and words for tasks.

`holds` knows no notice. Where its pages show what another package knows, that package hands in a panel.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from flask import Blueprint
from markupsafe import Markup

from holds.domain.staff import Acting
from holds.queries.person_view import Event
from holds.queries.sentence import Sentence


class PersonPanel(Protocol):
    """A part of a person's page. It is asked only after the look was allowed and told to the ledger."""

    @property
    def title(self) -> Sentence: ...

    def render(self, person_id: uuid.UUID, *, acting: Acting) -> Markup: ...

    def events(self, person_id: uuid.UUID, *, acting: Acting) -> tuple[Event, ...]:
        """What it adds to the person's timeline."""


class OfficePanel(Protocol):
    """A part of the page of figures."""

    @property
    def title(self) -> Sentence: ...

    def render(self, *, acting: Acting) -> Markup: ...


@dataclass(frozen=True)
class TaskWords:
    """How a kind of task is called, what to do, and how soon harm follows (1 at once … 9 late)."""

    title: Sentence
    todo: Sentence
    harm: int


@dataclass(frozen=True)
class Panels:
    """All that was handed in. `blueprints` carry the panels' templates and own routes."""

    person: tuple[PersonPanel, ...] = ()
    office: tuple[OfficePanel, ...] = ()
    tasks: Mapping[str, TaskWords] | None = None
    blueprints: tuple[Blueprint, ...] = ()


@dataclass(frozen=True)
class RenderedPanel:
    """A panel that was asked, ready to be placed."""

    title: Sentence
    body: Markup
