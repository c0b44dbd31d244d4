"""`make mutation`: how many small changes to the rules the tests of the rules notice.

Each mutant is a fork in which one module of `holds.domain` is another; the tests of the rules run in it, up
to the first that fails. Tables are mutated like code, and nothing starts anew for each: hence a driver of
our own.
"""

import contextlib
import importlib.util
import multiprocessing
import os
import signal
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from multiprocessing.pool import ThreadPool
from pathlib import Path
from types import CodeType, ModuleType

import hypothesis
import pytest

from tests.mutation.operators import Mutation, mutations

ROOT = Path(__file__).parents[2]
MODULES = (
    "decision",
    "clearance",
    "release",
    "closing",
    "hold",
    "departure",
    "review",
    "judgement",
    "transmission",
    "service",
    "manifest",
    "window",
)
TESTS = "tests/holds/domain"
LEAST = 90.0
SECONDS = 120
QUIET = (
    *("-x", "--noconftest", "-p", "no:cacheprovider", "-p", "no:terminal"),
    *("-o", "addopts=--import-mode=importlib", "-W", "ignore::pytest.PytestAssertRewriteWarning"),
)


@dataclass(frozen=True)
class Planted:
    """A mutant of one module."""

    module: str
    mutation: Mutation


class _Finder:
    """Gives one module's mutated source to whoever imports it."""

    def __init__(self, name: str, source: str) -> None:
        self.name, self.source = name, source

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name == self.name else None  # type: ignore[arg-type]

    def create_module(self, _spec: ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        code: CodeType = compile(self.source, f"<mutant of {self.name}>", "exec")
        exec(code, module.__dict__)  # noqa: S102 - the project's own source, changed by one token


def tests_of(module: str) -> list[str]:
    """The tests of the rules, those of the module itself first."""
    own = f"{TESTS}/test_{module}.py"
    rest = [f"{TESTS}/test_{other}.py" for other in (*MODULES, "words") if other != module]
    return [name for name in (own, *rest) if (ROOT / name).exists()]


def notices(planted: Planted | None) -> bool:
    """Whether a test fails (or the module cannot even be read). In a process of its own."""
    signal.alarm(SECONDS)  # a mutant that never ends is noticed too: the signal ends it
    if planted is not None:
        sys.meta_path.insert(0, _Finder(f"holds.domain.{planted.module}", planted.mutation.source))
    hypothesis.settings.register_profile("mutation", database=None, derandomize=True, max_examples=30)
    hypothesis.settings.load_profile("mutation")
    own, *rest = tests_of(planted.module if planted else MODULES[0])
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):  # noqa: PTH123
        return any(pytest.main([*QUIET, *some]) != pytest.ExitCode.OK for some in ([own], rest))


def _child(planted: Planted | None) -> None:
    os._exit(1 if notices(planted) else 0)


def noticed(planted: Planted | None) -> bool:
    child = multiprocessing.get_context("fork").Process(target=_child, args=(planted,))
    child.start()
    child.join()
    return child.exitcode != 0


def told(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def equivalents() -> dict[tuple[str, str], str]:
    """Mutants that change nothing anybody could notice, with the reason."""
    listed = tomllib.loads((Path(__file__).parent / "equivalents.toml").read_text())
    return {(one["module"], one["mutation"]): one["reason"] for one in listed.get("equivalent", [])}


def all_planted(modules: Sequence[str]) -> list[Planted]:
    found = []
    for module in modules:
        source = (ROOT / "holds" / "domain" / f"{module}.py").read_text()
        found += [Planted(module, one) for one in mutations(source)]
    return found


def main(modules: Sequence[str]) -> int:
    """0 where the score is at least LEAST percent."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # the rules need none of them
    if noticed(None):
        told("As shipped, the tests of the rules do not pass.")
        return 1
    every, same = all_planted(modules), equivalents()
    asked = [one for one in every if (one.module, one.mutation.told) not in same]
    results = []
    with ThreadPool(2) as pool:
        for one, seen in zip(asked, pool.imap(noticed, asked), strict=True):
            results.append(seen)
            if not seen:
                told(f"  survived: {one.module}.py:{one.mutation.line}: {one.mutation.told}")
    for module in modules:
        of = [seen for one, seen in zip(asked, results, strict=True) if one.module == module]
        told(f"{module:14} {sum(of):4} of {len(of):4} noticed")
    score = 100 * sum(results) / len(asked)
    told(
        f"{len(asked)} mutants, {sum(results)} noticed, score {score:.1f}%; "
        f"{len(every) - len(asked)} equivalent ones left out"
    )
    return 0 if score >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or MODULES))
