"""A person who does not exist, and the notice to her."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from notify.content.facts import NeutralFacts, NoticeFacts
from notify.content.specimens import INCIDENT, NEUTRAL, SPECIMEN, specimens

FIELDS = ("name", "a_number", "birth_date", "fear_screening")
FACTS = replace(
    SPECIMEN,
    language="es",
    counsel_name=None,
    incident=replace(INCIDENT, fields=FIELDS, discovered_on=None),
)


@pytest.fixture
def notice_facts() -> Callable[..., NoticeFacts]:
    """Make her notice with changes; another kind comes with the first of its own news."""

    def make(**changes: Any) -> NoticeFacts:
        if "kind" in changes:
            changes = {"particulars": specimens(changes["kind"])[0].particulars, **changes}
        return replace(FACTS, **changes)

    return make


@pytest.fixture
def neutral_facts() -> NeutralFacts:
    return replace(NEUTRAL, language="es")
