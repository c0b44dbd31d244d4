"""Trying a list's locations against the directory: what each would be matched to, and nothing kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from holds.actions.match_places import load_directory
from holds.domain.staff import Acting, Verb, require
from holds.matching.facility import FacilityDirectory, FacilityEntry, Location
from holds.matching.facility_judgement import FacilityMatch
from holds.matching.facility_learned import as_learned
from holds.matching.facility_words import shared_words
from holds.store.learned_places import learned_places
from holds.store.vault import Vault


@dataclass(frozen=True)
class TriedPlace:
    """A location with its match. `code` and `name` are the candidate's where a person must judge.

    `agreed` and `disagreed` hold what of the place (`code`, `name`, `city`, `state`, `aor`, `kind`, …) and
    then which words of the names agree. `mailing` false: a hold room, hotel or hospital, whose mail goes to
    `mail_to`, the field office of its area. `runner_up` is (code, name, score).
    """

    location: str
    code: str | None
    name: str | None
    judgement: str
    score: float
    agreed: tuple[str, ...]
    disagreed: tuple[str, ...]
    runner_up: tuple[str | None, str, float] | None
    rule: str
    mailing: bool | None
    mail_to: str | None
    closed_on: date | None


def try_places(
    session: Session, vault: Vault, locations: Iterable[Location], *, acting: Acting
) -> list[TriedPlace]:
    """One answer a location, in order, with what people judged of it before; equal ones are matched once."""
    require(acting, Verb.MATCH)
    directory, learned = load_directory(session), learned_places(session, vault.ring)
    asked = list(locations)
    tried: dict[Location, TriedPlace] = {}
    # One by one: a location that was just read is not read again for its words.
    for location, match in zip(asked, directory.each_match(asked), strict=True):
        if location not in tried:
            known = as_learned(directory, location, match, learned) if learned else match
            tried[location] = _tried(location, known, directory)
    return [tried[location] for location in asked]


def _tried(location: Location, match: FacilityMatch, directory: FacilityDirectory) -> TriedPlace:
    if match.facility_id is None:
        return TriedPlace(
            location.text, None, None, match.judgement, 0.0, (), (), None, match.rule, None, None, None
        )
    entry = directory.entry(match.facility_id)
    both, one = shared_words(location.text, entry.names) if match.agreed[:1] != ("code",) else ((), ())
    return TriedPlace(
        location=location.text,
        code=entry.detloc,
        name=entry.names[0],
        judgement=match.judgement,
        score=match.score,
        agreed=(*match.agreed, *both),
        disagreed=(*match.disagreed, *one),
        runner_up=_second(match, directory),
        rule=match.rule,
        mailing=entry.mailing,
        mail_to=None if entry.mailing else _field_office(entry),
        closed_on=entry.closed_on,
    )


def _second(match: FacilityMatch, directory: FacilityDirectory) -> tuple[str | None, str, float] | None:
    if match.runner_up is None:
        return None
    entry = directory.entry(match.runner_up[0])
    return (entry.detloc, entry.names[0], match.runner_up[1])


def _field_office(entry: FacilityEntry) -> str | None:
    return f"ERO field office {entry.aor}" if entry.aor else None
