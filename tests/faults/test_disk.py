"""SQLite's disk is full or broken: nobody is let through, and nothing that was recorded is lost."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.door import Ground, ground, served, typed
from tests.faults.state import faults, missing
from tests.faults.tools import libraries, strace

ASKED = 100 if os.environ.get("HOLDFAST_FAULTS_LONG") else 4


@pytest.fixture(scope="module")
def on_disk(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ground, Path]]:
    home = tmp_path_factory.mktemp("disk")
    path = home / "holdfast.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    with ground(f"sqlite:///{path}", home) as made:
        yield made, path


@pytest.mark.parametrize(
    ("call", "error"), [("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fdatasync", "EIO")]
)
def test_a_disk_that_takes_nothing_blocks(on_disk: tuple[Ground, Path], call: str, error: str) -> None:
    found, path = on_disk
    told = typed(found, found.record.url, found.free)
    assert told.decision == "no_active_hold"
    files = [word for end in ("", "-wal") for word in ("-P", f"{path}{end}")]
    under = strace(*files, "-e", f"inject={call}:error={error}")
    with served(found, found.record.url, *under, LD_LIBRARY_PATH=libraries()) as door:
        answers = door.ask_many(found.free, ASKED, at_once=2)
        assert [verdict.decision for verdict, _ in answers] == ["blocked"] * ASKED
    assert typed(found, found.record.url, found.free).decision == "no_active_hold"
    assert typed(found, found.record.url, found.held).decision == "blocked"
    assert missing(found.record.owner, "ledger_row", [told.reference]) == set()
    assert faults(found.record.owner) == {}
