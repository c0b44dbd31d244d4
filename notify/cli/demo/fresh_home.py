"""Starting afresh: the demo removes what an earlier demo made, and never anything else."""

import shutil

from holds.actions.setting_up import database_kind
from holds.domain.refusal import RefusedError
from holds.settings import Settings

MADE = ("holdfast.db", "holdfast.db-wal", "holdfast.db-shm", "keys.json")
MADE_FOLDERS = ("demo", "spool", "documents", "heads")


class NotOursError(RefusedError):
    """What stands in the way was not made by a demo; nothing was touched."""


def start_afresh(settings: Settings) -> None:
    """Clear the home folder of an earlier demo, or raise `NotOursError`."""
    if settings.database_url or settings.keys_file or settings.heads_folder:
        raise NotOursError(
            "The demo makes a database of its own under HOLDFAST_HOME: unset HOLDFAST_DATABASE_URL, "
            "HOLDFAST_KEYS_FILE and HOLDFAST_HEADS_FOLDER."
        )
    home = settings.home
    there = [name for name in (*MADE, *MADE_FOLDERS) if (home / name).exists()]
    if not there:
        return
    if database_kind(settings) != "demo":
        raise NotOursError(
            f"{home} holds something that no demo made ({', '.join(there)}); "
            "set HOLDFAST_HOME to another folder. Nothing was touched."
        )
    for name in MADE:
        (home / name).unlink(missing_ok=True)
    for name in MADE_FOLDERS:
        shutil.rmtree(home / name, ignore_errors=True)
