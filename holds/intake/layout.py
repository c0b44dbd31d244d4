"""What a kind of file has: its fields, and the headings that may stand for each."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from holds.intake.workbook import Cell


@dataclass(frozen=True)
class Field:
    """A field a file may have. `synonyms` are headings, the most telling first; `looks_like` judges a filled
    cell.
    """

    name: str
    synonyms: tuple[str, ...]
    looks_like: Callable[[Cell], bool] | None = None


def parse_fields(text: str) -> tuple[Field, ...]:
    """Fields written as `name: heading, other heading, …`, one to a line; an indented line continues the
    last.
    """
    lines = re.sub(r"\n\s+", " ", text.strip()).splitlines()
    pairs = [line.partition(": ") for line in lines]
    return tuple(
        Field(name, tuple(part.strip() for part in synonyms.split(","))) for name, _, synonyms in pairs
    )


@dataclass(frozen=True)
class Layout:
    """What a kind of file has. Of each group in `required` at least one field must have a column.

    `by_content`: a column whose heading says nothing may be told by its cells. Only where somebody confirms
    the columns: what is read at the gate must not rest on a guess.
    """

    kind: str
    fields: tuple[Field, ...]
    required: tuple[tuple[str, ...], ...]
    by_content: bool = True

    @cached_property
    def ranks(self) -> dict[str, list[tuple[int, Field]]]:
        """Normalised heading -> the fields it may mean, with the place it has among the field's synonyms."""
        ranks: dict[str, list[tuple[int, Field]]] = {}
        for field in self.fields:
            for rank, synonym in enumerate((*field.synonyms, field.name)):
                ranks.setdefault(normalise_heading(synonym), []).append((rank, field))
        return ranks


def normalise_heading(text: str) -> str:
    """Lower case, no accents, `#` as `number`, no punctuation: `A#` and `A-Number` are `a number`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z0-9]+", " ", plain.replace("#", " number ").replace("&", " and ")).strip()
