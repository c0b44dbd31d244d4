"""A record of the leak's countries and a roster about it, with the errors that rosters have. All invented.

Names are drawn from the lists of `notify/cli/demo`; for Russia, Ukraine and China from Faker's, put into
Latin letters by two different systems for record and roster (iuliia's schemas; pinyin and Wade-Giles by
pypinyin). Families have numbers in a row, twins a birth date in common, and some rows name a relative who is
not on record.
"""

import dataclasses
import datetime as dt
import string
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import iuliia
from faker import Faker
from pypinyin import Style, lazy_pinyin

from holds.domain.person_name import name_tokens
from holds.matching.name_sound import words_of
from holds.matching.weighing import Described
from notify.cli.demo.people import Person, draw_numbers, make_people

_WRITTEN = """
MOHAMMAD MUHAMMAD MOHAMED MOHAMMED MUHAMMED MOHAMAD MAHAMED; AHMAD AHMED AHMET AKHMED AHMADU; YUSUF
YOUSEF YOUSSEF YOUSUF YUSIF; HUSSEIN HUSSAIN HUSAYN HOSSEIN HOSSAIN HUSEYN; ALI ALY; ABDULLAH
ABDALLAH ABDULLA ABDOULAYE; ABDULRAHMAN ABDURRAHMAN ABDIRAHMAN ABDERRAHMANE; IBRAHIM EBRAHIM
IBRAHEEM IBRAHIMA; OMAR UMAR OUMAR OMER; KHALID KHALED CHALID; HASAN HASSAN HASSEN; MUSTAFA
MOUSTAPHA MUSTAPHA MOSTAFA; FATIMA FATEMEH FATEMA FATMA; AISHA AYESHA AICHA AISHAH; ISMAIL ESMAIL
ISMAEL ESMAEIL; OSMAN USMAN OUSMANE UTHMAN; MAHMOUD MAHMUD MEHMOOD MAHMOOD; RAHIMI RAHEEMI; NOORI
NURI; SHARIFI CHARIFI; MEHMET MEHMED; SINGH SING; KAUR KOUR; GURPREET GURPRIT; HARPREET HARPRIT;
PATEL PATTEL; ISLAM ESLAM; BEGUM BEGAM; CHOWDHURY CHAUDHURY; RAHMAN REHMAN RAHAMAN; GIORGI GEORGI
GIORGY; NINO NINA; LEVAN LEWAN; ARMEN ARMIN; HAYK HAIK; SHERZOD SHERZAD; OTABEK ATABEK; DILSHOD
DILSHAD; ULUGBEK ULUGHBEK; JASUR JASOUR; GONZALEZ GONZALES; HERNANDEZ HERNANDES HDEZ; RODRIGUEZ
RODRIGUES RDGUEZ; JIMENEZ XIMENEZ GIMENEZ; CHAVEZ CHAVES; VASQUEZ VAZQUEZ BASQUEZ; YOVANI GIOVANNI
JOVANI; JHON JOHN; BRAYAN BRIAN BRYAN; YESENIA JESENIA; STIVEN STEVEN ESTIVEN; WILMER VILMER; PIERRE
PIER; JEAN JAN; TEKLE TEKLAY; GEBRE GHEBRE; HAILE HAYLE; MEHARI MEHARIE; TESFAY TESFAYE
"""
SPELLINGS = tuple(tuple(group.split()) for group in _WRITTEN.split(";"))
"""Ways in which papers write one name."""
_OTHERS = {one: [other for other in group if other != one] for group in SPELLINGS for one in group}
_CYRILLIC = {
    "RU": (
        "ru_RU",
        (iuliia.MOSMETRO, iuliia.BGN_PCGN, iuliia.ICAO_DOC_9303, iuliia.MVD_782, iuliia.WIKIPEDIA),
    ),
    "UA": ("uk_UA", (iuliia.ICAO_DOC_9303, iuliia.BGN_PCGN, iuliia.WIKIPEDIA)),
}
_UKRAINIAN = str.maketrans("іїєґІЇЄҐ", "ийегИЙЕГ")


@dataclass(frozen=True)
class Row:
    """One row of the roster and whom it is about: a place in the record, or None for a stranger."""

    said: Described
    meant: int | None
    hard: bool


@dataclass(frozen=True)
class _Known:
    person: Person
    name: str
    other_spelling: str
    number: str
    facility: str


def record_and_roster(seed: int, people: int, rows: int) -> tuple[dict[int, Described], list[Row]]:
    """So many people on record, by place, and so many rows; the same for the same seed."""
    rng = Random(seed)  # noqa: S311
    made = list(_record(rng, people + people // 50))
    rng.shuffle(made)
    known, strangers = made[:people], made[people:]
    numbers = {one.number: at for at, one in enumerate(known)}
    record = {at: _said(one.name, {one.number}, {one.person.born}, one) for at, one in enumerate(known)}
    roster = []
    for _ in range(rows):
        if rng.random() < 0.08:
            roster.append(Row(_row(rng, rng.choice(strangers), numbers), None, hard=False))
            continue
        at = _client(rng, known)
        hard = known[at].person.citizenship.languages.words[0] != "Spanish"
        roster.append(Row(_row(rng, known[at], numbers), at, hard))
    return record, roster


def _client(rng: Random, known: list[_Known]) -> int:
    """Anybody, and oftener somebody whose name is no Spanish one: those are the hard ones."""
    at = rng.randrange(len(known))
    if known[at].person.citizenship.languages.words[0] == "Spanish" and rng.random() < 0.5:
        return rng.randrange(len(known))
    return at


def _record(rng: Random, count: int) -> Iterator[_Known]:
    facilities = [f"F{number}" for number in range(120)]
    fakers = {code: Faker(locale) for code, (locale, _) in _CYRILLIC.items()} | {"CN": Faker("zh_CN")}
    for code, fake in fakers.items():
        fake.seed_instance(rng.random() + len(code))
    for person in make_people(rng, draw_numbers(rng, count)):
        number, facility = str(person.number), rng.choice(facilities)
        fake = fakers.get(person.citizenship.code)
        name, other = _romanised(rng, person, fake) if fake else (person.name.listed(), "")
        yield _Known(person, name, other, number, facility)
        if rng.random() < 0.04:
            yield _relative(rng, person, name, facility)


def _relative(rng: Random, person: Person, name: str, facility: str) -> _Known:
    """A brother or sister with one of the next numbers; every third one a twin. No two share a first name."""
    family, _, given = name.partition(", ")
    sibling = make_people(rng, [person.number + rng.choice((1, 1, 2, 10))])[0]
    while sibling.citizenship != person.citizenship or _first(sibling.name.given) == _first(given):
        sibling = make_people(rng, [sibling.number])[0]
    born = person.born if rng.random() < 0.35 else sibling.born
    twin = dataclasses.replace(sibling, born=born)
    named = f"{family}, {sibling.name.given or sibling.name.family}"
    return _Known(twin, named, "", str(sibling.number), facility)


def _first(given: str) -> str:
    return given.partition(" ")[0]


def _romanised(rng: Random, person: Person, fake: Faker) -> tuple[str, str]:
    """The record's spelling and the roster's: two systems, one name."""
    if person.citizenship.code == "CN":
        family, given = fake.last_name(), fake.first_name()
        pinyin = [" ".join(lazy_pinyin(family)), "".join(lazy_pinyin(given))]
        giles = [
            " ".join("".join(c for c in s if c.isalpha()) for s in lazy_pinyin(word, style=Style.WADEGILES))
            for word in (family, given)
        ]
        return ", ".join(pinyin).upper(), ", ".join(giles if rng.random() < 0.5 else pinyin).upper()
    male = person.sex == "M"
    family = fake.last_name_male() if male else fake.last_name_female()
    given = fake.first_name_male() if male else fake.first_name_female()
    written = f"{family}, {given}".translate(_UKRAINIAN)
    one, other = (rng.choice(_CYRILLIC[person.citizenship.code][1]) for _ in range(2))
    return iuliia.translate(written, one).upper(), iuliia.translate(written, other).upper()


def _said(name: str, numbers: set[str], dates: set[dt.date], one: _Known) -> Described:
    return Described(
        words=words_of(name_tokens(name)),
        numbers=frozenset(numbers),
        birth_dates=frozenset(dates),
        country=one.person.citizenship.code,
        facility=one.facility,
    )


def _row(rng: Random, one: _Known, taken: dict[str, int]) -> Described:
    said = _said(
        _misnamed(rng, one), _misnumbered(rng, one.number, taken), _misdated(rng, one.person.born), one
    )
    country = said.country if rng.random() < 0.6 else ""
    facility = said.facility if rng.random() < 0.3 else ("F999" if rng.random() < 0.1 else "")
    return said._replace(country=country if rng.random() > 0.02 else "US", facility=facility)


def _misnumbered(rng: Random, number: str, taken: dict[str, int]) -> set[str]:
    roll, digits = rng.random(), list(number)
    if roll < 0.72:
        return {number}
    if roll < 0.82:
        at = rng.randrange(1, 9)
        digits[at] = rng.choice([d for d in string.digits if d != digits[at]])
        return {"".join(digits)}
    if roll < 0.85:
        at = rng.randrange(1, 8)
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
        return {"".join(digits)}
    if roll < 0.91:
        return {str(rng.randrange(900_000_000, 1_000_000_000))}
    if roll < 0.93:
        # The number of somebody else on record, of the family where there is one.
        near = next((n for n in (str(int(number) + step) for step in (1, -1, 2, -2)) if n in taken), None)
        return {near or rng.choice(list(taken)[:1000])}
    return set()


def _misdated(rng: Random, born: dt.date) -> set[dt.date]:
    roll = rng.random()
    if roll < 0.85:
        return {born}
    if roll < 0.89 and born.day <= 12:
        return {born.replace(month=born.day, day=born.month)}
    if roll < 0.92:
        return {born.replace(month=1, day=1)}
    if roll < 0.95:
        return {born + dt.timedelta(days=rng.choice((1, -1, 10, -10, 365, -365)))}
    return (
        set()
        if roll < 0.985
        else {dt.date(rng.randrange(1950, 2005), rng.randrange(1, 13), rng.randrange(1, 28))}
    )


def _misnamed(rng: Random, one: _Known) -> str:
    name = one.other_spelling or one.name
    family, _, given = name.partition(", ")
    families, givens = family.replace("-", " ").split(), given.split()
    families, givens = _respelt(rng, families), _respelt(rng, givens)
    if len(families) > 1 and rng.random() < 0.25:
        families = families[:1] if rng.random() < 0.8 else families[1:]
    if len(givens) > 1 and rng.random() < 0.3:
        givens = [givens[0], *([givens[1][0]] if rng.random() < 0.3 else [])]
    if rng.random() < 0.12:
        words = families if rng.random() < 0.5 else givens or families
        at = rng.randrange(len(words))
        words[at] = _mistyped(rng, words[at])
    if rng.random() < 0.02:
        return " ".join(givens or families)
    if rng.random() < 0.03 and len(families) > 1:
        families = ["".join(families)]
    if rng.random() < 0.15:
        return " ".join((*givens, *families))
    return " ".join(families) + (", " + " ".join(givens) if givens else "")


def _respelt(rng: Random, words: list[str]) -> list[str]:
    return [
        rng.choice(_OTHERS[w]) if w in _OTHERS and rng.random() < 0.4 and _OTHERS[w] else w for w in words
    ]


def _mistyped(rng: Random, word: str) -> str:
    if len(word) < 3:
        return word
    at, kind = rng.randrange(len(word) - 1), rng.randrange(4)
    letter = rng.choice(string.ascii_uppercase)
    return {
        0: word[:at] + word[at + 1 :],
        1: word[:at] + letter + word[at:],
        2: word[:at] + letter + word[at + 1 :],
        3: word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[kind]
