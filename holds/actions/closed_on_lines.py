"""Who is meant by lines that turned red although nobody should be asked about them any more."""

import uuid
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.alarm_closed import ClosedChecked
from holds.domain.closing import STILL_BLOCKING
from holds.store.gates import HoldEnding
from holds.store.manifest_lines import found_on
from holds.store.merged import one_records


def closed_on_lines(session: Session, told: Mapping[tuple[uuid.UUID, int], str]) -> list[ClosedChecked]:
    """Whoever the numbers of these lines mean although a hold of theirs ended in a way that blocks for good.

    `told`: (manifest, line) -> the ledger row of its alarm. Nobody asks of them again: the line was green.
    """
    meant = {
        ((one.manifest_id, one.line), one.person_id)
        for one in found_on(session, {manifest_id for manifest_id, _ in told})
        if one.kind == "a_number" and (one.manifest_id, one.line) in told
    }
    records = one_records(session, {person_id for _, person_id in meant})
    everyone = {member for record in records.values() for member in record.members}
    rows = session.execute(
        select(HoldEnding.person_id, HoldEnding.kind).where(
            HoldEnding.person_id.in_(list(everyone)),
            HoldEnding.kind.in_([kind.value for kind in STILL_BLOCKING]),
        )
    )
    ended = dict(rows.all())
    return [
        ClosedChecked(person_id=records[person_id].root, ended=ended[member], check=told[place])
        for place, person_id in sorted(meant)
        for member in sorted(records[person_id].members & ended.keys())
    ]
