"""Runs spin over docs/model/gate.pml: generate a checker, compile it, search, and read what it says."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MODEL = Path(__file__).parents[2] / "docs" / "model" / "gate.pml"
DEEPEST = 1_000_000
SECONDS = 600
"""A search that takes longer, on one core, was cut short."""


class NoToolError(Exception):
    """A program is missing; the message says how to get it."""


@dataclass(frozen=True)
class Writes:
    """How often each actor may commit; what is undone counts for nothing and is tried without end."""

    clerk: int
    officer: int
    merger: int

    def defines(self) -> list[str]:
        return [
            f"-DCLERK_WRITES={self.clerk}",
            f"-DOFFICER_WRITES={self.officer}",
            f"-DMERGER_WRITES={self.merger}",
        ]


@dataclass(frozen=True)
class Search:
    """What a search saw. `exhaustive`: every reachable state was visited; `depth` steps led to an error."""

    states: int
    errors: int
    exhaustive: bool
    depth: int
    output: str


def spin() -> str:
    """The spin program, on the path."""
    found = shutil.which("spin")
    if found is None:
        raise NoToolError(
            "spin is missing: run .ci/debian-packages spin, then source .ci/debian/environment."
        )
    return found


def compiler() -> list[str]:
    """A C compiler: the machine's, else the one that comes as a wheel (`ziglang`)."""
    for name in ("cc", "gcc", "clang"):
        if shutil.which(name):
            return [name]
    # Its debug builds look for undefined behaviour, which takes longer to build than the checker.
    wheel = [sys.executable, "-m", "ziglang", "cc", "-fno-sanitize=undefined"]
    if subprocess.run([*wheel, "--version"], capture_output=True, check=False).returncode == 0:
        return wheel
    raise NoToolError("A C compiler is missing: pip install ziglang brings one.")


def build(folder: Path, writes: Writes, *defines: str, quick: bool = False) -> Path:
    """The checker of the model with these writes and variants. `quick`: to compile, for a short search."""
    cc = compiler()
    text = subprocess.run(
        [*cc, "-E", "-P", "-x", "c", *writes.defines(), *(f"-D{one}" for one in defines), str(MODEL)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (folder / "gate.pml").write_text(text)
    # Preprocessed above, with the compiler that is there; `cat` for what spin would call itself.
    done = subprocess.run(
        [spin(), "-Pcat", "-a", "gate.pml"], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode != 0 or not (folder / "pan.c").exists():
        raise AssertionError(f"spin refused the model:\n{done.stdout}{done.stderr}")
    flags = ["-O0" if quick else "-O2", "-w", "-DSAFETY", "-DCOLLAPSE", "-o", "pan", "pan.c"]
    subprocess.run([*cc, *flags], cwd=folder, check=True, capture_output=True)
    return folder / "pan"


def search(checker: Path, claim: str) -> Search:
    """Search for a state that breaks the claim. Ends of the actors are no errors (-E)."""
    try:
        done = subprocess.run(
            [str(checker), "-E", f"-m{DEEPEST}", "-N", claim],
            cwd=checker.parent,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return Search(0, 0, False, 0, f"cut short after {SECONDS} seconds")
    return read_search(done.stdout + done.stderr)


def read_search(output: str) -> Search:
    """What the checker printed. Anything that says it did not look everywhere makes it not exhaustive."""
    states = re.search(r"^\s*([\d.e+]+) states, stored", output, re.MULTILINE)
    errors = re.search(r"depth reached (\d+), errors: (\d+)", output)
    if states is None or errors is None:
        raise AssertionError(f"The search said nothing that can be read:\n{output}")
    cut = ("search not completed", "max search depth too small", "out of memory", "aborted", "truncat")
    whole = not any(sign in output.lower() for sign in cut)
    return Search(int(float(states[1])), int(errors[2]), whole and errors[2] == "0", int(errors[1]), output)
