"""A facility, a location matched to it, and what somebody judged of it, inserted past every action."""

from typing import Any

from sqlalchemy.orm import Session

from holds.store.base import new_id
from holds.store.exposures import SourceList
from holds.store.place_judgements import PlaceJudgement
from holds.store.places import Facility, FacilityStatement, PlaceMatch
from tests.holds.store.ground import put
from tests.holds.store.record import Record


def judgement_row(session: Session, record: Record) -> dict[str, Any]:
    """What a caseworker may write now of a location that waits."""
    casey, list_id, facility_id, match_id = record.staff["casey"], new_id(), new_id(), new_id()
    listed = {"kind": "facilities", "version": 1, "state": "done", "heading": [], "counts": {}}
    listed |= {"id": list_id, "organisation_id": casey.organisation_id, "imported_by": casey.id}
    put(session, SourceList, sha256=list_id.bytes * 2, **listed)
    place = {"id": facility_id, "name": "Adams County Detention Center", "kind": "facility"}
    put(session, Facility, mailing=True, source_list_id=list_id, **place)
    spelling = {"id": match_id, "fingerprint": match_id.bytes, "sealed_spelling": b"sealed"}
    put(session, PlaceMatch, source_list_id=list_id, judgement="needs_judgement", evidence={}, **spelling)
    return {
        "id": new_id(),
        "place_match_id": match_id,
        "place_key": match_id.bytes,
        "verdict": "facility",
        "facility_id": facility_id,
        "sealed_reason": b"sealed",
        "judged_by": casey.id,
    }


def tell_of_places(session: Session, record: Record) -> None:
    """A location that somebody judged, and what a list said of the facility."""
    row = judgement_row(session, record)
    put(session, PlaceJudgement, **row)
    list_id = session.get_one(PlaceMatch, row["place_match_id"]).source_list_id
    put(session, FacilityStatement, facility_id=row["facility_id"], source_list_id=list_id, aor="NOL")
