"""A-numbers (alien registration numbers) as people and spreadsheets write them.

An A-number has seven to nine digits and no check digit, so nothing tells a wrong one from a right one: a
reader that guesses gives one person another's number. This one reads what is unmistakable and refuses the
rest with a code. A number is kept as nine digits without the `A` (`"900000001"`).
"""

import re
import unicodedata
from typing import NamedTuple

MISSING = "a_number.missing"
MALFORMED = "a_number.malformed"
SEVERAL = "a_number.several"
LOST_PRECISION = "a_number.lost_precision"

_SYNTHETIC_FROM = 900_000_000

# What an A can look like when typed on a Cyrillic or Greek keyboard. It is only the prefix, so no digit hangs
# on it.
_LETTER_A = {"А": "A", "а": "a", "Α": "A"}
_DASHES_OUTSIDE_PD = {"\u2212", "\u00ad", "\u2043", "\u02d7"}

_NUMBER = re.compile(
    r"""(?: A (?:lien)? [ -]* (?: (?:file|number|num|no|nbr|registration|reg) \b [ .]* ){0,3}
            (?:\#|:)* [ :.-]* )?
        \#? [ ]*
        (?P<digits> [0-9]+ (?: (?:[ ]?-+[ ]?|[ ]) [0-9]{3,} )* )
        (?: \.0 )?""",
    re.VERBOSE | re.IGNORECASE,
)
# What a spreadsheet writes to keep a number as text: ="900000001" or '900000001.
_TEXT_MARK = re.compile(r"""^(?:="([^"]*)"|\'([^\']*))$""")
# Eight or nine digits that stand for themselves, in groups or not, inside a cell that says more.
_WHOLE = re.compile(
    r"(?<![0-9.,-])(?<![0-9] )(?:[0-9]{3}[ -][0-9]{3}[ -][0-9]{3}|[1-9][0-9]{7,8})(?!\w|[ .,-]*[0-9])"
)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2}(?:\.0)?")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]*)?E\+?[0-9]+", re.IGNORECASE)
_ABSENT = {
    "", "NA", "NONE", "NULL", "NIL", "UNKNOWN", "UNK", "PENDING", "NOTAVAILABLE", "NOTASSIGNED", "TBD",
}  # fmt: skip
# A slash inside a/k/a is no separator between numbers, so the words go first.
_ALIAS_WORDS = re.compile(
    r"\b(?:a/k/a|aka|f/k/a|fka|n/k/a|also known as|formerly|previously|previous|prior|alias|also"
    r"|old|new|was|now|and|or|y|e)\b\.?:?",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[/,;&|+\n()\[\]\u060c\u061b\u3001\uff0c]")


class ANumberReading(NamedTuple):
    """What one cell holds: well-formed numbers, nine digits each, and a code when it is not exactly one.

    `problem` is None, or one of: MISSING and LOST_PRECISION, then `numbers` is empty; SEVERAL, then `numbers`
    has every well-formed one in the order written; MALFORMED, then `numbers` has whatever stands whole beside
    something else (`A900000001*`, `900000001 pending`): enough to hold by, not to know anybody by.
    """

    numbers: tuple[str, ...]
    problem: str | None


NOBODYS = "000000000"
_PLAIN_NINE = re.compile(r"A?[0-9]{9}")
"""As most are written: no more needs to be looked at."""


def read_a_numbers(value: str | float) -> ANumberReading:
    """Read a cell: text, or the number a spreadsheet stored. Never raises."""
    if isinstance(value, str):
        if _PLAIN_NINE.fullmatch(value) and (number := value[-9:]) != NOBODYS:
            return ANumberReading((number,), None)
        return _read_text(value)
    if isinstance(value, bool):
        return ANumberReading((), MALFORMED)
    return _read_stored_number(value)


def _read_text(value: str) -> ANumberReading:
    text = _TEXT_MARK.sub(r"\1\2", _plain(value))
    if re.sub(r"[^A-Z0-9?]", "", text.upper()).strip("?") in _ABSENT and not _has_own_script(text):
        return ANumberReading((), MISSING)
    if _SCIENTIFIC.fullmatch(re.sub(r"^A?[# -]*", "", text, count=1, flags=re.IGNORECASE)):
        return ANumberReading((), LOST_PRECISION)
    if _THOUSANDS.fullmatch(text):
        return _one(text.replace(",", "").removesuffix(".0"))
    single = _read_one(text)
    return ANumberReading((single,), None) if single else _read_several(text)


def is_a_number(text: str) -> bool:
    """Whether `text` is the kept form: nine digits, not all zero."""
    return len(text) == 9 and text.isascii() and text.isdigit() and text != NOBODYS


def mask(number: str) -> str:
    """Show the last three digits only: `A***-***-001`."""
    return f"A***-***-{number[-3:]}"


def display(number: str) -> str:
    """Show a kept number as people write it: `A900-000-001`."""
    return f"A{number[:3]}-{number[3:6]}-{number[6:]}"


def slips_of(number: str) -> frozenset[str]:
    """The numbers that a kept number may have been meant to be: one digit off, or two neighbours swapped."""
    digits = [
        f"{number[:place]}{digit}{number[place + 1 :]}"
        for place in range(len(number))
        for digit in "0123456789"
    ]
    swaps = [
        f"{number[:place]}{number[place + 1]}{number[place]}{number[place + 2 :]}"
        for place in range(len(number) - 1)
    ]
    return frozenset(filter(is_a_number, (*digits, *swaps))) - {number}


def is_synthetic(number: str) -> bool:
    """Whether the number is of the range nobody has been assigned (A900000000 and up)."""
    return int(number) >= _SYNTHETIC_FROM


def _read_stored_number(value: float) -> ANumberReading:
    # The spreadsheet stores 900000001 as the float 900000001.0: whole and in range, it is exact.
    if value != value or value in (float("inf"), float("-inf")) or value != int(value):  # noqa: PLR0124 (NaN)
        return ANumberReading((), MALFORMED)
    return _one(str(int(value)))


def _one(digits: str) -> ANumberReading:
    number = _keep(digits)
    return ANumberReading((number,), None) if number else ANumberReading((), MALFORMED)


def _keep(digits: str) -> str | None:
    if not (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 9) or not digits.strip("0"):
        return None
    return digits.zfill(9)


def _read_one(text: str) -> str | None:
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    groups = re.findall(r"[0-9]+", match["digits"])
    digits = "".join(groups)
    # Groups of three from the right are how people write it; any other short grouping may be a number and a
    # suffix.
    if len(groups) > 1 and len(groups[0]) > 3 and len(digits) < 9:
        return None
    return _keep(digits)


def _read_several(text: str) -> ANumberReading:
    parts = [part.strip(" .:-") for part in _SEPARATORS.split(_ALIAS_WORDS.sub(";", text))]
    parts = [part for part in parts if part]
    if len(parts) == 1 and re.fullmatch(r"(?:A?[0-9]{7,9} ?)+", parts[0], re.IGNORECASE):
        parts = parts[0].split()
    numbers = [number for part in parts if (number := _read_one(part))]
    distinct = tuple(dict.fromkeys(numbers))
    if len(distinct) > 1:
        return ANumberReading(distinct, SEVERAL)
    if distinct and len(numbers) == len(parts):
        return ANumberReading(distinct, None)
    # "A900000001 / 12345" holds several, one of them unreadable. "A900000001 (mother)" may be someone else's
    # number.
    if distinct and all(any(char.isdigit() for char in part) for part in parts):
        return ANumberReading(distinct, SEVERAL)
    return ANumberReading(tuple(dict.fromkeys(map(_nine, _WHOLE.findall(text)))), MALFORMED)


def _nine(digits: str) -> str:
    return re.sub("[^0-9]", "", digits).zfill(9)


def _plain(text: str) -> str:
    """Bring digits, dashes and spaces of every script to ASCII; a superscript (a footnote mark) is no
    digit.
    """
    plain = text if text.isascii() else "".join(map(_plain_character, text))
    return re.sub(r"[^\S\n]+", " ", plain).strip()


def _plain_character(char: str) -> str:  # noqa: PLR0911
    if char.isascii():
        return char
    if (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    category = unicodedata.category(char)
    if char in _DASHES_OUTSIDE_PD or category == "Pd":
        return "-"
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    if category == "Cf":  # zero-width and direction marks
        return ""
    if "\uff01" <= char <= "\uff5e":
        return unicodedata.normalize("NFKC", char)
    return _LETTER_A.get(char, char)


def _has_own_script(text: str) -> bool:
    return any(char.isalnum() and not char.isascii() for char in text)
