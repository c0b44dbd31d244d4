"""Sentences for people: English with named values, translated and formatted where they are shown."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Union

Value = Union[str, int, dt.datetime, dt.date, "Sentence", tuple["Sentence", ...]]


@dataclass(frozen=True)
class Sentence:
    """`text` is English with `%(name)s` placeholders, and a message of the domain `interface`.

    `str()` gives the English, for the command line and for logs of what was shown.
    """

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.spoken(lambda text: text, shown)

    def spoken(self, translate: Callable[[str], str], show: Callable[[str | int | dt.date], str]) -> str:
        """The sentence in a language: `translate` gives the text, `show` formats dates, times and numbers."""

        def put(value: Value) -> str:
            if isinstance(value, tuple):
                return ", ".join(part.spoken(translate, show) for part in value)
            return value.spoken(translate, show) if isinstance(value, Sentence) else show(value)

        values = {name: put(value) for name, value in self.values.items()}
        text = translate(self.text) if self.text else ""
        return text % values if values else text


def lazy_gettext(text: str, **values: Value) -> Sentence:
    """A sentence to translate later. Imported as `_l`, it marks its text for the catalogs."""
    return Sentence(text, values)


def shown(value: str | int | dt.date) -> str:
    """A value in English; times in UTC, and saying so."""
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(dt.UTC):%-d %b %Y, %H:%M} UTC"
    if isinstance(value, dt.date):
        return f"{value:%-d %b %Y}"
    return f"{value:,}" if isinstance(value, int) else value
