"""Finding the few facilities of the directory that a location might mean, without looking at all of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from holds.matching.facility_evidence import Asked, Known, Town
from holds.matching.place import PlaceName

# The likeness from which a name without one common word is looked at at all.
LIKE_SCORE = 80.0


class FacilityIndex:
    """The facilities by the words of their names, by state and by town; positions in `known`."""

    def __init__(self, known: Sequence[Known]) -> None:
        self.towns: dict[Town, list[Known]] = defaultdict(list)
        """The facilities of each town that hold people."""
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self._words: set[str] = set()
        """Every word as it stands: no slip is looked for in one of these."""
        self._by_text: dict[str, set[int]] = defaultdict(set)
        self._by_word_there: dict[str | None, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        """The same of each state alone, with the facilities whose state nobody said; of None only these."""
        self._texts: dict[str | None, list[tuple[str, int]]] = defaultdict(list)
        self._by_place: dict[tuple[str, str, str | None], list[int]] = defaultdict(list)
        for index, one in enumerate(known):
            if one.holds_people:
                self.towns[one.town].append(one)
            for name in one.names:
                self._texts[one.state].append((name.compact, index))
                self._by_text[name.text].add(index)
                self._by_place[name.text, one.city, one.state].append(index)
                for word in _telling(name):
                    self._words.add(word)
                    for trace in _traces(word):
                        self._by_word[trace].add(index)
                        self._by_word_there[one.state][trace].add(index)
        stateless = self._by_word_there[None]
        for state, words in self._by_word_there.items():
            for trace, indices in stateless.items() if state is not None else ():
                words[trace].update(indices)

    def of_that_name_there(self, asked: Asked) -> int | None:
        """The one facility of that very name in that town, where the location says all that and no more."""
        if len(asked.names) != 1 or asked.asides or len(asked.cities) != 1 or len(asked.states) != 1:
            return None
        (name,), (city,), (state,) = asked.names, asked.cities, asked.states
        found = self._by_place.get((name.text, city, state), ())
        return found[0] if len(found) == 1 and name.core and asked.says_kind else None

    def shortlist(self, asked: Asked) -> list[int]:
        """The facilities that share a word, or a word with a slip in it, and are not in another state.

        Of another state only those of the very same name are of interest: to say that they are there.
        """
        names = dict.fromkeys((*asked.names, *asked.asides))
        found: set[int] = set()
        by_word: Mapping[str, set[int]] = self._by_word
        if len(asked.states) == 1:
            (state,) = asked.states
            by_word = self._by_word_there.get(state, self._by_word_there[None])
        for name in names:
            for word in _telling(name):
                for trace in (word,) if word in self._words else _traces(word):
                    if (held := by_word.get(trace)) is not None:
                        found |= held
        if asked.states:
            for name in names:
                found |= self._by_text.get(name.text, frozenset())
        return sorted(found or self._alike(asked))

    def _alike(self, asked: Asked) -> set[int]:
        if not asked.names:
            return set()
        states = [*asked.states, None] if len(asked.states) == 1 else list(self._texts)
        texts = [pair for state in states for pair in self._texts.get(state, ())]
        like = process.extract(
            asked.names[0].compact,
            [text for text, _ in texts],
            scorer=fuzz.ratio,
            score_cutoff=LIKE_SCORE,
            limit=2,
        )
        return {texts[position][1] for _, _, position in like}


def _telling(name: PlaceName) -> tuple[str, ...]:
    return (*name.core, name.key) if len(name.core) > 1 else (name.core or (name.key,))


def _traces(word: str) -> list[str]:
    """The word and, from five letters on, the word less any one letter: slips share a trace."""
    if len(word) < 5:
        return [word]
    return [word, *(word[:cut] + word[cut + 1 :] for cut in range(len(word)))]
