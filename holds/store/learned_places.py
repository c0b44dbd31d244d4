"""What stands of all that people judged of places, looked up by the fingerprint of how a location reads."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.place_word import PlaceVerdict, PlaceWord, Standing, standing
from holds.store.key_ring import KeyRing
from holds.store.place_judgements import PlaceJudgement
from holds.store.sealing import fingerprint


@dataclass(frozen=True)
class LearnedPlaces:
    """Called with the text of a place's key: what stands about it, None where nobody judged it."""

    ring: KeyRing
    by_key: dict[bytes, Standing]

    def __call__(self, text: str) -> Standing | None:
        return self.by_key.get(place_fingerprint(self.ring, text))

    def __bool__(self) -> bool:
        return bool(self.by_key)


def place_fingerprint(ring: KeyRing, text: str) -> bytes:
    """`place_judgement.place_key`: 32 bytes, keyed; never equal to the fingerprint of a spelling."""
    return fingerprint(ring, f"place\x1e{text}")


def learned_places(session: Session, ring: KeyRing) -> LearnedPlaces:
    """All that was judged so far."""
    words: dict[bytes, list[PlaceWord]] = defaultdict(list)
    for row in session.scalars(select(PlaceJudgement).order_by(PlaceJudgement.judged_at, PlaceJudgement.id)):
        words[row.place_key].append(
            PlaceWord(
                judged_by=str(row.judged_by),
                verdict=PlaceVerdict(row.verdict),
                facility_id=_text(row.facility_id),
                candidate_id=_text(row.candidate_id),
            )
        )
    return LearnedPlaces(ring, {key: standing(said) for key, said in words.items()})


def _text(one: uuid.UUID | None) -> str | None:
    return str(one) if one else None
