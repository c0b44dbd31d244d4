"""One process of a race over two records: `python -m tests.races.merge_racer URL HOME holder|boarder|merger`.

As `tests/races/racer.py`; `person` in an order is the one of the two that it is about.
"""

import sys
import time
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from holds.actions.merge_people import merge_records
from holds.store.base import new_id
from holds.store.gates import Gate
from holds.store.judgements import Doubt, RecordMerge
from holds.store.merged import one_records
from tests.races.racer import PLACING_ATTEMPTS, Racer, answer_orders


class MergeRacer(Racer):
    """Knows that the gate of a record can lead into another's."""

    def _seen(self, session: Session, person_id: uuid.UUID) -> int:
        root = one_records(session, [person_id])[person_id].root
        return session.scalars(select(Gate.epoch).where(Gate.person_id == root)).one()

    def merge(self, person_id: uuid.UUID, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out a merge that two people have judged, and go on trying."""
        doubt_id, judgement_id = uuid.UUID(order["doubt"]), uuid.UUID(order["judgement"])

        def plainly(session: Session) -> None:
            doubt = session.get_one(Doubt, doubt_id)
            assert doubt.other_id is not None
            highest = max(self._seen(session, person_id), self._seen(session, doubt.other_id))
            time.sleep(order["pause"])
            row = {"id": new_id(), "person_id": person_id, "other_id": doubt.other_id, "epoch": highest + 1}
            row |= {"merged_id": person_id, "doubt_id": doubt_id, "judgement_id": judgement_id}
            session.execute(insert(RecordMerge), [row])

        def as_the_house_does(session: Session) -> None:
            merge_records(session, self.casey, session.get_one(Doubt, doubt_id), judgement_id)

        for _ in range(PLACING_ATTEMPTS):
            try:
                committed = self._committed(plainly if order["plain"] else as_the_house_does)
                return {"outcome": "merged", **committed}
            except DBAPIError:
                time.sleep(0.001)
        return {"outcome": "gave up"}


def main(url: str, home: str, role: str) -> None:
    """Answer orders until there are no more."""
    racer = MergeRacer(url, Path(home))
    acts = {"holder": racer.hold, "boarder": racer.board, "merger": racer.merge}
    answer_orders(racer, acts[role])


if __name__ == "__main__":
    main(*sys.argv[1:])
