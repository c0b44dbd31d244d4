"""Taking in what a provider reports, one event after another."""

from collections import Counter
from collections.abc import Iterable

from holds.actions.credentials import standing_actor
from holds.actions.opening import Database
from notify.actions.record_receipt import UnknownAttemptError, record_receipt
from notify.domain.report import Report


def take_reports(database: Database, reports: Iterable[Report]) -> Counter[str]:
    """Record each event in a transaction of its own; counts of `moved`, `kept` and `unknown`.

    An event of no attempt of ours does not stop the others. Where the database fails, what came before is
    recorded, and the provider, who was not answered, sends all of it again.
    """
    counts: Counter[str] = Counter()
    with database.reading() as session:
        acting = standing_actor(session, "system")
    for report in reports:
        try:
            moved = database.run(
                lambda session, report=report: record_receipt(  # type: ignore[misc]
                    session,
                    acting=acting,
                    provider=report.provider,
                    event_id=report.event_id,
                    attempt_id=report.attempt_id,
                    state=report.state,
                    code=report.code,
                    occurred_at=report.occurred_at,
                )
            )
        except UnknownAttemptError:
            counts["unknown"] += 1
        else:
            counts["moved" if moved else "kept"] += 1
    return counts
