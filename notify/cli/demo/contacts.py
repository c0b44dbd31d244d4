"""How some of the released can be reached, as caseworkers gathered it.

Most addresses nobody has confirmed as safe. Streets are invented words, e-mail stands under domains RFC 2606
reserves, telephone numbers are of the block kept for fiction: nothing sent by mistake reaches anyone.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from notify.cli.demo.cases import Case
from notify.cli.demo.people import AS_OF, Person

HEADINGS = (
    "A-Number",
    "Name",
    "DOB",
    "Language",
    "Address",
    "City",
    "State",
    "ZIP",
    "Phone",
    "E-mail",
    "Text Consent",
    "Consent Date",
    "Confirmed Safe By",
    "Confirmed On",
    "Safe Hours",
    "Time Zone",
)

CITIES = Path(__file__).with_name("cities.csv")
STREETS = (
    "Quillfern",
    "Marrowbay",
    "Tansyloft",
    "Oxbramble",
    "Linnetgate",
    "Hazelquay",
    "Drumwillow",
    "Pepperheath",
)
KINDS_OF_STREET = ("St", "Ave", "Rd", "Ln", "Ct", "Blvd")
CONFIRMED_BY = (
    "Caseworker, by phone",
    "Person, in office",
    "Counsel",
    "Person, at check-in",
    "Sponsor, with the person",
)
SAFE_HOURS = ("09:00-17:00", "10:00-14:00", "18:00-21:00", "08:00-12:00", "12:00-20:00")


@dataclass(frozen=True)
class ContactCounts:
    """What the contacts file holds, in rows."""

    rows: int
    confirmed_safe: int
    text_consent: int


@dataclass(frozen=True)
class Home:
    """Where one person, or one family together, can be reached; empty strings where nobody knows."""

    address: str
    city: str
    state: str
    postcode: str
    phone: str
    time_zone: str


def write_contacts(rng: Random, path: Path, cases: Sequence[Case], today: date) -> ContactCounts:
    """Write contacts for about two thirds of the released among ``cases``; a family shares home and phone."""
    homes: dict[str, Home] = {}
    rows = []
    for case in cases:
        if case.stay.released_on is None or rng.random() >= 0.66:
            continue
        person = case.person
        home = homes.get(person.family_unit) or _home(rng)
        if person.family_unit:
            homes[person.family_unit] = home
        rows.append(_row(rng, person, home, today))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return ContactCounts(
        rows=len(rows),
        confirmed_safe=sum(bool(row["Confirmed Safe By"]) for row in rows),
        text_consent=sum(row["Text Consent"] == "Yes" for row in rows),
    )


def _row(rng: Random, person: Person, home: Home, today: date) -> dict[str, str]:
    reached = _day_between(rng, AS_OF, today)
    consent = rng.choices(("Yes", "No", ""), (30, 12, 58))[0] if home.phone else ""
    confirmed = rng.random() < 0.3
    return {
        "A-Number": f"A{person.number}",
        "Name": person.name.listed().title(),
        "DOB": person.born.isoformat(),
        "Language": person.language if rng.random() < 0.93 else "",
        "Address": home.address,
        "City": home.city,
        "State": home.state,
        "ZIP": home.postcode,
        "Phone": home.phone,
        "E-mail": _email(rng, person) if rng.random() < 0.3 else "",
        "Text Consent": consent,
        "Consent Date": reached.isoformat() if consent == "Yes" else "",
        "Confirmed Safe By": rng.choice(CONFIRMED_BY) if confirmed else "",
        "Confirmed On": reached.isoformat() if confirmed else "",
        "Safe Hours": rng.choice(SAFE_HOURS) if confirmed and rng.random() < 0.7 else "",
        "Time Zone": home.time_zone,
    }


def _home(rng: Random) -> Home:
    city = rng.choice(_cities())
    phone = _phone(rng, city["area_code"]) if rng.random() < 0.82 else ""
    address = f"{rng.randrange(100, 9900)} {rng.choice(STREETS)} {rng.choice(KINDS_OF_STREET)}"
    if rng.random() < 0.45:
        address += f" Apt {rng.randrange(1, 40)}{rng.choice(('', 'A', 'B', 'C'))}"
    if phone and rng.random() < 0.08:
        return Home("", "", "", "", phone, city["time_zone"])
    return Home(address, city["city"], city["state"], city["zip"], phone, city["time_zone"])


def _phone(rng: Random, area: str) -> str:
    line = f"01{rng.randrange(100):02}"
    return rng.choice(
        (f"({area}) 555-{line}", f"{area}-555-{line}", f"+1 {area} 555 {line}", f"{area}555{line}")
    )


def _email(rng: Random, person: Person) -> str:
    words = person.name.listed().replace(",", " ").replace("-", " ").lower().split()
    return f"{words[-1]}.{words[0]}{rng.randrange(10, 99)}@{rng.choice(('example.com', 'example.org'))}"


def _day_between(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange((last - first).days + 1))


@cache
def _cities() -> tuple[dict[str, str], ...]:
    with CITIES.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
