"""The IANA time zone of a place in the United States, from its state and ZIP code.

States that lie in two zones are told apart by the first three digits of the ZIP code; where those do not
settle it the zone is unknown, and whoever asks must take the strictest.
"""

_BY_STATE = {
    "America/New_York": "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV",
    "America/Chicago": "AL AR IA IL LA MN MO MS OK WI",
    "America/Denver": "CO MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV WA",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
    "Pacific/Guam": "GU MP",
}
_ZONE_OF_STATE = {state: zone for zone, states in _BY_STATE.items() for state in states.split()}

# State -> (its usual zone, the ZIP prefixes of its other zone, that zone, prefixes that lie in both).
_DIVIDED = {
    "FL": ("America/New_York", "325", "America/Chicago", "324"),
    "TX": ("America/Chicago", "798 799 885", "America/Denver", ""),
    "TN": ("America/Chicago", "376 377 378 379", "America/New_York", "373 374 385"),
    "KY": ("America/New_York", "420 421 422 423 424", "America/Chicago", "427 425 426"),
    "IN": ("America/New_York", "463 464 476 477", "America/Chicago", "475 465"),
    "MI": ("America/New_York", "", "America/Chicago", "498 499"),
    "ND": ("America/Chicago", "", "America/Denver", "585 586 588"),
    "SD": ("America/Chicago", "577", "America/Denver", "575 576"),
    "NE": ("America/Chicago", "693", "America/Denver", "690 691 692"),
    "KS": ("America/Chicago", "", "America/Denver", "677 678 679"),
    "ID": ("America/Boise", "838", "America/Los_Angeles", "835"),
    "OR": ("America/Los_Angeles", "", "America/Boise", "979 978"),
    "AK": ("America/Anchorage", "", "America/Adak", "995 996"),
}


def place_zone(state: str | None, zip_code: str | None) -> str | None:
    """The zone's IANA name, or None where state and ZIP do not tell. `state` as two letters."""
    code = (state or "").strip().upper()
    if code in _ZONE_OF_STATE:
        return _ZONE_OF_STATE[code]
    if code not in _DIVIDED:
        return None
    usual, other_prefixes, other, both = _DIVIDED[code]
    prefix = (zip_code or "").strip()[:3]
    if len(prefix) < 3 or prefix in both.split():
        return None
    return other if prefix in other_prefixes.split() else usual
