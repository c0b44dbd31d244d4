"""Locations that wait for a person to say which facility they are: where people are detained first."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from holds.domain.staff import Acting, Verb, require
from holds.store.people import Person
from holds.store.place_judgements import PlaceJudgement
from holds.store.places import Custody, Facility, PlaceMatch
from holds.store.spellings import Spelling, open_spellings
from holds.store.staff import Actor
from holds.store.vault import Vault, open_json

JUDGED_NONE = "judged_to_be_none"


@dataclass(frozen=True, kw_only=True)
class PlaceOpinion:
    """What somebody judged of the very spelling; `facility` is code or name, `reason` in clear.

    Of another organisation's word neither who gave it (`judged_by` None) nor why: that is their own.
    """

    verdict: str
    facility: str | None
    reason: str | None
    judged_by: str | None
    judged_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class WaitingPlace:
    """A location as written, with the best candidate and the evidence. `people` are there now or last, of
    them `detained`. `runner_up` and `candidate` are (code, name); `text` None: its list was shredded.
    """

    match_id: uuid.UUID
    text: str | None
    city: str
    state: str
    aor: str
    judgement: str
    rule: str
    score: float
    agreed: tuple[str, ...]
    disagreed: tuple[str, ...]
    candidate: tuple[str | None, str] | None
    runner_up: tuple[str | None, str] | None
    people: int
    detained: int
    since: dt.datetime
    opinions: tuple[PlaceOpinion, ...]


def place_queue(session: Session, vault: Vault, *, acting: Acting, most: int) -> Sequence[WaitingPlace]:
    """Where somebody of the organisation is or was last and no facility is certain, opened; at most `most`.

    Most people detained there first, then the oldest. What stands judged to be no facility does not wait.
    """
    require(acting, Verb.JUDGE_PLACE)
    people = func.count(Custody.person_id.distinct())
    detained = func.count(case((Custody.status == "detained", Custody.person_id)).distinct())
    rows = session.execute(
        select(PlaceMatch, people, detained)
        .join(Custody, Custody.place_match_id == PlaceMatch.id)
        .join(Person, Person.id == Custody.person_id)
        .where(
            Person.organisation_id == acting.organisation_id,
            Custody.until.is_(None),
            PlaceMatch.judgement.in_(["needs_judgement", "none"]),
            PlaceMatch.evidence["rule"].as_string() != JUDGED_NONE,
        )
        .group_by(PlaceMatch.id)
        .order_by(detained.desc(), PlaceMatch.matched_at, PlaceMatch.id)
        .limit(most)
    ).all()
    places = [place for place, _, _ in rows]
    spellings = open_spellings(session, vault, places)
    opinions = _opinions(session, vault, acting, places)
    names = _names(session, places)
    return [
        _waiting(place, spellings.get(place.id), (there, held), names, opinions[place.id])
        for place, there, held in rows
    ]


def _waiting(
    place: PlaceMatch,
    spelling: Spelling | None,
    counts: tuple[int, int],
    names: dict[str, tuple[str | None, str]],
    opinions: Sequence[PlaceOpinion],
) -> WaitingPlace:
    evidence = place.evidence
    text, city, state, aor = spelling or (None, "", "", "")
    second = evidence["runner_up"]
    return WaitingPlace(
        match_id=place.id,
        text=text,
        city=city,
        state=state,
        aor=aor,
        judgement=place.judgement,
        rule=evidence["rule"],
        score=evidence["score"],
        agreed=tuple(evidence["agreed"]),
        disagreed=tuple(evidence["disagreed"]),
        candidate=names.get(evidence["candidate"] or ""),
        runner_up=names.get(second[0]) if second else None,
        people=counts[0],
        detained=counts[1],
        since=place.matched_at,
        opinions=tuple(opinions),
    )


def _names(session: Session, places: Sequence[PlaceMatch]) -> dict[str, tuple[str | None, str]]:
    """(code, name) of every facility that the evidence names, by its id as text."""
    meant = {place.evidence["candidate"] for place in places if place.evidence["candidate"]}
    meant |= {place.evidence["runner_up"][0] for place in places if place.evidence["runner_up"]}
    rows = session.execute(
        select(Facility.id, Facility.detloc, Facility.name).where(
            Facility.id.in_([uuid.UUID(one) for one in meant])
        )
    )
    return {str(identity): (code, name) for identity, code, name in rows}


def _opinions(
    session: Session, vault: Vault, acting: Acting, places: Sequence[PlaceMatch]
) -> dict[uuid.UUID, list[PlaceOpinion]]:
    """What was judged of each of these spellings, oldest first; of others' words no reason is opened."""
    found: dict[uuid.UUID, list[PlaceOpinion]] = defaultdict(list)
    keys = vault.keys(session, {place.source_list_id for place in places}) if places else {}
    key_of = {place.id: keys.get(place.source_list_id) for place in places}
    rows = session.execute(
        select(PlaceJudgement, Facility.detloc, Facility.name, Actor)
        .join(Actor, Actor.id == PlaceJudgement.judged_by)
        .outerjoin(Facility, Facility.id == PlaceJudgement.facility_id)
        .where(PlaceJudgement.place_match_id.in_([place.id for place in places]))
        .order_by(PlaceJudgement.judged_at, PlaceJudgement.id)
    )
    for said, code, name, judge in rows:
        ours = judge.organisation_id == acting.organisation_id
        key = key_of[said.place_match_id] if ours else None
        words = open_json(key, "place_judgement", "sealed_reason", said.id, said.sealed_reason) if key else {}
        found[said.place_match_id].append(
            PlaceOpinion(
                verdict=said.verdict,
                facility=code or name,
                reason=words.get("reason"),
                judged_by=judge.login if ours else None,
                judged_at=said.judged_at,
            )
        )
    return found
