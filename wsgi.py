"""Where holds and notify meet. Assembles, and decides nothing."""

import holds.store.database
import holds.store.exposures
import holds.store.gates
import holds.store.ledger_rows
import holds.store.people
import holds.store.places
import holds.store.representation
import holds.store.reviews
import holds.store.staff
import notify.store.deliveries
import notify.store.notices
from holds.store.base import Base

METADATA = Base.metadata
