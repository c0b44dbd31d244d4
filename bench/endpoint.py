"""The JSON endpoint beside a bare Flask endpoint that does one such query and insert, on the same server."""

import contextlib
import json
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.figures import Figure
from bench.ground import Ground
from holds.actions.api_clients import add_client
from holds.domain.client import Scope

WORKERS = 2
CLIENTS = 8
ROUNDS = 15
SECONDS = 1.0
BAR = 0.5
PLENTY = 2_000_000_000
OURS, BARE, NUMBER = "/api/v1/removal-checks", "/bare/check", "/bare/number"


@dataclass(frozen=True)
class Call:
    """One client's requests, as bytes, and where they go."""

    port: int
    requests: tuple[bytes, ...]


def endpoint(ground: Ground) -> list[Figure]:
    """Requests a second of each in turn, after a warm-up; the median of the rounds' ratios.

    The bar is beside the gate's own statement. A look-up of one number is no check, and informs.
    """
    with ground.database.transaction() as session:
        keys = [
            add_client(
                session,
                acting=ground.administrator,
                name=f"system-{n}",
                scope=Scope.FIELD_OFFICE,
                per_minute=PLENTY,
                daily_numbers=PLENTY,
            )
            for n in range(CLIENTS)
        ]
    with _served(ground) as port:
        calls = {path: _calls(ground, port, path, keys) for path in (BARE, NUMBER, OURS)}
        for of_one in calls.values():
            _rate(of_one, 3 * SECONDS)
        rounds = [{path: _rate(calls[path], SECONDS) for path in (BARE, OURS, NUMBER)} for _ in range(ROUNDS)]
    return [
        _figure(rounds, "beside one such query and insert", BARE, BAR),
        _figure(rounds, "beside the look-up of one number", NUMBER, None),
    ]


def _figure(rounds: list[dict[str, float]], beside: str, path: str, bar: float | None) -> Figure:
    ratios = [one[OURS] / one[path] for one in rounds]
    ours, bare = (statistics.median(one[which] for one in rounds) for which in (OURS, path))
    detail = f"ours {ours:.0f}/s, bare Flask {bare:.0f}/s; best round {max(ratios):.2f}"
    name = f"c  POST /removal-checks, {WORKERS} workers, {beside}"
    return Figure(name, statistics.median(ratios), "×", detail, bar, least=True)


def _calls(ground: Ground, port: int, path: str, keys: list[str]) -> list[Call]:
    """Each client asks for people of its own, one after another: half of them on the list."""
    everyone = [*ground.people, *ground.strangers]
    calls = []
    for n, key in enumerate(keys):
        requests = []
        for one in everyone[n :: len(keys)]:
            body = json.dumps(
                {
                    "a_number": f"A{one.number}",
                    "name": one.name,
                    "birth_date": one.born.isoformat(),
                    "country": "Cuba",
                    "departure_kind": "removal",
                    "destination": "Cuba",
                    "stage": "boarding",
                }
            ).encode()
            head = (
                f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            requests.append(head.encode() + body)
        calls.append(Call(port, tuple(requests)))
    return calls


def _rate(calls: list[Call], seconds: float) -> float:
    """Answers a second of all clients together, each a process with one connection."""
    with multiprocessing.get_context("fork").Pool(len(calls)) as pool:
        counts = pool.starmap(_ask, [(call, seconds) for call in calls])
    return sum(counts) / seconds


def _ask(call: Call, seconds: float) -> int:
    with socket.create_connection(("127.0.0.1", call.port), timeout=30) as connection:
        answered, until = 0, time.perf_counter() + seconds
        while time.perf_counter() < until:
            connection.sendall(call.requests[answered % len(call.requests)])
            status = _answer(connection)
            if status != 200:
                raise RuntimeError(f"the endpoint answered {status}")
            answered += 1
    return answered


def _answer(connection: socket.socket) -> int:
    """Read one answer whole; its status."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += connection.recv(65536)
    head, _, body = read.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return int(head.split(b" ")[1])


@contextlib.contextmanager
def _served(ground: Ground) -> Iterator[int]:
    """Granian in processes of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    environment = {
        **os.environ,
        "HOLDFAST_HOME": str(ground.home),
        "HOLDFAST_DATABASE_URL": ground.url,
        "BENCH_ACTOR": str(ground.officer.id),
        "BENCH_ORGANISATION": str(ground.officer.organisation_id),
    }
    command = [sys.executable, "-W", "ignore", "-m", "granian", "--interface", "wsgi", "--no-log"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS), "bench.served:app"]
    server = subprocess.Popen(command, env=environment)  # noqa: S603 - our own command
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _wait(port: int) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise RuntimeError("the server did not start")
