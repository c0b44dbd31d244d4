"""Who a record or a question says somebody is, in the form in which identities are compared."""

import datetime as dt
from collections.abc import Iterable

from holds.domain.person import PersonFacts
from holds.domain.person_name import name_tokens, pairs_of
from holds.matching.identity import Identity


def identity(names: Iterable[str], birth_dates: Iterable[dt.date]) -> Identity:
    """All names a record goes by count as one; so do all readings of an ambiguous birth date."""
    written = [name_tokens(name) for name in names]
    if len(written) == 1:  # as nearly all are
        alone = written[0]
        return Identity(tuple(dict.fromkeys(alone)), pairs_of(alone), frozenset(birth_dates))
    return Identity(
        name_tokens=tuple(dict.fromkeys(token for tokens in written for token in tokens)),
        name_pairs=frozenset(pair for tokens in written for pair in pairs_of(tokens)),
        birth_dates=frozenset(birth_dates),
    )


def identity_of(facts: PersonFacts) -> Identity:
    """The identity of a record."""
    return identity(facts.names, map(dt.date.fromisoformat, facts.birth_dates))
