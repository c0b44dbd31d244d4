"""The programs that make faults: where one is missing the test fails, and says how to have it."""

import os
import shutil
from pathlib import Path

HOW = "is not there: .ci/debian-packages strace libfaketime puts it into .ci/debian, without root too"
DEBIAN = Path(__file__).parents[2] / ".ci" / "debian"


def strace(*options: str) -> tuple[str, ...]:
    """strace with every child followed, as words of a command."""
    found = shutil.which("strace", path=f"{os.environ['PATH']}:{DEBIAN / 'usr/bin'}")
    assert found is not None, f"strace {HOW}"
    return (found, "-f", "-qq", "-o", "/dev/null", "--seccomp-bpf", *options)


def libraries() -> str:
    """Where shared libraries of packages lie that were unpacked without root."""
    return ":".join(str(path) for path in DEBIAN.glob("usr/lib/*-linux-gnu"))


def shifted_clock(by: str) -> dict[str, str]:
    """The environment of a process whose clock is off, by `+1d` or `-1d`; its monotonic clock is right."""
    places = [*DEBIAN.glob("usr/lib/*/faketime"), *Path("/usr/lib").glob("*/faketime")]
    found = [place / "libfaketime.so.1" for place in places if (place / "libfaketime.so.1").exists()]
    assert found, f"libfaketime {HOW}"
    return {"LD_PRELOAD": str(found[0]), "FAKETIME": by, "DONT_FAKE_MONOTONIC": "1", "FAKETIME_NO_CACHE": "1"}
