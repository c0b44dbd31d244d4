"""A name put into a line never turns the line round."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from notify.content.isolation import isolate, without_isolation


def test_a_value_is_isolated_and_nothing_stays_nothing() -> None:
    assert isolate("1-800") == "\u20681-800\u2069"
    assert isolate("") == ""
    assert without_isolation(isolate("عربي")) == "عربي"


@given(st.text(st.sampled_from("ab\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\u200f\u061cא")))
def test_no_value_can_close_its_isolate_or_open_another(value: str) -> None:
    inside = isolate(value)[1:-1]
    directions = {unicodedata.bidirectional(character) for character in inside}
    assert not directions & {"LRI", "RLI", "FSI", "PDI", "LRE", "RLE", "LRO", "RLO", "PDF"}
