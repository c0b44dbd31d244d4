"""Which counsel a record list names: `Attorney of Record` and `Law Firm` to a counsel on the roster."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from holds.domain.person_name import name_pairs, name_tokens, read_person_name
from holds.matching.identity import Accord

_TITLES = frozenset(
    {"atty", "attorney", "counsel", "counselor", "dr", "esq", "esquire", "jd", "llm", "mr", "mrs", "ms"}
)
_FIRM_FORMS = frozenset({
    "aal", "and", "apc", "aplc", "associates", "assoc", "at", "attorney", "attorneys", "firm", "for", "group",
    "inc", "law", "legal", "llc", "llp", "lp", "ltd", "of", "office", "offices", "pa", "pc", "plc", "pllc",
    "the",
})  # fmt: skip
_NO_COUNSEL = frozenset(
    {"", "none", "na", "nocounsel", "notrepresented", "prose", "unknown", "unrepresented"}
)


@dataclass(frozen=True, slots=True)
class CounselEntry:
    """Counsel on the roster, as matched: the name in either order, and the firm."""

    id: str
    name: str
    firm: str = ""


@dataclass(frozen=True, slots=True)
class RosterMatch:
    """Which counsel a list names. `others` are the further counsel the name could mean, likeliest first.

    `confident` needs the whole name and the firm, borne by one counsel only. `agreed` and `disagreed` hold
    `name` and `firm`.
    """

    judgement: Literal["confident", "needs_judgement", "none"]
    counsel_id: str | None
    agreed: tuple[str, ...]
    disagreed: tuple[str, ...]
    others: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class _Named:
    id: str
    key: tuple[str, ...]
    initials: frozenset[str]
    pairs: frozenset[str]
    firm: frozenset[str]


class CounselRoster:
    """Counsel by name: `Attorney of Record` and `Law Firm` of a list -> a counsel on the roster."""

    def __init__(self, entries: Iterable[CounselEntry]) -> None:
        self._by_name: dict[tuple[str, ...], list[_Named]] = defaultdict(list)
        self._by_pair: dict[str, list[_Named]] = defaultdict(list)
        for entry in entries:
            named = _named(entry.id, entry.name, entry.firm)
            if named.key:
                self._by_name[named.key].append(named)
            for pair in named.pairs:
                self._by_pair[pair].append(named)

    def match(self, name: str, firm: str = "") -> RosterMatch:
        """The counsel the list names. Never raises; `Pro se` and blanks are `none`."""
        if re.sub(r"[\W_]", "", name).casefold() in _NO_COUNSEL:
            return RosterMatch("none", None, (), (), (), "no_counsel_named")
        asked = _named("", name, firm)
        equal = [one for one in self._by_name.get(asked.key, []) if asked.key]
        near = {one.id: one for pair in asked.pairs for one in self._by_pair.get(pair, [])}
        if equal:
            return self._of_equal(asked, equal)
        if near:
            ranked = sorted(near.values(), key=lambda one: (_firm_accord(asked, one) != "agrees", one.id))
            return _found("needs_judgement", asked, ranked, "part_of_the_name")
        return RosterMatch("none", None, (), (), (), "nothing_like_it")

    def _of_equal(self, asked: _Named, equal: list[_Named]) -> RosterMatch:
        ranked = sorted(equal, key=lambda one: (_firm_accord(asked, one) != "agrees", one.id))
        best = ranked[0]
        if len(ranked) > 1:
            return _found("needs_judgement", asked, ranked, "name_held_by_several")
        if asked.initials and best.initials and not asked.initials & best.initials:
            return _found("needs_judgement", asked, ranked, "other_initial")
        if _firm_accord(asked, best) == "agrees":
            return _found("confident", asked, ranked, "name_and_firm")
        return _found("needs_judgement", asked, ranked, "firm_unproven")


def _found(
    judgement: Literal["confident", "needs_judgement"], asked: _Named, ranked: list[_Named], rule: str
) -> RosterMatch:
    best = ranked[0]
    firm = _firm_accord(asked, best)
    agreed = [word for word, same in (("name", asked.key == best.key), ("firm", firm == "agrees")) if same]
    return RosterMatch(
        judgement=judgement,
        counsel_id=best.id,
        agreed=tuple(agreed),
        disagreed=("firm",) if firm == "conflicts" else (),
        others=tuple(one.id for one in ranked[1:]),
        rule=rule,
    )


def _named(identity: str, name: str, firm: str) -> _Named:
    """A name without titles, its initials apart: `Smith, Jane Q., Esq.` and `Jane Smith` have one key."""
    bare = " ".join(word for word in name.split() if re.sub(r"\W", "", word).casefold() not in _TITLES)
    read = read_person_name(bare.strip(" ,;"))
    tokens = name_tokens(read) if read else ()
    whole = [token for token in tokens if len(token) > 1]
    return _Named(
        id=identity,
        key=tuple(sorted(whole)),
        initials=frozenset(token for token in tokens if len(token) == 1),
        pairs=name_pairs(read) if read and len(whole) > 1 else frozenset(),
        firm=frozenset(name_tokens(re.sub(r"(?<=\w)\.(?=\w)", "", firm))) - _FIRM_FORMS,
    )


def _firm_accord(one: _Named, other: _Named) -> Accord:
    if not one.firm or not other.firm:
        return "unknown"
    return "agrees" if one.firm == other.firm else "conflicts"
