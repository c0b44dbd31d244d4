"""Every spelling can be read back by a careful reader, whatever the draw."""

import re
import unicodedata
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process, utils

from notify.cli.demo.defects import CHANGES, NUMBER, Defect, spoil
from notify.cli.demo.facilities import Facility, facilities
from notify.cli.demo.noise import NUMBER_SPELLINGS, spell_birth_date, spell_facility, spell_number

seeds = st.integers(0, 2**32)
numbers = st.integers(900_000_000, 999_999_999)
births = st.dates(date(1935, 1, 1), date(2021, 1, 1))


@given(seeds, numbers)
def test_an_a_number_keeps_its_nine_digits(seed: int, number: int) -> None:
    written = str(spell_number(Random(seed), number))
    assert "".join(character for character in written if character.isdigit()) == str(number)


def test_every_way_of_writing_a_number_is_drawn() -> None:
    rng = Random("ways")
    drawn = {repr(spell_number(rng, 900_000_001)) for _ in range(6_000)}
    assert len(drawn) == len(NUMBER_SPELLINGS)


def test_a_birth_date_that_could_be_mistaken_is_never_written_with_slashes() -> None:
    rng = Random("dates")
    early = {str(spell_birth_date(rng, date(1990, 7, 12))) for _ in range(3_000)}
    late = {str(spell_birth_date(rng, date(1990, 7, 13))) for _ in range(3_000)}
    assert early == {"1990-07-12", "12-JUL-1990"}
    assert late == {"1990-07-13", "13-JUL-1990", "07/13/1990", "13/07/1990"}


def _nearest(written: str) -> Facility:
    spellings = {
        spelling: facility
        for facility in facilities()
        for name in (facility.name, *facility.aliases, facility.detloc)
        for spelling in (name, f"{name} ({facility.city}, {facility.state})", f"{facility.detloc} - {name}")
    }
    found = process.extractOne(
        written, list(spellings), scorer=fuzz.token_sort_ratio, processor=utils.default_process
    )
    return spellings[found[0]]


def test_nearly_every_place_can_be_told_from_its_spelling() -> None:
    rng = Random("places")
    wrong = [
        written
        for facility in facilities()
        for written in (spell_facility(rng, facility) for _ in range(12))
        if _nearest(written) != facility
    ]
    assert len(wrong) < 0.04 * 12 * len(facilities()), wrong


@given(seeds, numbers, births)
def test_no_defect_can_be_mended_into_a_real_a_number(seed: int, number: int, born: date) -> None:
    for kind in CHANGES:
        row = spoil(Random(seed), kind, {NUMBER: f"A{number}"}, number=number, born=born, spare=987_654_321)
        text = unicodedata.normalize("NFKC", str(row[NUMBER]))
        for run in re.findall(r"(?<!\d)\d{7,9}(?!\d)", text):
            assert int(run) >= 900_000_000


@given(seeds, numbers)
def test_a_malformed_number_has_no_reading(seed: int, number: int) -> None:
    row = spoil(Random(seed), Defect.NUMBER_MALFORMED, {}, number=number, born=date(1990, 1, 1), spare=0)
    digits = re.sub(r"[ A#-]", "", str(row[NUMBER]))
    assert not re.fullmatch(r"\d{7,9}", digits)
