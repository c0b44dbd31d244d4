"""The seeded bugs: each a patch whose header says what it breaks and which test must see it."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
_TEST = re.compile(r"^Test: (\S+)$", re.MULTILINE)


class BrokenPatchError(Exception):
    """A patch names no test, or does not fit the tree any more."""


@dataclass(frozen=True)
class Mutant:
    """`test` is a pytest node id, of all its parameters."""

    name: str
    path: Path
    what: str
    test: str


def mutants() -> list[Mutant]:
    """All of them, by name."""
    found = []
    for path in sorted(FOLDER.glob("*.patch")):
        text = path.read_text()
        test = _TEST.search(text)
        if test is None:
            raise BrokenPatchError(f"{path.name} names no test")
        found.append(Mutant(path.stem, path, text.splitlines()[0], test[1]))
    return found


def copy_tree(into: Path) -> None:
    """The files of the project as they stand here, committed or not."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, into / name)


def apply(mutant: Mutant, tree: Path, *how: str) -> None:
    """Apply the patch (`--check`, `--reverse`), with one line of context where the rest has moved."""
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-C1", *how, str(mutant.path)],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(tree.parent)},
    )
    if done.returncode != 0:
        raise BrokenPatchError(f"{mutant.name} does not apply: {done.stderr.strip()}")
