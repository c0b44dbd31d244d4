"""The short form of `make model`: every claim in one exhaustive search, and every variant caught."""

from pathlib import Path

import pytest

from tests.model.claims import ALL, CLAIMS, SMALL, VARIANTS, Variant
from tests.model.spin import MODEL, Writes, build, read_search, search
from tests.model.verify import break_by


def test_every_property_holds_in_every_interleaving(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = search(build(tmp_path, SMALL), ALL)
    with capsys.disabled():
        print(f"\n{len(CLAIMS)} properties, {found.states:,} states, exhaustive: {found.exhaustive}")  # noqa: T201
    assert found.errors == 0, found.output
    assert found.exhaustive, found.output
    assert found.states > 1_000_000  # fewer would mean that an actor stands still


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: f"{one.name}-{one.breaks}")
def test_a_guard_taken_away_is_seen(variant: Variant, tmp_path: Path) -> None:
    found = break_by(tmp_path, variant)
    assert found.errors, f"{variant.name} breaks nothing in {found.states:,} states"


def test_each_property_is_broken_by_some_variant() -> None:
    assert {variant.breaks for variant in VARIANTS} == set(CLAIMS)
    model = MODEL.read_text()
    assert all(f"ltl {claim} " in model for claim in CLAIMS)
    assert all(variant.name in model for variant in VARIANTS)


def test_a_search_cut_short_is_not_exhaustive(tmp_path: Path) -> None:
    whole = search(build(tmp_path, Writes(0, 1, 0), quick=True), ALL)
    assert whole.exhaustive
    cut = "Warning: Search not completed\nerror: max search depth too small\n" + whole.output
    assert not read_search(cut).exhaustive
