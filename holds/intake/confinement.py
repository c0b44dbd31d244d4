"""What the process that reads a file may use: some memory and time, and no file, network or secret at all."""

import codecs
import resource
from dataclasses import dataclass

_MEGABYTE = 1024**2
MEMORY = 240 * _MEGABYTE
"""Address space for a file that unpacks to little: what the interpreter and any honest small list need."""
SECONDS = 7
"""Processor time for such a file; the waiting side gives up a second later."""
FREE_BYTES = 32 * _MEGABYTE
LONGEST_WAIT = 45.0

_CODECS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp437")


@dataclass(frozen=True)
class Allowance:
    """Address space in bytes and processor seconds for one file."""

    memory: int
    seconds: int


def workbook_allowance(unpacked: int) -> Allowance:
    """What a workbook may use, by the bytes it says it unpacks to (a hundred thousand people: 70 MB)."""
    more = max(0, unpacked - FREE_BYTES)
    return Allowance(MEMORY + 6 * more, SECONDS + more // (16 * _MEGABYTE))


def text_allowance(size: int) -> Allowance:
    """What delimited text may use, by its size: always the same memory."""
    return Allowance(MEMORY, SECONDS + size // (2 * _MEGABYTE))


def confine(now: Allowance, at_most: Allowance) -> None:
    """Bind this process for good. What it has open stays open; nothing can be opened any more.

    Memory and time may be widened up to `at_most`. With no descriptor free there is no file, socket or pipe
    to be had, so that whatever takes over the parser can read nothing and tell nobody.
    """
    for name in _CODECS:
        codecs.lookup(name)  # the module of a codec is a file
    for limit, value, most in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, 3, 3),
        (resource.RLIMIT_AS, now.memory, at_most.memory),
        (resource.RLIMIT_CPU, now.seconds, at_most.seconds),
    ):
        _set(limit, value, most)


def widen(allowance: Allowance) -> None:
    """Raise the soft limits of memory and time within the hard ones."""
    for limit, value in ((resource.RLIMIT_AS, allowance.memory), (resource.RLIMIT_CPU, allowance.seconds)):
        _set(limit, value, resource.getrlimit(limit)[1])


def _set(limit: int, value: int, most: int) -> None:
    # Where the host allows less than we would, that is what there is.
    allowed = resource.getrlimit(limit)[1]
    if allowed != resource.RLIM_INFINITY:
        most = min(most, allowed)
    resource.setrlimit(limit, (min(value, most), most))
