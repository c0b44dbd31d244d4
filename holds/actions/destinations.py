"""Where a departure goes: a country, or a facility on record. Kept in clear, so nothing else is taken."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.departure import destination_code
from holds.store.places import Facility


def read_destination(session: Session, text: str) -> str | None:
    """An ISO 3166-1 alpha-2 code, or the DETLOC of a facility on record; None for anything else."""
    known = session.scalars(select(Facility.detloc).where(Facility.detloc == text.strip().upper()))
    return destination_code(text, {detloc for detloc in known if detloc})


DESTINATION_WANTED = "Give the destination as a country code (CU) or the DETLOC code of a facility on record."
