"""Names, numbers, dates and codes set apart from the direction of the text round them."""

from __future__ import annotations

FIRST_STRONG_ISOLATE = "\u2068"
POP_DIRECTIONAL_ISOLATE = "\u2069"

# Every control that opens, closes or overrides a direction: one that comes in with a name could close our
# isolate early and turn the rest of the line round (Unicode UAX #9, 2.1 to 2.4 and 2.6).
_CONTROLS = dict.fromkeys(
    map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), None
)


def isolate(value: str) -> str:
    """The value between U+2068 and U+2069, its own direction controls taken out; empty stays empty."""
    bare = value.translate(_CONTROLS)
    return f"{FIRST_STRONG_ISOLATE}{bare}{POP_DIRECTIONAL_ISOLATE}" if bare else ""


def without_isolation(text: str) -> str:
    """The text as a reader sees it, with the invisible controls taken out."""
    return text.translate(_CONTROLS)
