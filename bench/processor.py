"""Seconds of processor: what a piece of work costs whatever else the machine is doing.

For PostgreSQL the server's own processes count too, those that have ended included.
"""

import os
import resource
from pathlib import Path

from sqlalchemy import NullPool, create_engine

_TICK = os.sysconf("SC_CLK_TCK")


def spent() -> float:
    """By this process and its children that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def spent_by_server(url: str | None) -> float:
    """By the server of this record, on this machine, since it was started; 0 where there is none."""
    if url is None or url.startswith("sqlite"):
        return 0.0
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        process: int = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        main = _stat(str(process))[1]
        everyone = [_stat(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    of_main = _stat(str(main))
    working = sum(stat[2] + stat[3] for stat in everyone if stat[1] == main)
    return (sum(of_main[2:]) + working) / _TICK


def _stat(process: str) -> tuple[int, int, int, int, int, int]:
    """Number, parent, ticks by itself in user and kernel, and by its children that have ended: proc(5)."""
    try:
        fields = Path("/proc", process, "stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has just ended
        return (0, 0, 0, 0, 0, 0)
    return (int(process), int(fields[1]), int(fields[11]), int(fields[12]), int(fields[13]), int(fields[14]))
