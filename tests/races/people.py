"""People made in bulk for the races, each kind with the history in the ledger that brought them there."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from holds.domain.staff import Acting
from holds.store.base import Base, new_id
from holds.store.clearance_indexes import ClearanceIndex
from holds.store.closings import Closing, ClosingService
from holds.store.exposures import Exposure
from holds.store.gates import Clearance, Gate, Hold, HoldEnding
from holds.store.judgements import Doubt, Judgement, JudgementConfirmation
from holds.store.ledger import Entry, write_ledger
from holds.store.people import Person
from holds.store.reviews import (
    CourtReview,
    Document,
    ProposalService,
    ReleaseProposal,
    ReviewVerification,
    Service,
)
from holds.store.stays import Stay
from tests.holds.store.ground import SLIP

ORDER: tuple[type[Base], ...] = (Gate, Hold, Person, Exposure, Service, Document, CourtReview)
ORDER += (ReviewVerification, ReleaseProposal, ProposalService, Stay, Closing, ClosingService, HoldEnding)
ORDER += (Clearance, ClearanceIndex, Doubt, Judgement, JudgementConfirmation)
DAY = dt.timedelta(days=1)


class People:
    """Rows gathered for a batch of races and written in one transaction, past the actions."""

    def __init__(self, staff: Mapping[str, Acting], incident_id: uuid.UUID, now: dt.datetime) -> None:
        self.staff, self.incident_id, self.now = staff, incident_id, now
        self._rows: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)
        self._told: list[Entry] = []
        self._epochs: dict[uuid.UUID, int] = defaultdict(int)

    def save(self, session: Session) -> None:
        for table in ORDER:
            if self._rows[table]:
                session.execute(insert(table), self._rows[table])
        write_ledger(session, self._told)

    def free(self) -> uuid.UUID:
        """Somebody whom nothing holds, and of whom there is nothing but the gate."""
        person_id = new_id()
        self._add(Gate, person_id=person_id, epoch=0)
        return person_id

    def cleared(self, person_id: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
        """Clear somebody who is free; the person's id and the clearance's."""
        clearance_id, field, epoch = new_id(), self.staff["field"], self._epochs[person_id] + 1
        expires_at = self.now + dt.timedelta(minutes=10)
        leave = {"departure_kind": "removal", "destination": "CU", "expires_at": expires_at}
        row = {"id": clearance_id, "person_id": person_id, "epoch": epoch, "issued_to": field.id, **leave}
        self._add(Clearance, **row)
        asked = {"kind": "name_birth_date", "value": b"nobody else is called so"}
        self._add(ClearanceIndex, clearance_id=clearance_id, **asked)
        codes = {"epoch": epoch, "departure": "removal", "expires": expires_at.isoformat()}
        self._tell("field", "clearance.issued", clearance_id, person_id, codes)
        return person_id, clearance_id

    def releasable(self) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID, uuid.UUID]:
        """Somebody held whose hold may end at this moment: ids of person, hold, review and proposal."""
        person_id, hold_id = self._held("incident", "casey", incident_id=self.incident_id)
        exposure_id, document_id, review_id, proposal_id = (new_id() for _ in range(4))
        casey, sunny = self.staff["casey"].id, self.staff["sunny"].id
        mine = {"person_id": person_id, "recorded_by": casey}
        self._add(
            Exposure,
            id=exposure_id,
            person_id=person_id,
            incident_id=self.incident_id,
            hold_id=hold_id,
            fields=[],
        )
        self._tell("casey", "exposure.recorded", exposure_id, person_id, {"hold": str(hold_id), "epoch": 1})
        served = {"served_at": self.now - 40 * DAY, "exposure_id": exposure_id}
        self._add(Service, **mine, **served, **SLIP)
        paper = {
            "sha256": bytes(32),
            "media_type": "application/pdf",
            "file_name": f"documents/{document_id}",
        }
        self._add(Document, id=document_id, **mine, **paper)
        order: dict[str, Any] = {
            "forum": "immigration_judge",
            "court": "Miami",
            "outcome": "denied",
            "considered_page": "7",
        }
        order |= {"sealed_docket": b"sealed", "time_zone": "America/New_York"}
        order |= {"decided_at": self.now - 30 * DAY, "served_at": self.now - 29 * DAY}
        order |= {"appeal_lies": False, "on_the_merits": True, "final": True, "document_id": document_id}
        self._add(CourtReview, id=review_id, hold_id=hold_id, **mine, **order)
        self._add(ReviewVerification, review_id=review_id, recorded_by=casey, verified_by=sunny)
        proposed = {"proposed_by": casey, "proposed_at": self.now - 12 * DAY}
        on = {"hold_id": hold_id, "review_id": review_id, "person_id": person_id}
        self._add(ReleaseProposal, id=proposal_id, **on, **proposed)
        reached = {"served_on": "person", "served_at": self.now - 11 * DAY, "recorded_by": casey}
        self._add(ProposalService, proposal_id=proposal_id, **reached)
        return person_id, hold_id, review_id, proposal_id

    def twins(self) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID, uuid.UUID]:
        """Two who are free, judged by two people to be one: their ids, the doubt's and the judgement's."""
        one, other = self.freed(), self.freed()
        doubt_id, judgement_id = new_id(), new_id()
        casey, sunny = self.staff["casey"], self.staff["sunny"]
        row = {
            "id": doubt_id,
            "organisation_id": casey.organisation_id,
            "kind": "same_person",
            "evidence": {},
        }
        self._add(Doubt, **row, subject_id=one, other_id=other, raised_by=casey.id)
        judged = {"doubt_id": doubt_id, "verdict": "positive", "judged_by": casey.id}
        self._add(Judgement, id=judgement_id, sealed_reason=b"sealed", **judged)
        self._add(JudgementConfirmation, judgement_id=judgement_id, confirmed_by=sunny.id, **judged)
        return one, other, doubt_id, judgement_id

    def freed(self) -> uuid.UUID:
        """Somebody on record who was held once: a stay that two people rejected."""
        person_id, hold_id = self._held("automatic_stay", "field")
        casey, sunny, closing_id = self.staff["casey"].id, self.staff["sunny"].id, new_id()
        self._tell("field", "hold.placed", hold_id, person_id, {"basis": "automatic_stay", "epoch": 1})
        about = {"hold_id": hold_id, "person_id": person_id}
        self._add(Stay, **about, rule="bia_appeal", asked_by="duty_officer", sealed_order=b"sealed")
        kind = {"kind": "stay_rejected", "proposed_by": casey}
        proposed = {"proposed_at": self.now - 2 * DAY, "sealed_reasons": b"sealed"}
        self._add(Closing, id=closing_id, **about, **kind, **proposed)
        told = {"served_on": "placer", "served_at": self.now - DAY, "recorded_by": casey}
        self._add(ClosingService, closing_id=closing_id, **told)
        self._epochs[person_id] = 2
        self._add(HoldEnding, **about, **kind, epoch=2, closing_id=closing_id, ended_by=sunny)
        codes = {"kind": "stay_rejected", "closing": str(closing_id), "epoch": 2}
        self._tell("sunny", "hold.closed", hold_id, person_id, codes)
        return person_id

    def _held(self, basis: str, who: str, **hold: Any) -> tuple[uuid.UUID, uuid.UUID]:
        person_id, hold_id, placer = self.free(), new_id(), self.staff[who]
        mine = {"organisation_id": placer.organisation_id}
        row = {"person_id": person_id, "epoch": 1, "basis": basis, "placed_by": placer.id, **mine, **hold}
        self._add(Hold, id=hold_id, **row)
        known = {"first_hold_id": hold_id, "with_number": False, "sealed_facts": b"sealed"}
        self._add(Person, id=person_id, **mine, **known)
        return person_id, hold_id

    def _add(self, table: type[Base], **row: Any) -> None:
        self._rows[table].append(row)

    def _tell(
        self, who: str, verb: str, subject: uuid.UUID, person: uuid.UUID, codes: Mapping[str, Any]
    ) -> None:
        acting = self.staff[who]
        self._told.append(
            Entry(
                verb=verb,
                actor_id=acting.id,
                organisation_id=acting.organisation_id,
                subject_id=subject,
                person_id=person,
                codes=codes,
            )
        )
