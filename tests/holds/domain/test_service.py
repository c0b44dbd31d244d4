"""Service is proven only when every condition is met; the code and the schema's CHECK are one rule."""

import dataclasses
import itertools
import sqlite3
from typing import Any

import pytest

from holds.domain.service import PROVEN_SQL, ActOfService, missing_for_proof
from tests.proven import PROVEN


def test_the_right_person_in_private_in_their_language_with_a_mark_and_understood_is_proven() -> None:
    assert missing_for_proof(PROVEN) == ()


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"outcome": "refused"}, "service.not_served"),
        ({"outcome": "refused_wrong_language"}, "service.not_served"),
        ({"right_person": False}, "service.wrong_person"),
        ({"in_private": False}, "service.not_private"),
        ({"own_language": False}, "service.language"),
        ({"own_language": False, "interpreter_id": "INT-7"}, "service.language"),
        ({"own_language": False, "language_variety": "Mam of Todos Santos"}, "service.language"),
        ({"marked_by_person": False}, "service.no_mark_or_outside_witness"),
        ({"understood_first": False}, "service.not_understood"),
        ({"understood_second": False}, "service.not_understood"),
    ],
)
def test_each_missing_condition_is_named_and_keeps_the_service_unproven(
    change: dict[str, Any], missing: str
) -> None:
    assert missing_for_proof(dataclasses.replace(PROVEN, **change)) == (missing,)


@pytest.mark.parametrize(
    "change",
    [
        {"own_language": False, "interpreter_id": "INT-7", "language_variety": "K'iche' of Totonicapán"},
        {"marked_by_person": False, "outside_witness": "a chaplain"},
    ],
)
def test_an_interpreter_or_an_outside_witness_stands_in(change: dict[str, Any]) -> None:
    assert missing_for_proof(dataclasses.replace(PROVEN, **change)) == ()


def test_what_the_slip_does_not_say_is_no_proof() -> None:
    bare = ActOfService(
        outcome="served", right_person=True, in_private=True, language="es", own_language=True
    )
    assert missing_for_proof(bare) == ("service.no_mark_or_outside_witness", "service.not_understood")
    marked = dataclasses.replace(bare, marked_by_person=True)
    for half in (
        dataclasses.replace(marked, understood_first=True),
        dataclasses.replace(marked, understood_second=True),
    ):
        assert missing_for_proof(half) == ("service.not_understood",)


def test_code_and_schema_agree_on_every_slip_there_can_be() -> None:
    """All 1,536 combinations of the slip's boxes, asked of both forms of the rule."""
    boxes: dict[str, tuple[Any, ...]] = {
        "outcome": ("served", "refused", "refused_wrong_language"),
        "right_person": (False, True),
        "in_private": (False, True),
        "own_language": (False, True),
        "interpreter_id": (None, "INT-7"),
        "language_variety": (None, "Mam"),
        "marked_by_person": (False, True),
        "outside_witness": (None, "a chaplain"),
        "understood_first": (False, True),
        "understood_second": (False, True),
    }
    slips = [dict(zip(boxes, values, strict=True)) for values in itertools.product(*boxes.values())]
    acts = [ActOfService(language="es", **slip) for slip in slips]
    for slip, act in zip(slips, acts, strict=True):
        # What the schema keeps of the two names: whether they are there. The names themselves are sealed.
        slip |= {"interpreted": act.interpreted, "witnessed_outside": act.witnessed_outside}
    connection = sqlite3.connect(":memory:")
    selected = ", ".join(f":{name} AS {name}" for name in slips[0])
    asked = f"SELECT {PROVEN_SQL} FROM (SELECT {selected})"  # noqa: S608 - the rule itself is the question
    by_schema = [bool(connection.execute(asked, slip).fetchone()[0]) for slip in slips]
    connection.close()
    by_code = [not missing_for_proof(act) for act in acts]
    assert by_code == by_schema
    assert any(by_code)
