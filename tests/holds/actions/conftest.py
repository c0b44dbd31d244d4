"""An office with a registered incident, and files to import."""

from pathlib import Path

import pytest

from tests.conftest import OfficeAtWork
from tests.holds.actions.lists import Lists


@pytest.fixture
def lists(office: OfficeAtWork, tmp_path: Path) -> Lists:
    """Nobody is on record yet."""
    folder = tmp_path / "lists"
    folder.mkdir()
    made = Lists(office, folder)
    made.register()
    return made
