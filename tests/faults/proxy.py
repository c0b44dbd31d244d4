"""A loopback TCP proxy before PostgreSQL that does what networks do."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

CHUNK = 65_536


class Proxy:
    """Listens on 127.0.0.1 and passes everything on to a Unix socket, until `fault` says otherwise.

    Faults: "" passes; "refuse" closes whoever comes, and those who are there; "stall" takes what is sent and
    passes nothing on; "slow" waits `delay` seconds before each piece of an answer; "cut" closes once
    `allowance` more bytes of answers have passed; "half" passes questions on, and no answer comes back.
    """

    def __init__(self, server: str) -> None:
        self.server = server
        self.fault = ""
        self.delay = 0.0
        self.allowance = 0
        self.cuts = 0
        self._lock = threading.Lock()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def inject(self, fault: str, *, delay: float = 0.0, allowance: int = 0) -> None:
        """From now on this goes wrong, on connections that stand and on new ones."""
        with self._lock:
            self.delay, self.allowance, self.fault = delay, allowance, fault
        if fault == "refuse":
            self.drop()

    def drop(self) -> None:
        """Close every connection."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            _close(pair)

    @contextlib.contextmanager
    def faulty(self, fault: str, *, delay: float = 0.0, allowance: int = 0) -> Iterator[None]:
        """The fault for a while; afterwards the network is sound, and what hung is closed."""
        self.inject(fault, delay=delay, allowance=allowance)
        try:
            yield
        finally:
            self.inject("")
            self.drop()

    def close(self) -> None:
        self._listener.close()
        self.drop()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.fault == "refuse":
                client.close()
                continue
            upstream = socket.socket(socket.AF_UNIX)
            try:
                upstream.connect(self.server)
            except OSError:
                client.close()
                upstream.close()
                continue
            with self._lock:
                self._pairs.append((client, upstream))
            for source, target, answers in ((client, upstream, False), (upstream, client, True)):
                threading.Thread(target=self._pass, args=(source, target, answers), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, answers: bool) -> None:
        try:
            while data := source.recv(CHUNK):
                if self.fault == "stall" or (self.fault == "half" and answers):
                    continue
                if self.fault == "slow" and answers:
                    time.sleep(self.delay)
                if self.fault == "cut" and answers:
                    with self._lock:
                        data, self.allowance = data[: self.allowance], max(0, self.allowance - len(data))
                        spent = self.allowance == 0
                    target.sendall(data)
                    if spent:
                        self.cuts += 1
                        break
                    continue
                target.sendall(data)
        except OSError:
            pass
        _close((source, target))


def _close(pair: tuple[socket.socket, socket.socket]) -> None:
    for one in pair:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
