"""The languages of the caseload, and how a person's language is chosen.

Tags are BCP 47. Languages that are served orally carry `written=False`: many of their speakers do not read
them, and several have no locale in Unicode's data.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True)
class Language:
    """One language: BCP 47 tag, its name in English and in itself, direction, served in writing?"""

    tag: str
    english_name: str
    own_name: str
    direction: Direction = "ltr"
    written: bool = True


LANGUAGES: dict[str, Language] = {
    language.tag: language
    for language in (
        Language("en", "English", "English"),
        Language("es", "Spanish", "Español"),
        Language("pt", "Portuguese", "Português"),
        Language("ht", "Haitian Creole", "Kreyòl ayisyen"),
        Language("zh-Hans", "Chinese (simplified)", "简体中文"),
        Language("zh-Hant", "Chinese (traditional)", "繁體中文"),
        Language("pa", "Punjabi", "ਪੰਜਾਬੀ"),
        Language("ar", "Arabic", "العربية", "rtl"),
        Language("fr", "French", "Français"),
        Language("ru", "Russian", "Русский"),
        Language("so", "Somali", "Soomaali"),
        Language("vi", "Vietnamese", "Tiếng Việt"),
        Language("hi", "Hindi", "हिन्दी"),
        Language("tr", "Turkish", "Türkçe"),
        Language("fa", "Persian", "فارسی", "rtl"),
        Language("ps", "Pashto", "پښتو", "rtl"),
        Language("uk", "Ukrainian", "Українська"),
        Language("ur", "Urdu", "اردو", "rtl"),
        Language("bn", "Bengali", "বাংলা"),
        Language("ne", "Nepali", "नेपाली"),
        Language("uz", "Uzbek", "Oʻzbekcha"),
        Language("ka", "Georgian", "ქართული"),
        Language("hy", "Armenian", "Հայերեն"),
        Language("am", "Amharic", "አማርኛ"),
        Language("ti", "Tigrinya", "ትግርኛ"),
        Language("ro", "Romanian", "Română"),
        Language("mam", "Mam", "Qyool Mam", written=False),
        Language("quc", "K'iche'", "K'iche'", written=False),
        Language("kek", "Q'eqchi'", "Q'eqchi'", written=False),
        Language("ixl", "Ixil", "Ixil", written=False),
        Language("kjb", "Q'anjob'al", "Q'anjob'al", written=False),
        Language("knj", "Akateko", "Akateko", written=False),
        Language("cac", "Chuj", "Chuj", written=False),
        Language("cab", "Garifuna", "Garifuna", written=False),
    )
}

# Where the plain two-letter tag says less than we need, or a region says which script is meant.
_SAME_LANGUAGE = {
    "zh": "zh-Hans",
    "zh-cn": "zh-Hans",
    "zh-sg": "zh-Hans",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-mo": "zh-Hant",
    "prs": "fa",
    "fa-af": "fa",
}


def find_language(tag: str) -> Language | None:
    """The caseload language a BCP 47 tag means (`es-MX` is Spanish), or None when it is not one of ours."""
    folded = tag.strip().replace("_", "-").casefold()
    by_folded = {known.casefold(): known for known in LANGUAGES}
    while folded:
        known = _SAME_LANGUAGE.get(folded) or by_folded.get(folded)
        if known is not None:
            return LANGUAGES[known]
        folded = folded.rpartition("-")[0]
    return None


@dataclass(frozen=True)
class Proposal:
    """A language guessed from a nationality: the tag, and one sentence that says what the guess rests on."""

    tag: str
    evidence: str


class LanguageSource(StrEnum):
    """Who said which language it is. A proposal never counts as stated."""

    STATED = "stated"
    NOTED = "noted"
    PROPOSED = "proposed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class LanguageChoice:
    """The language to use (BCP 47, or None when nobody knows) and where it comes from."""

    tag: str | None
    source: LanguageSource


def language_for(stated: str | None, noted: str | None, proposed: Proposal | None) -> LanguageChoice:
    """What the person stated, else what counsel or a caseworker noted, else the proposal, else unknown.

    A tag we do not serve is kept as it is: a statement nobody here can read is a task for a human, and is
    never replaced by a guess.
    """
    for tag, source in ((stated, LanguageSource.STATED), (noted, LanguageSource.NOTED)):
        if tag and tag.strip():
            known = find_language(tag)
            return LanguageChoice(known.tag if known else tag.strip(), source)
    if proposed is not None:
        return LanguageChoice(proposed.tag, LanguageSource.PROPOSED)
    return LanguageChoice(None, LanguageSource.UNKNOWN)


def propose_language(nationality: str) -> Proposal | None:
    """A language for an ISO 3166-1 alpha-2 nationality, or None where a guess would be worth nothing."""
    entry = _BY_NATIONALITY.get(nationality.strip().upper())
    if entry is None:
        return None
    country, tag, also = entry
    sentence = (
        f"The list gives {country} as nationality, where {LANGUAGES[tag].english_name} is widely spoken"
    )
    return Proposal(tag, f"{sentence}; many people there speak {also}: ask." if also else f"{sentence}.")


_MAYA = "Mam, K'iche', Q'eqchi', Ixil, Q'anjob'al, Akateko, Chuj or Garifuna"

# alpha-2: country, tag, what else is common enough that one should ask before trusting the guess.
_BY_NATIONALITY: dict[str, tuple[str, str, str]] = {
    "AF": ("Afghanistan", "fa", "Pashto or Uzbek"),
    "AM": ("Armenia", "hy", ""),
    "AO": ("Angola", "pt", ""),
    "AR": ("Argentina", "es", ""),
    "AZ": ("Azerbaijan", "ru", "Azerbaijani"),
    "BD": ("Bangladesh", "bn", ""),
    "BF": ("Burkina Faso", "fr", "Mooré or Dioula"),
    "BJ": ("Benin", "fr", "Fon or Yoruba"),
    "BO": ("Bolivia", "es", "Quechua or Aymara"),
    "BR": ("Brazil", "pt", ""),
    "BY": ("Belarus", "ru", ""),
    "BZ": ("Belize", "en", "Spanish, Kriol, Q'eqchi' or Garifuna"),
    "CD": ("Congo (Kinshasa)", "fr", "Lingala or Swahili"),
    "CG": ("Congo (Brazzaville)", "fr", "Lingala"),
    "CI": ("Côte d'Ivoire", "fr", "Dioula"),
    "CL": ("Chile", "es", ""),
    "CM": ("Cameroon", "fr", "English or Pidgin"),
    "CN": ("China", "zh-Hans", "Cantonese, Fuzhou or Uyghur"),
    "CO": ("Colombia", "es", ""),
    "CR": ("Costa Rica", "es", ""),
    "CU": ("Cuba", "es", ""),
    "DO": ("the Dominican Republic", "es", "Haitian Creole"),
    "DZ": ("Algeria", "ar", "French or Berber"),
    "EC": ("Ecuador", "es", "Kichwa"),
    "EG": ("Egypt", "ar", ""),
    "ER": ("Eritrea", "ti", "Arabic"),
    "ES": ("Spain", "es", ""),
    "ET": ("Ethiopia", "am", "Oromo, Tigrinya or Somali"),
    "FR": ("France", "fr", ""),
    "GA": ("Gabon", "fr", ""),
    "GB": ("the United Kingdom", "en", ""),
    "GE": ("Georgia (the country)", "ka", "Russian"),
    "GH": ("Ghana", "en", "Twi, Ewe or Hausa"),
    "GM": ("the Gambia", "en", "Mandinka, Fula or Wolof"),
    "GN": ("Guinea", "fr", "Fula or Malinke"),
    "GQ": ("Equatorial Guinea", "es", ""),
    "GT": ("Guatemala", "es", _MAYA),
    "GY": ("Guyana", "en", ""),
    "HN": ("Honduras", "es", "Garifuna or Miskito"),
    "HT": ("Haiti", "ht", ""),
    "IN": ("India", "pa", "Hindi or Gujarati"),
    "IQ": ("Iraq", "ar", "Kurdish"),
    "IR": ("Iran", "fa", ""),
    "JM": ("Jamaica", "en", ""),
    "JO": ("Jordan", "ar", ""),
    "KE": ("Kenya", "en", "Swahili or Somali"),
    "KG": ("Kyrgyzstan", "ru", "Kyrgyz or Uzbek"),
    "KZ": ("Kazakhstan", "ru", "Kazakh"),
    "LB": ("Lebanon", "ar", ""),
    "LR": ("Liberia", "en", ""),
    "MA": ("Morocco", "ar", "Berber or French"),
    "MD": ("Moldova", "ro", "Russian"),
    "ML": ("Mali", "fr", "Bambara"),
    "MR": ("Mauritania", "ar", "Fula, Wolof or French"),
    "MX": ("Mexico", "es", "a native language, Mam among them"),
    "NE": ("Niger", "fr", "Hausa"),
    "NG": ("Nigeria", "en", "Hausa, Yoruba or Igbo"),
    "NI": ("Nicaragua", "es", "Miskito"),
    "NP": ("Nepal", "ne", ""),
    "PA": ("Panama", "es", ""),
    "PE": ("Peru", "es", "Quechua"),
    "PK": ("Pakistan", "ur", "Punjabi or Pashto"),
    "PT": ("Portugal", "pt", ""),
    "PY": ("Paraguay", "es", "Guarani"),
    "RO": ("Romania", "ro", ""),
    "RU": ("Russia", "ru", ""),
    "SD": ("Sudan", "ar", ""),
    "SL": ("Sierra Leone", "en", "Krio"),
    "SN": ("Senegal", "fr", "Wolof or Fula"),
    "SO": ("Somalia", "so", ""),
    "SV": ("El Salvador", "es", ""),
    "SY": ("Syria", "ar", "Kurdish"),
    "TD": ("Chad", "fr", "Arabic"),
    "TG": ("Togo", "fr", "Ewe"),
    "TJ": ("Tajikistan", "ru", "Tajik, which is close to Persian"),
    "TR": ("Turkey", "tr", "Kurdish"),
    "TW": ("Taiwan", "zh-Hant", ""),
    "UA": ("Ukraine", "uk", "Russian"),
    "UY": ("Uruguay", "es", ""),
    "UZ": ("Uzbekistan", "uz", "Russian"),
    "VE": ("Venezuela", "es", ""),
    "VN": ("Vietnam", "vi", ""),
    "YE": ("Yemen", "ar", ""),
}
