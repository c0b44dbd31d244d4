"""Looking at a manifest: the office that registered it sees its lines, its carrier two words a line."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.manifests import own_manifest
from holds.actions.watch_manifests import WatchedLine, watched_lines
from holds.domain.manifest import Instruction
from holds.domain.staff import Acting, Role
from holds.store.base import holdfast_now
from holds.store.engine import Database
from holds.store.ledger import tell
from holds.store.manifests import Manifest


@dataclass(frozen=True, kw_only=True)
class ManifestLook:
    """A manifest as it stood `at` this time of the database."""

    reference: str
    at: dt.datetime
    lines: tuple[WatchedLine, ...]

    @property
    def red(self) -> bool:
        return any(line.red for line in self.lines)

    @property
    def all_proceed(self) -> bool:
        """Whether every line may travel; a line that was never compared may not, and is not red."""
        return all(line.instruction is Instruction.PROCEED for line in self.lines)


def read_manifest(
    session: Session, database: Database, *, acting: Acting, reference: str
) -> ManifestLook | None:
    """The manifest as it stands, or None: unknown and not yours look the same. The look is told."""
    if acting.role is Role.CARRIER:
        mine = select(Manifest).where(Manifest.reference == reference, Manifest.carrier_id == acting.id)
        manifest = session.scalar(mine)
    else:
        manifest = own_manifest(session, acting=acting, reference=reference)
    if manifest is None:
        return None
    lines = tuple(watched_lines(session, database, [manifest]))
    red = [line.line for line in lines if line.red]
    tell(session, acting, "manifest.read", manifest.id, codes={"lines": len(lines), "red": red})
    at = session.scalars(select(holdfast_now())).one()
    return ManifestLook(reference=reference, at=at, lines=lines)
