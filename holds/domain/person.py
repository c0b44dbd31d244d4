"""What is known of an affected person, as sealed in the record."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """Names as `LAST, FIRST MIDDLE` or in their own writing, the latest first; numbers of nine digits;
    birth dates as ISO dates (several where a list was ambiguous); countries as ISO 3166 alpha-2."""

    names: tuple[str, ...] = ()
    a_numbers: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    nationality: str | None = None
    country_of_birth: str | None = None
    sex: str | None = None
    fear_screening: str | None = None
    family_unit: str | None = None
    listed_counsel: str | None = None
    listed_firm: str | None = None

    @property
    def display_name(self) -> str:
        return self.names[0] if self.names else ""

    def merged_with(self, other: "PersonFacts") -> "PersonFacts":
        """Facts amended by a later list: everything it says goes first, nothing that was known is lost."""

        def joined(new: tuple[str, ...], old: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(dict.fromkeys((*new, *old)))

        return PersonFacts(
            names=joined(other.names, self.names),
            a_numbers=joined(other.a_numbers, self.a_numbers),
            birth_dates=joined(other.birth_dates, self.birth_dates),
            nationality=other.nationality or self.nationality,
            country_of_birth=other.country_of_birth or self.country_of_birth,
            sex=other.sex or self.sex,
            fear_screening=other.fear_screening or self.fear_screening,
            family_unit=other.family_unit or self.family_unit,
            listed_counsel=other.listed_counsel or self.listed_counsel,
            listed_firm=other.listed_firm or self.listed_firm,
        )
