"""Invented attorneys: names and bar numbers that belong to nobody, addresses that reach nobody.

E-mail stands under the domains RFC 2606 reserves, telephone numbers in the 555-0100 to 555-0199 block that is
kept for fiction in every area code.
"""

from dataclasses import dataclass
from random import Random

from notify.cli.demo.names import cultures, draw_name

ATTORNEYS = 150

BAR_JURISDICTIONS = (
    "TX",
    "FL",
    "CA",
    "NY",
    "LA",
    "GA",
    "AZ",
    "NJ",
    "IL",
    "CO",
    "WA",
    "PA",
    "MD",
    "VA",
    "MA",
    "DC",
)
AREA_CODES = ("202", "305", "713", "210", "213", "212", "504", "404", "602", "312", "303", "206")

LEGAL_AID = (
    "Lanternlight Legal Aid",
    "Open Harbor Immigrant Defense",
    "Juniper Gate Legal Clinic",
    "Cedar Bridge Asylum Project",
    "Two Rivers Pro Bono Network",
    "Evenhand Law Collective",
    "Redwing Refugee Advocates",
    "Windrose Community Lawyers",
)


@dataclass(frozen=True)
class Attorney:
    """One invented attorney, identified as the immigration court and the state bar do."""

    eoir_id: str
    bar_jurisdiction: str
    bar_number: str
    first: str
    last: str
    firm: str
    email: str
    phone: str

    def listed(self) -> str:
        return f"{self.last}, {self.first}".upper()

    def spoken(self) -> str:
        return f"{self.first} {self.last}"


def make_attorneys(rng: Random, count: int = ATTORNEYS) -> list[Attorney]:
    """Return ``count`` attorneys, EA900001 and up; no two share a name, a bar number or an e-mail."""
    attorneys: list[Attorney] = []
    bar_numbers = rng.sample(range(900_001, 1_000_000), count)
    taken: set[str] = set()
    while len(attorneys) < count:
        culture = cultures()["american" if rng.random() < 0.7 else "latin"]
        name = draw_name(rng, culture, "F" if rng.random() < 0.55 else "M")
        first = name.given.split()[0].title()
        last = name.family.split()[0].split("-")[0].title()
        if f"{first} {last}" in taken:
            continue
        taken.add(f"{first} {last}")
        serial = len(attorneys) + 1
        attorneys.append(
            Attorney(
                eoir_id=f"EA{900_000 + serial}",
                bar_jurisdiction=rng.choice(BAR_JURISDICTIONS),
                bar_number=str(bar_numbers[serial - 1]),
                first=first,
                last=last,
                firm=_firm(rng, first, last),
                email=f"{first}.{last}@{rng.choice(('example.org', 'example.com'))}".lower(),
                phone=f"{rng.choice(AREA_CODES)}-555-01{rng.randrange(100):02}",
            )
        )
    return attorneys


def _firm(rng: Random, first: str, last: str) -> str:
    shape = rng.random()
    if shape < 0.4:
        return rng.choice(LEGAL_AID)
    if shape < 0.7:
        return f"Law Office of {first} {last}"
    partner = rng.choice(cultures()["american"].families).title()
    return f"{last} & {partner} {rng.choice(('LLP', 'PLLC', 'PC'))}"
