"""Counsel on record, by EOIR ID and by bar number, with their cards; new ones are added as rows name them."""

import dataclasses
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from holds.actions.identities import identity
from holds.domain.staff import Acting
from holds.intake.counsel_roster import CounselRow
from holds.matching.identity import agreement
from holds.store.base import new_id
from holds.store.ledger import Entry, write_ledger
from holds.store.people import DataKey
from holds.store.representation import Counsel
from holds.store.sealing import OwnerKey
from holds.store.vault import Vault, open_json, seal_json

CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class Card:
    """Who a counsel is; `eoir_id` or the bar number in its jurisdiction identifies them."""

    id: uuid.UUID
    eoir_id: str | None
    bar_jurisdiction: str | None
    bar_number: str | None
    name: str
    firm: str = ""
    email: str | None = None
    phone: str | None = None

    def sealed_part(self) -> dict[str, str]:
        """What `counsel.sealed_card` holds: what is known of name, firm, e-mail and phone."""
        known = {"name": self.name, "firm": self.firm, "email": self.email, "phone": self.phone}
        return {name: value for name, value in known.items() if value}


def counsel_cards(session: Session, vault: Vault) -> list[Card]:
    """The cards of all counsel on record; one who was shredded has none."""
    everyone = session.scalars(select(Counsel).order_by(Counsel.id)).all()
    cards = []
    for start in range(0, len(everyone), CHUNK):
        chunk = everyone[start : start + CHUNK]
        keys = vault.keys(session, [one.id for one in chunk])
        for one in chunk:
            if one.id in keys:
                opened: Mapping[str, Any] = open_json(
                    keys[one.id], "counsel", "sealed_card", one.id, one.sealed_card
                )
                cards.append(
                    Card(
                        id=one.id,
                        eoir_id=one.eoir_id,
                        bar_jurisdiction=one.bar_jurisdiction,
                        bar_number=one.bar_number,
                        name=opened.get("name") or "",
                        firm=opened.get("firm") or "",
                        email=opened.get("email"),
                        phone=opened.get("phone"),
                    )
                )
    return cards


class CounselBook:
    """The counsel known so far, kept over a run; what is new or amended is written with each batch."""

    def __init__(self, session: Session, vault: Vault, acting: Acting) -> None:
        self._vault = vault
        self._acting = acting
        self._by_eoir: dict[str, uuid.UUID] = {}
        self._by_bar: dict[tuple[str, str], uuid.UUID] = {}
        self._cards: dict[uuid.UUID, Card] = {}
        self._new: set[uuid.UUID] = set()
        self._changed: dict[uuid.UUID, set[str]] = {}
        for card in counsel_cards(session, vault):
            self._index(card)

    def counsel_of(self, row: CounselRow) -> uuid.UUID | str:
        """The counsel a row names, known or new; or the code of why that cannot be told."""
        bar = (row.bar_jurisdiction, row.bar_number)
        if not row.eoir_id and not all(bar):
            return "counsel.unidentified"
        found = {self._by_eoir.get(row.eoir_id), self._by_bar.get(bar) if all(bar) else None} - {None}
        if len(found) > 1:
            return "counsel.another"
        known = next(iter(found), None)
        if known is None:
            return self._add(row) if row.counsel_name else "name.missing"
        return known if self._amend(self._cards[known], row) else "counsel.another"

    def counsel_under(self, text: str) -> uuid.UUID | None:
        """Who is known under an EOIR ID, or under a bar number that only one has."""
        wanted = text.strip().casefold()
        eoir = [cid for eoir_id, cid in self._by_eoir.items() if eoir_id.casefold() == wanted]
        barred = {cid for (_, number), cid in self._by_bar.items() if number.casefold() == wanted}
        return eoir[0] if eoir else next(iter(barred)) if len(barred) == 1 else None

    def _add(self, row: CounselRow) -> uuid.UUID:
        barred = bool(row.bar_jurisdiction and row.bar_number)
        card = Card(
            id=new_id(),
            eoir_id=row.eoir_id or None,
            bar_jurisdiction=row.bar_jurisdiction if barred else None,
            bar_number=row.bar_number if barred else None,
            name=row.counsel_name,
            firm=row.firm,
            email=row.email,
            phone=row.phone,
        )
        self._index(card)
        self._new.add(card.id)
        return card.id

    def _amend(self, card: Card, row: CounselRow) -> bool:
        """Take over what the row says newly. False when the row names somebody else by the same number."""
        if row.eoir_id and card.eoir_id and row.eoir_id != card.eoir_id:
            return False
        said = identity((row.counsel_name,) if row.counsel_name else (), ())
        if agreement(identity((card.name,), ()), said).disagreed:
            return False
        barred = bool(row.bar_jurisdiction and row.bar_number) and not card.bar_number
        amended = dataclasses.replace(
            card,
            eoir_id=card.eoir_id or row.eoir_id or None,
            bar_jurisdiction=row.bar_jurisdiction if barred else card.bar_jurisdiction,
            bar_number=row.bar_number if barred else card.bar_number,
            firm=row.firm or card.firm,
            email=row.email or card.email,
            phone=row.phone or card.phone,
        )
        if amended != card:
            before, after = dataclasses.asdict(card), dataclasses.asdict(amended)
            changed = {name for name in after if after[name] != before[name]}
            if card.id not in self._new:
                self._changed.setdefault(card.id, set()).update(changed)
            self._index(amended)
        return True

    def _index(self, card: Card) -> None:
        self._cards[card.id] = card
        if card.eoir_id:
            self._by_eoir[card.eoir_id] = card.id
        if card.bar_jurisdiction and card.bar_number:
            self._by_bar[card.bar_jurisdiction, card.bar_number] = card.id

    def save(self, session: Session) -> None:
        """Write what is new and amended, with the ledger; call it before the appearances that refer to it."""
        entries = []
        if self._new:
            made = {cid: self._vault.make_key(cid, "counsel") for cid in sorted(self._new)}
            session.execute(insert(DataKey), [row for _, row in made.values()])
            session.execute(insert(Counsel), [self._row(cid, key) for cid, (key, _) in made.items()])
            entries += [self._entry("counsel.added", cid, {}) for cid in made]
        if self._changed:
            keys = self._vault.keys(session, self._changed)
            session.execute(update(Counsel), [self._row(cid, keys[cid]) for cid in sorted(self._changed)])
            entries += [
                self._entry("counsel.amended", cid, {"changed": sorted(changed)})
                for cid, changed in self._changed.items()
            ]
        write_ledger(session, entries)
        self._new, self._changed = set(), {}

    def _row(self, counsel_id: uuid.UUID, key: OwnerKey) -> dict[str, Any]:
        card = self._cards[counsel_id]
        return {
            "id": card.id,
            "eoir_id": card.eoir_id,
            "bar_jurisdiction": card.bar_jurisdiction,
            "bar_number": card.bar_number,
            "sealed_card": seal_json(key, "counsel", "sealed_card", card.id, card.sealed_part()),
        }

    def _entry(self, verb: str, counsel_id: uuid.UUID, codes: Mapping[str, Any]) -> Entry:
        return Entry(
            verb=verb,
            actor_id=self._acting.id,
            organisation_id=self._acting.organisation_id,
            subject_id=counsel_id,
            codes=codes,
        )
