"""The short form of `make mutants`: every patch fits the tree and names a test that is there."""

import re
import shutil
from pathlib import Path

import pytest

from tests.mutants.patches import ROOT, BrokenPatchError, Mutant, apply, mutants

EVERY = mutants()


@pytest.mark.parametrize("mutant", EVERY, ids=lambda one: one.name)
def test_the_patch_fits_and_its_test_is_there(mutant: Mutant, tmp_path: Path) -> None:
    for name in re.findall(r"^\+\+\+ b/(\S+)$", mutant.path.read_text(), re.MULTILINE):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    apply(mutant, tmp_path)
    with pytest.raises(BrokenPatchError):
        apply(mutant, tmp_path)
    file, _, test = mutant.test.partition("::")
    assert f"def {test}(" in (ROOT / file).read_text()


def test_there_are_at_least_twenty_five() -> None:
    assert len(EVERY) >= 25
