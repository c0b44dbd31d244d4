"""Locations as lists wrote them: known by a keyed fingerprint, sealed under the key of the list."""

import uuid
from collections.abc import Iterable

from sqlalchemy.orm import Session

from holds.store.key_ring import KeyRing
from holds.store.places import PlaceMatch
from holds.store.sealing import OwnerKey, fingerprint
from holds.store.vault import Vault, open_json, seal_json

Spelling = tuple[str, str, str, str]
"""Text, city, state and area of responsibility, as written; empty where the list says nothing."""


def spelling_fingerprint(ring: KeyRing, spelling: Spelling) -> bytes:
    """What tells that a spelling came before, without keeping it: 32 bytes, keyed."""
    return fingerprint(ring, "\x1f".join(spelling))


def seal_spelling(key: OwnerKey, match_id: uuid.UUID, spelling: Spelling) -> bytes:
    """`place_match.sealed_spelling`."""
    return seal_json(key, "place_match", "sealed_spelling", match_id, list(spelling))


def open_spellings(session: Session, vault: Vault, places: Iterable[PlaceMatch]) -> dict[uuid.UUID, Spelling]:
    """Spellings by the id of their match; those of a list that was shredded are not in the answer."""
    places = list(places)
    keys = vault.keys(session, {place.source_list_id for place in places}) if places else {}
    found: dict[uuid.UUID, Spelling] = {}
    for place in places:
        key = keys.get(place.source_list_id)
        if key is not None:
            text, city, state, aor = open_json(
                key, "place_match", "sealed_spelling", place.id, place.sealed_spelling
            )
            found[place.id] = (text, city, state, aor)
    return found
