"""`make mutants`: plant each seeded bug in a copy of the tree, and see its named test fail.

A test counts as biting where it fails: a module that cannot be read or a fixture that breaks is no catch.
"""

import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.patches import BrokenPatchError, Mutant, apply, copy_tree, mutants

SECONDS = 600
_COUNT = re.compile(r"(\d+) (passed|failed|error|errors|skipped)\b")
_ASSERTION = re.compile(r"^E\s+(\S.*)$", re.MULTILINE)


def told(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def run(tree: Path, *tests: str) -> tuple[int, dict[str, int], str]:
    """Exit code, counts and output of pytest in the tree."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--tb=short", *tests],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
        env={**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""
    counts = {word.rstrip("s"): int(number) for number, word in _COUNT.findall(last)}
    return done.returncode, counts, done.stdout + done.stderr


def plant(mutant: Mutant, tree: Path) -> tuple[bool, str]:
    """Whether the named test caught it, and the first line of why."""
    apply(mutant, tree)
    try:
        code, counts, output = run(tree, mutant.test)
    finally:
        apply(mutant, tree, "--reverse")
    if code == 1 and counts.get("failed") and not counts.get("error"):
        seen = _ASSERTION.search(output)
        return True, seen[1][:80] if seen else "failed"
    return False, f"SURVIVED or not run (exit {code}, {counts})\n{output[-2000:]}"


def main(jobs: int, names: list[str]) -> int:
    """0 where every named test passes as shipped, and every patch applies and is caught."""
    every = [one for one in mutants() if not names or one.name in names]
    with tempfile.TemporaryDirectory(prefix="holdfast-mutants-") as folder:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(jobs):
            tree = Path(folder) / f"tree-{number}"
            copy_tree(tree)
            trees.put(tree)
        tree = trees.get()
        code, counts, output = run(tree, *sorted({mutant.test for mutant in every}))
        trees.put(tree)
        if code != 0:
            told(f"As shipped, the named tests do not all pass:\n{output[-4000:]}")
            return 1
        told(f"As shipped, the named tests pass: {counts}")

        def one(mutant: Mutant) -> bool:
            tree = trees.get()
            try:
                caught, why = plant(mutant, tree)
            except BrokenPatchError as error:
                caught, why = False, str(error)
            finally:
                trees.put(tree)
            told(f"  {'caught' if caught else 'NOT   '}  {mutant.name:34} {mutant.test}\n      {why}")
            return caught

        with ThreadPoolExecutor(jobs) as pool:
            caught = sum(pool.map(one, every))
    told(f"{len(every)} mutants, {caught} caught")
    return 0 if caught == len(every) else 1


if __name__ == "__main__":
    sys.exit(main(int((sys.argv[1:] or ["2"])[0]), sys.argv[2:]))
