"""A person's timeline: what happened, in order, in plain sentences; and what lasted, for the picture."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.decision import Decision
from holds.domain.hold import HoldState
from holds.queries.person_view import Event, PersonPage, ReviewLine, ServiceLine, Span, Tone
from holds.queries.sentence import Sentence
from holds.queries.sentence import lazy_gettext as _l
from holds.queries.wording import BASES, CUSTODY, FIELDS, FORUMS, HOLD_STATES, OUTCOMES, reason, word, words
from holds.store.ledger_rows import LedgerRow
from holds.store.merged import same_person

GATE_VERBS = (
    "removal.checked",
    "release.ground_refused",
    "release.refused",
    "clearance.issued",
    "removal.boarded",
)


def events_of(session: Session, page: PersonPage) -> tuple[Event, ...]:
    """Everything that happened, the earliest first."""
    events = [
        *_exposures(page),
        *_custody(page),
        *_holds(page),
        *_services(page),
        *_court(page),
        *_gate(session, page),
    ]
    return tuple(sorted(events, key=lambda event: event.at))


def spans_of(page: PersonPage) -> tuple[Span, ...]:
    """Holds and custody as stretches of time."""
    holds = (
        Span(
            lane="hold",
            start=hold.placed_at,
            end=hold.ended_at,
            label=word(BASES, hold.basis),
            tone="held" if hold.active else "plain",
        )
        for hold in page.holds
    )
    custody = (
        Span(
            lane="custody",
            start=_day(line.since) if line.since else line.noted_at,
            end=_day(line.until) if line.until else None,
            label=word(CUSTODY, line.status),
            tone="warning" if line.status == "detained" else "good",
        )
        for line in page.custody
    )
    return (*holds, *custody)


def _day(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _exposures(page: PersonPage) -> Iterator[Event]:
    for line in page.exposures:
        yield Event(
            at=line.occurred_at,
            lane="exposure",
            title=_l("Data disclosed"),
            sentence=_l(
                "%(incident)s. Kinds of data: %(fields)s.",
                incident=line.incident,
                fields=words(FIELDS, line.fields),
            ),
            tone="danger",
        )


def _custody(page: PersonPage) -> Iterator[Event]:
    for line in page.custody:
        unit = f", {line.housing_unit}" if line.housing_unit else ""
        place = f"{line.place}{unit}" if line.place else ""
        yield Event(
            at=_day(line.since) if line.since else line.noted_at,
            lane="custody",
            title=word(CUSTODY, line.status),
            sentence=_whereabouts(place, line.certain),
            day_only=line.since is not None,
        )


def _whereabouts(place: str, certain: bool) -> Sentence:
    if not place:
        return _l("The record names no place.")
    if certain:
        return Sentence("%(place)s.", {"place": place})
    return _l("The list says “%(place)s”; no facility is certain.", place=place)


def _holds(page: PersonPage) -> Iterator[Event]:
    for hold in page.holds:
        yield Event(
            at=hold.placed_at,
            lane="hold",
            title=_l("Hold placed: %(basis)s", basis=word(BASES, hold.basis)),
            sentence=_l(
                "%(grounds)s. Every kind of departure is blocked. Placed by %(by)s.",
                grounds=hold.grounds,
                by=hold.placed_by,
            ),
            tone="held",
        )
        if hold.ended_at is not None:
            yield Event(
                at=hold.ended_at,
                lane="hold",
                title=_l("Hold released: %(basis)s", basis=word(BASES, hold.basis))
                if hold.state == HoldState.RELEASED
                else word(HOLD_STATES, hold.state),
                sentence=_l("This hold alone has ended. Released by %(by)s.", by=hold.ended_by or "—")
                if hold.state == HoldState.RELEASED
                else _l("This hold alone. Carried out by %(by)s.", by=hold.ended_by or "—"),
                tone="held" if hold.active else "good",
            )


def _services(page: PersonPage) -> Iterator[Event]:
    for line in page.services:
        yield Event(
            at=line.served_at,
            lane="notice",
            title=_l("Notice served, proven") if line.proven else _l("Service not proven"),
            sentence=_service(line),
            tone="good" if line.proven else "warning",
        )
        if line.disputed_at is not None:
            yield Event(
                at=line.disputed_at,
                lane="notice",
                title=_l("Service disputed"),
                sentence=_l("The person or counsel says they were not served. The clock has stopped."),
                tone="warning",
            )


def _service(line: ServiceLine) -> Sentence:
    if line.proven:
        return _l("About %(incident)s. Recorded by %(by)s.", incident=line.incident, by=line.recorded_by)
    return _l("About %(incident)s. %(why)s", incident=line.incident, why=reason(line.missing[0]))


def _court(page: PersonPage) -> Iterator[Event]:
    for review in page.reviews:
        yield from _review(review)
    for proposal in page.proposals:
        yield Event(
            at=proposal.proposed_at,
            lane="court",
            title=_l("Hold release proposed"),
            sentence=_l(
                "On review %(review)s, by %(by)s. It must be served before anything follows.",
                review=proposal.review,
                by=proposal.proposed_by,
            ),
            tone="warning",
        )
        for served, whom in (
            (proposal.served_on_person_at, _l("Proposed release served on the person")),
            (proposal.served_on_counsel_at, _l("Proposed release served on counsel")),
        ):
            if served is not None:
                yield Event(
                    at=served, lane="court", title=whom, sentence=_l("Seven full days to object begin.")
                )
    for objection in page.objections:
        yield Event(
            at=objection.received_at,
            lane="court",
            title=_l("Objection by the person")
            if objection.objector == "person"
            else _l("Objection by counsel"),
            sentence=_l(
                "Objection %(objection)s. The hold stays while it is open.", objection=objection.reference
            ),
            tone="warning",
        )
        if objection.answered_at is not None:
            yield Event(
                at=objection.answered_at,
                lane="court",
                title=_l("Objection sustained") if objection.sustained else _l("Objection overruled"),
                sentence=_l("The hold stays.") if objection.sustained else _l("The release may go on."),
            )


def _review(review: ReviewLine) -> Iterator[Event]:
    yield Event(
        at=review.decided_at,
        lane="court",
        title=_l(
            "%(forum)s: %(outcome)s",
            forum=word(FORUMS, review.forum),
            outcome=word(OUTCOMES, review.outcome),
        ),
        sentence=_l("%(court)s. The date of the decision.", court=review.court),
    )
    yield Event(
        at=review.recorded_at,
        lane="court",
        title=_l("Court review recorded"),
        sentence=_l(
            "Review %(review)s, with its document, by %(by)s. It does nothing until it is verified.",
            review=review.reference,
            by=review.recorded_by,
        ),
    )
    if review.verified_at is not None:
        yield Event(
            at=review.verified_at,
            lane="court",
            title=_l("Court review verified"),
            sentence=_l(
                "%(by)s compared review %(review)s with its document.",
                by=review.verified_by or "—",
                review=review.reference,
            ),
        )


def _gate(session: Session, page: PersonPage) -> Iterator[Event]:
    rows = session.execute(
        select(LedgerRow.at, LedgerRow.verb, LedgerRow.codes)
        .where(LedgerRow.person_id.in_(same_person(session, page.person_id)), LedgerRow.verb.in_(GATE_VERBS))
        .order_by(LedgerRow.id)
    )
    for at, verb, codes in rows:
        title, tone = _gate_title(verb, str(codes.get("decision", "")))
        reasons = [str(code) for code in codes.get("reasons", ())]
        yield Event(
            at=at,
            lane="gate" if verb not in {"release.ground_refused", "release.refused"} else "court",
            title=title,
            sentence=reason(reasons[0]) if reasons else _gate_sentence(verb),
            tone=tone,
        )


def _gate_title(verb: str, decision: str) -> tuple[Sentence, Tone]:
    if verb == "removal.checked":
        if decision == Decision.BLOCKED:
            return _l("Removal check: blocked"), "held"
        return _l("Removal check: no active hold"), "warning"
    titles: dict[str, tuple[Sentence, Tone]] = {
        "release.ground_refused": (_l("Refused as a ground for release"), "held"),
        "release.refused": (_l("Hold release refused"), "held"),
        "clearance.issued": (_l("Clearance issued"), "warning"),
        "removal.boarded": (_l("Boarding recorded"), "danger"),
    }
    return titles[verb]


def _gate_sentence(verb: str) -> Sentence:
    if verb == "clearance.issued":
        return _l("For one departure, at most fifteen minutes. Any new hold voids it.")
    if verb == "removal.boarded":
        return _l("The clearance was used up in the same step.")
    return _l("Asked at the gate, answered from the record, and written in the ledger.")
