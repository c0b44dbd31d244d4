"""Every hostile file gets its answer within ten seconds and 256 MB, and is not run, copied or repeated."""

import os
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from holds.intake.problem import IntakeError
from holds.intake.reading import read_messages
from holds.intake.workbook import read_sheets
from tests.holds.intake.corpus import MARKER, MEGABYTES, PLAIN, SECONDS, measure
from tests.holds.intake.hostile import CASES
from tests.holds.intake.old_formats import write_xls, write_xlsb
from tests.holds.intake.open_formats import write_ods, write_xlsx

_ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_gets_its_answer(tmp_path: Path, name: str) -> None:
    expected, make = CASES[name]
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    folder = tmp_path / "files"
    folder.mkdir()
    path = make(folder)
    before = sorted(folder.iterdir())
    found, said = measure(path, temporary)
    assert found.code == expected
    assert found.seconds <= SECONDS
    assert found.megabytes <= MEGABYTES
    assert MARKER not in said
    assert list(temporary.iterdir()) == []
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("writer", [write_xlsx, write_xls, write_xlsb, write_ods])
@pytest.mark.parametrize("share", [0.002, 0.2, 0.5, 0.9, 0.999])
def test_a_workbook_cut_anywhere_is_refused(tmp_path: Path, writer: object, share: float) -> None:
    assert callable(writer)
    path = writer(tmp_path / "list", [PLAIN])
    content = path.read_bytes()
    path.write_bytes(content[: max(8, int(len(content) * share))])
    with pytest.raises(IntakeError) as caught:
        read_sheets(path)
    assert caught.value.code.startswith("file.")


def run_confined(body: str) -> str:
    """Run a line in a process that has bound itself as the reading process does; what it prints."""
    script = (
        "import os, sys, socket, subprocess, tempfile\n"
        f"sys.path.insert(0, {str(_ROOT)!r})\n"
        "from holds.intake import confinement\n"
        "confinement.confine(confinement.text_allowance(0), confinement.text_allowance(0))\n"
        f"try:\n    {body}\n    print('done')\n"
        "except BaseException as error:\n    print(type(error).__name__)\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
    return done.stdout.strip() or str(done.returncode)


@pytest.mark.parametrize(
    "body",
    [
        "open('/etc/passwd')",
        "open('/tmp/holdfast-confined', 'w')",
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 9), timeout=1)",
        "subprocess.run(['true'])",
        "tempfile.TemporaryFile()",
        "bytearray(2**30)",
    ],
)
def test_the_reading_process_opens_reaches_and_takes_nothing(body: str) -> None:
    assert run_confined(body) in {"OSError", "MemoryError", "FileNotFoundError"}
    assert not Path("/tmp/holdfast-confined").exists()  # noqa: S108


def test_the_reading_process_does_not_run_for_ever() -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(_ROOT)!r})\n"
        "from holds.intake import confinement as c\n"
        "c.confine(c.Allowance(c.MEMORY, 1), c.Allowance(c.MEMORY, 1))\nwhile True: pass\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], check=False, timeout=60)
    assert done.returncode < 0


def _children() -> set[str]:
    """Process ids: other tests of this process may have left servers of theirs running."""
    return set(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="ascii").split())


def test_the_reading_process_inherits_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDFAST_CREDENTIAL", "s3cret")
    path = tmp_path / "list.csv"
    path.write_text("A#,Name\n" + "A900000001,GARCIA\n" * 200_000, encoding="utf-8")
    secret = os.open(tmp_path / "list.csv", os.O_RDONLY)
    os.set_inheritable(secret, True)
    before = _children()
    messages = read_messages(path)
    next(messages)
    children = _children() - before
    environment = b"".join(Path(f"/proc/{child}/environ").read_bytes() for child in children)
    limits = "".join(Path(f"/proc/{child}/limits").read_text(encoding="ascii") for child in children)
    opened = {entry.name for child in children for entry in Path(f"/proc/{child}/fd").iterdir()}
    messages.close()
    os.close(secret)
    assert children
    assert b"s3cret" not in environment
    assert b"HOLDFAST" not in environment
    assert opened == {"0", "1", "2"}
    bound = {line[:26].strip(): line[26:].split()[1] for line in limits.splitlines()}
    assert (bound["Max open files"], bound["Max file size"], bound["Max core file size"]) == ("3", "0", "0")
    assert int(bound["Max address space"]) <= 256 * 2**20
    assert int(bound["Max cpu time"]) <= 60


def test_who_stops_reading_leaves_no_process_behind(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("A#,Name\n" + "A900000001,GARCIA\n" * 200_000, encoding="utf-8")
    before = _children()
    (sheet,) = read_sheets(path)
    rows = sheet.rows()
    next(rows)
    assert _children() - before, "somebody reads"
    del rows
    assert not _children() - before


def test_limits_leave_the_one_who_waits_alone() -> None:
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 3
    socket.socket().close()
