import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.country import all_country_codes, country_code
from tests.holds.domain.make_country_names import TARGET, cldr_names, made


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CUBA", "CU"),
        ("cu", "CU"),
        ("CUB", "CU"),
        ("Cuban", "CU"),
        ("PEOPLES REP OF CHINA", "CN"),
        ("CHINA, PEOPLES REPUBLIC OF", "CN"),
        ("China, People's Republic of", "CN"),
        ("BURMA", "MM"),
        ("IVORY COAST", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("CONGO, DEM REP OF THE", "CD"),
        ("CONGO", "CG"),
        ("KOREA, SOUTH", "KR"),
        ("KOREA, REPUBLIC OF", "KR"),
        ("NORTH KOREA", "KP"),
        ("DOMINICAN REPUBLIC", "DO"),
        ("DOMINICA", "DM"),
        ("ST. KITTS-NEVIS", "KN"),
        ("TRINIDAD & TOBAGO", "TT"),
        ("Türkiye", "TR"),
        ("El Salvador", "SV"),
        ("ELSALVADOR", "SV"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Republic of Cuba", "CU"),
        ("RUSSIAN FED", "RU"),
    ],
)
def test_countries_are_known_by_code_name_and_agency_spelling(written: str, code: str) -> None:
    assert country_code(written) == code


@pytest.mark.parametrize(
    "written", ["", "KOREA", "USSR", "YUGOSLAVIA", "STATELESS", "UNKNOWN", "Atlantis", "Q", "ZZ"]
)
def test_no_nationality_is_guessed(written: str) -> None:
    assert country_code(written) is None


def test_republic_of_china_is_not_taken_for_china() -> None:
    assert country_code("REPUBLIC OF CHINA") is None


def test_every_country_of_the_standard_is_there() -> None:
    assert len(all_country_codes()) == 250  # the 249 of ISO 3166-1, and Kosovo
    assert all(country_code(code) == code for code in all_country_codes())


@given(st.text())
def test_any_text_gives_a_known_code_or_none(text: str) -> None:
    code = country_code(text)
    assert code is None or code in all_country_codes()


def test_every_name_of_cldr_in_the_languages_of_lists_is_that_country() -> None:
    """The made table is as its script makes it, and each name reads back as the one country it stands for."""
    assert TARGET.read_text(encoding="utf-8") == made()
    for name, codes in cldr_names().items():
        if len(codes) == 1 and name:
            assert {country_code(name)} == codes, name


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CAMBODIA (KAMPUCHEA)", "KH"),
        ("BURMA (MYANMAR)", "MM"),
        ("GEORGIA (USA)", None),
        ("ISLAMIC REP OF PAKISTAN", "PK"),
        ("GERMANY, FED REP OF", "DE"),
        ("SOUTH SUDAN, REP OF", "SS"),
        ("CO-OPERATIVE REPUBLIC OF GUYANA", "GY"),
        ("COMMONWEALTH OF THE BAHAMAS", "BS"),
        ("DOM. REP.", "DO"),
        ("S. KOREA", "KR"),
        ("N. KOREA", "KP"),
        ("Estados Unidos", "US"),
        ("Brasil", "BR"),
        ("Côte d’Ivoire", "CI"),
        ("Alemania", "DE"),
        ("Etiópia", "ET"),
        ("USSR", None),
        ("SERBIA AND MONTENEGRO", None),
        ("NETHERLANDS ANTILLES", None),
        ("PEOPLES REPUBLIC OF YEMEN", None),
        ("DEMOCRATIC KOREA", None),
    ],
)
def test_spellings_with_what_a_state_calls_itself(written: str, code: str | None) -> None:
    assert country_code(written) == code
