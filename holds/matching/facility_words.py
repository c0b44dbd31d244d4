"""Which words of a location a facility's name has too, and which it has not: evidence to show to people."""

from collections.abc import Sequence

from holds.matching.place import read_place


def shared_words(text: str, names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(words both say, words only one says), written out and in writing order, by the name most like it.

    City and state at the end of the text, footnotes and words that say nothing (`ICE`) are no words of it.
    """
    asked = _words(text)
    best = max((_words(name) for name in names), key=lambda words: _nearness(asked, words), default=())
    both = tuple(word for word in asked if word in best)
    return both, tuple(word for word in dict.fromkeys((*asked, *best)) if word not in both)


def _words(text: str) -> tuple[str, ...]:
    place = read_place(text)
    return tuple(dict.fromkeys((place.joined or place.name).tokens))


def _nearness(asked: Sequence[str], known: Sequence[str]) -> tuple[int, int]:
    both = len(set(asked) & set(known))
    return (both, -len(known))
