"""Whether a row of one facility workbook is a facility that another workbook already put on record.

The yearly statistics carry no DETLOC, the older list does: attached, they are one facility with a code and
a current name; doubled, the letters for one place would be counted in two. A row attached to the wrong
facility would move its address, so a row joins only on its code, on its name in its own city and state, or on
a name that shares words with the one facility that stands at its very street and number.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from holds.matching.facility import FacilityDirectory, FacilityEntry, Location
from holds.matching.facility_judgement import NO_MATCH, FacilityMatch
from holds.matching.facility_street import Streets
from holds.matching.place import PlaceName, read_place, state_code
from holds.matching.place_spelling import folded, split_words

# A family center went over to single adults, a staging facility is listed as plain facility: one place still.
_EXCHANGED_KINDS = frozenset({"facility", "family", "staging"})


@dataclass(frozen=True, slots=True)
class NewFacility:
    """A row of a facility list on its way in; fields as in `FacilityEntry`."""

    detloc: str | None
    names: tuple[str, ...]
    city: str | None
    state: str | None
    zip: str | None = None
    aor: str | None = None
    kind: str = ""
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """The facility a row joins, or None for a facility of its own, with the evidence.

    When `match` is `needs_judgement` the row is a facility of its own until a person joins the two.
    """

    facility_id: str | None
    match: FacilityMatch


def attach(row: NewFacility, directory: FacilityDirectory, streets: Streets | None = None) -> Attachment:
    """The facility on record that the row is, on its code, on its name, city and state, or on its street."""
    by_name = _attached(row, directory)
    if by_name.facility_id is not None or by_name.match.judgement == "exact":
        return by_name
    if not _worth_asking(row, by_name.match, directory):
        by_name = Attachment(None, NO_MATCH)
    return _by_street(row, by_name, streets or Streets(directory.entries))


def _worth_asking(row: NewFacility, match: FacilityMatch, directory: FacilityDirectory) -> bool:
    """Whether the two may be one place: a list of places says which state and what use each has."""
    if match.facility_id is None or match.rule in {"name_in_another_state", "only_the_town_agrees"}:
        return False
    return _same_use(row.kind, directory.entry(match.facility_id).kind) or match.rule == "another_kind"


def _attached(row: NewFacility, directory: FacilityDirectory) -> Attachment:
    if row.detloc:
        by_code = directory.match(Location(text=row.detloc, state=row.state))
        if by_code.rule.startswith("code"):
            return Attachment(by_code.facility_id if by_code.judgement == "exact" else None, by_code)
    found = [_by_name(row, name, directory) for name in row.names]
    joined = [one for one in found if one.facility_id is not None]
    if len({one.facility_id for one in joined}) > 1:
        return Attachment(
            None, replace(joined[0].match, judgement="needs_judgement", rule="names_of_several")
        )
    ranked = joined or [one for one in found if one.match.judgement != "none"]
    return ranked[0] if ranked else Attachment(None, NO_MATCH)


def merge_candidates(directory: FacilityDirectory, rows: Sequence[NewFacility]) -> list[Attachment]:
    """One attachment a row, in order; of two rows that claim one facility only the surer one joins it."""
    streets = Streets(directory.entries)
    attachments = [attach(row, directory, streets) for row in rows]
    claims = Counter(one.facility_id for one in attachments)
    return [
        _yielding(one, attachments) if one.facility_id and claims[one.facility_id] > 1 else one
        for one in attachments
    ]


def _by_street(row: NewFacility, by_name: Attachment, streets: Streets) -> Attachment:
    """A place that was renamed stands where it stood: its row joins where the names share words too.

    Where they share none, or the two have codes of their own, a person is asked about the two.
    """
    there = [entry for entry in streets.at(row.address, row.zip) if _same_use(row.kind, entry.kind)]
    if len(there) != 1 or state_code(row.state) != state_code(there[0].state):
        return by_name
    (entry,) = there
    match = by_name.match
    if match.facility_id != entry.id:
        match = FacilityMatch("needs_judgement", entry.id, 0.0, (), (), None, "same_street")
    match = replace(match, agreed=(*match.agreed, "address"), rule="same_street")
    if (row.detloc and entry.detloc) or not _share_words(row, entry):
        return Attachment(None, replace(match, judgement="needs_judgement"))
    return Attachment(entry.id, replace(match, judgement="confident"))


def _share_words(row: NewFacility, entry: FacilityEntry) -> bool:
    """Whether a name of each has a word of the other's besides the town's, and neither is a part of it."""
    town = frozenset(split_words(folded(entry.city or "")))
    pairs = [(_whole(one), _whole(other)) for one in row.names for other in entry.names]
    return any(one.naming & other.naming - town and one.parts == other.parts for one, other in pairs)


def _whole(text: str) -> PlaceName:
    place = read_place(text)
    return place.joined or place.name


def _same_use(one: str, other: str) -> bool:
    kinds = {one, other} - {""}
    return len(kinds) < 2 or kinds <= _EXCHANGED_KINDS


def _by_name(row: NewFacility, name: str, directory: FacilityDirectory) -> Attachment:
    match = directory.match(Location(name, city=row.city, state=row.state, aor=row.aor, zip=row.zip))
    if match.judgement not in {"exact", "confident"} or match.facility_id is None:
        return Attachment(None, match)
    entry = directory.entry(match.facility_id)
    hindrance = _hindrance(row, entry, match)
    if hindrance:
        return Attachment(None, replace(match, judgement="needs_judgement", rule=hindrance))
    return Attachment(entry.id, match)


def _hindrance(row: NewFacility, entry: FacilityEntry, match: FacilityMatch) -> str | None:
    if row.detloc and entry.detloc and row.detloc.strip().upper() != entry.detloc.strip().upper():
        return "another_code"
    if state_code(row.state) is None or state_code(row.state) != state_code(entry.state):
        return "another_state"
    if "city" not in match.agreed:
        return "city_unproven"
    return None if _same_use(row.kind, entry.kind) else "another_kind"


def _yielding(one: Attachment, attachments: Iterable[Attachment]) -> Attachment:
    rivals = [other for other in attachments if other.facility_id == one.facility_id]
    best = [other for other in rivals if _sureness(other) == max(map(_sureness, rivals))]
    if len(best) == 1 and best[0] is one:
        return one
    return Attachment(None, replace(one.match, judgement="needs_judgement", rule="claimed_by_several_rows"))


def _sureness(one: Attachment) -> tuple[bool, bool]:
    return (one.match.rule == "code", one.match.judgement == "exact")
