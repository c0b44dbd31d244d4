"""Ask and board; as a process of its own: `python -m tests.faults.late URL HOME NUMBER CLEARANCE`, as JSON.

What a check answers, why a boarding on the clearance is refused, and what the database alone says to the row
of one, written past every action of the house. The tests let it run with another clock.
"""

import json
import sys
import uuid
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from holds.actions.check_removal import answer_check
from holds.actions.clear_removal import BlockedError, record_boarding
from holds.actions.credentials import acting_of
from holds.actions.questions import Question
from holds.domain.staff import Acting
from holds.store.base import new_id
from holds.store.engine import Database, make_engine, refusal_code
from holds.store.gates import Clearance, Gate, Removal
from holds.store.key_ring import read_ring
from holds.store.staff import Actor
from holds.store.vault import Vault
from wsgi import METADATA


def main(url: str, home: Path, number: str, clearance: uuid.UUID) -> dict[str, object]:
    ring = read_ring(home / "keys.json")
    database = Database(make_engine(url), Vault(ring, home), METADATA, outside=home / "heads")
    with database.reading() as session:
        field = acting_of(session.scalars(select(Actor).where(Actor.login == "field")).one())
    answer = answer_check(database, acting=field, question=Question(a_number=number))
    told: dict[str, object] = {"decision": answer.decision.value, "reasons": answer.reasons}
    try:
        with database.transaction() as session:
            record_boarding(session, database, acting=field, clearance_id=clearance)
        told["boarding"] = "done"
    except BlockedError as error:
        told["boarding"] = str(error)
    except DBAPIError as error:
        told["boarding"] = refusal_code(error)
    told["row"] = _put_row(database, field, clearance)
    database.engine.dispose()
    return told


def _put_row(database: Database, field: Acting, clearance: uuid.UUID) -> str | None:
    """The refusal of a boarding that states everything right; None where it was taken (it is taken back)."""
    try:
        with database.reading() as session:
            cleared = session.get_one(Clearance, clearance)
            epoch = session.get_one(Gate, cleared.person_id).epoch
            row = {"id": new_id(), "person_id": cleared.person_id, "epoch": epoch + 1}
            session.execute(insert(Removal), [{**row, "clearance_id": clearance, "recorded_by": field.id}])
            session.rollback()
    except DBAPIError as error:
        return refusal_code(error)
    return None


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], uuid.UUID(sys.argv[4]))))
