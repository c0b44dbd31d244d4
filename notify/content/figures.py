"""Dates and phone numbers as people read and dial them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import phonenumbers
from babel import Locale
from babel.dates import format_date

# Where the long form ends in an abbreviation, its full stop would stand before that of the sentence; and the
# order in which Georgian and Armenian say a date inside a sentence.
_WRITTEN_OUT = {
    "ru": "d MMMM y 'года'",
    "uk": "d MMMM y 'року'",
    "ka": "y 'წლის' d MMMM",
    "hy": "y 'թվականի' MMMM d",
}


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """The CLDR locale of a BCP 47 tag."""
    return Locale.parse(language, sep="-")


@lru_cache(maxsize=1024)
def long_date(day: date, language: str) -> str:
    """`November 28, 2022`, `28 de noviembre de 2022`: the long form of the CLDR for a BCP 47 tag."""
    return format_date(day, format=_date_pattern(day, language), locale=locale_of(language))


def _date_pattern(day: date, language: str) -> str:
    if language != "ti":
        return _WRITTEN_OUT.get(language, "long")
    # Its months are the Gregorian ones in Eritrea and days apart from them in Ethiopia: November's European
    # name, as Amharic writes it, tells either reader which November is meant.
    european = format_date(day, "MMMM", locale=locale_of("am"))
    return f"d MMMM '({european})' y"


@lru_cache(maxsize=256)
def dialled_phone(e164: str) -> str:
    """A phone number as it is dialled from a phone in the United States: `1-800-555-0199`, `+52 55 …`.

    ValueError when the number is not a possible E.164 number.
    """
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException as error:
        raise ValueError(f"The contact phone must be written like +18005550199: {error}") from error
    if not phonenumbers.is_possible_number(number):
        raise ValueError("The contact phone must be a number that can be dialled, such as +18005550199.")
    if number.country_code == 1:
        national = phonenumbers.national_significant_number(number)
        return f"1-{national[:3]}-{national[3:6]}-{national[6:]}"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
