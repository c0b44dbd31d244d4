"""The words that give a person away, by language: for messages anyone may read, and for letters.

Written folded (no accents, lower case), separated by `/`. A star stands for any ending, `[oa]` for either
letter. Several words in a row match several words in a row.
"""

from __future__ import annotations

from functools import cache

from babel import Locale

from notify.content import (
    black_sea_word_lists,
    horn_and_vietnamese_word_lists,
    more_word_lists,
    persian_and_turkic_word_lists,
    south_asian_word_lists,
)
from notify.content.folding import fold, folded_entry

_FURTHER = (
    more_word_lists,
    black_sea_word_lists,
    horn_and_vietnamese_word_lists,
    persian_and_turkic_word_lists,
    south_asian_word_lists,
)


def _entries(text: str) -> tuple[str, ...]:
    return tuple(" ".join(entry.split()) for entry in text.split("/") if entry.strip())


def _written(text: str) -> tuple[str, ...]:
    """Entries as their readers write them."""
    return tuple(filter(None, map(folded_entry, text.split("/"))))


# Never by text message, voice, e-mail, neutral letter, nor on a cover.
CONFIDENTIAL: dict[str, tuple[str, ...]] = {
    "en": _entries(
        "asylum* / asylee* / refuge* / detain* / detention* / ice / i c e / immigra* / migrant* /"
        " migrat* / deport* / remov* / repatriat* / expel* / expulsion* / a number* / anumber* /"
        " alien* / noncitizen* / non citizen* / citizenship / undocumented / credible fear /"
        " reasonable fear / fear interview* / fear screening* / persecut* / tortur* / withholding"
        " / uscis / dhs / eoir / cbp / ero / homeland / border patrol / customs / visa / visas /"
        " green card* / custody / jail* / prison* / inmate* / incarcerat* / traffick* / hold"
        " notice* / removal hold* / court / courts / courthouse* / judge / judges"
    ),
    "es": _entries(
        "asilo* / asilad* / asile / refugi* / deten* / detien* / detuv* / migra / migras /"
        " migrator* / migracion* / migrante* / inmigra* / emigra* / deport* / expuls* / remocion*"
        " / remover* / repatria* / numero a / numeros a / numero de extranjero* / extranjer* /"
        " indocumentad* / ciudadan* / miedo creible / temor creible / miedo razonable / temor"
        " razonable / entrevista de miedo / entrevista de temor / persec* / persegui* / tortura* /"
        " patrulla fronteriza / aduana* / visado* / custodia / carcel* / prision* / pres[oa] /"
        " reclus* / encarcel* / trata de personas / tribunal* / juez / jueces / jueza*"
    ),
    **{language: _written(text) for further in _FURTHER for language, text in further.CONFIDENTIAL.items()},
}

# Never in a letter: what an interview found, what anyone claims, and what endangers whoever is found with it.
LETTER: dict[str, tuple[str, ...]] = {
    "en": _entries(
        "credible fear / reasonable fear / positive fear / negative fear / fear finding* / fear"
        " determination* / fear result* / found credible / not credible / found to have fear /"
        " persecut* / political opinion* / particular social group* / sexual orientation / gay /"
        " gays / lesbian* / bisexual* / transgender* / homosexual* / traffick* / domestic violence"
        " / rape* / raping / sexual abuse* / sexual assault* / tortur* / hiv / aids / vawa / u"
        " visa* / t visa* / informant* / gang / gangs / apostasy / apostate* / blasphem* / asylum"
        " seeker* / applied for asylum / asylum claim* / asylum application*"
    ),
    "es": _entries(
        "miedo creible / temor creible / miedo razonable / temor razonable / temor fundado /"
        " miedo positivo / miedo negativo / resultado positivo / resultado negativo / persec* /"
        " persegui* / opinion politica / opiniones politicas / grupo social / orientacion sexual /"
        " gay / gays / lesbian* / bisexual* / transgenero* / homosexual* / trata de personas /"
        " violencia domestica / violacion* / violad* / abuso sexual / tortura* / vih / sida / vawa"
        " / visa u / visa t / informante* / pandilla* / apostasia / blasfem* / solicitante de"
        " asilo / solicitantes de asilo / solicito asilo / solicitud de asilo"
    ),
    **{language: _written(text) for further in _FURTHER for language, text in further.LETTER.items()},
}

# What the people of a country are called, where it does not begin like the country's name.
_PEOPLES = _entries(
    "afghan* / afgan* / albanian* / albanes* / algerian* / argelin* / angolan* / angolen* /"
    " argentin* / armeni* / azerbaijan* / bangladesh* / bengali* / belarus* / bielorrus* /"
    " belizean* / benin* / bolivian* / brazil* / brasil* / british / burkin* / burmese / birman* /"
    " burundi* / camboy* / cambodian* / cameroon* / camerun* / chadian* / chilean* / chilen* /"
    " chinese / chines* / chin[oa] / chin[oa]s / colombian* / congol* / costarric* / cuban* /"
    " cubij* / dominican* / dutch / ecuador* / ecuatorian* / egyptian* / egipci* / eritre* /"
    " ethiop* / etiop* / filipin* / french / frances* / gabones* / gambian* / georgian* / german /"
    " germans / ghana* / ghanes* / guatemal* / guinean* / guyan* / haiti* / hondur* / indian* /"
    " indi[oa] / indi[oa]s / hindu* / indonesi* / iran* / iraq* / irani* / israel* / ivoria* /"
    " ivorian* / jamai* / jordan* / kazaj* / kazakh* / kenya* / kenian* / kosov* / kurd* / kyrgyz*"
    " / kirgui* / laos / laotian* / leban* / liban* / liberian* / libya* / libi[oa]* / malian* /"
    " maliens* / mauritan* / mexic* / mejican* / moldov* / moldav* / mongol* / morocc* / marroqu*"
    " / mozambi* / nepal* / nicaragu* / nica / nicas / nigeri* / nigerien* / pakist* / palestin* /"
    " panam* / paraguay* / peruvian* / peruan* / polish / polac* / portug* / puertorriq* /"
    " roman[iy]a* / ruman* / russia* / ruso* / rusa* / rwand* / ruand* / salvador* / senegal* /"
    " serb* / sierraleon* / somal* / spaniard* / spanish people / sri lankan* / sudan* / surinam*"
    " / syria* / siri[oa]* / taiwan* / tajik* / tayik* / tanzan* / thai / thais / tailand* /"
    " tibet* / togol* / trinidad* / tunis* / tunec* / turk* / turc[oa]* / turqu* / ugand* /"
    " ukrain* / ucran* / uruguay* / uzbek* / uyghur* / uigur* / venez* / vietnam* / yemen* /"
    " zambi* / zimbab*"
)

# Parts of names that are also words of any message; alone they tell nobody's name.
EVERYDAY_WORDS = frozenset(
    _entries(
        "de / del / la / las / los / el / y / e / da / do / dos / das / di / van / von / der / den / al /"
        " bin / ben / ibn / san / santa / a / ao / o / u / an / to / is / it / in / on / at / of / or / and /"
        " the / you / your / we / no / si / su / se / un / una / por / para / es / en / le / me / my / if"
        " / this / that / not / can / may / call / free / have / has / say / please / be / so / as / by /"
        " us / will"
    )
)

# What many facilities are called; the rest of the name is what tells which one.
FACILITY_WORDS = frozenset(
    _entries(
        "detention / center / centre / facility / processing / county / correctional / correction /"
        " corrections / jail / prison / state / federal / regional / residential / family / city / ice /"
        " service / contract / the / of / and / for / unit / complex / institution / sheriff / sheriffs /"
        " office / department / staging / house / medium / security / north / south / east / west /"
        " central"
    )
)

# No country anyone comes from (regions and test codes of the CLDR), or the one we all stand in.
_NO_COUNTRY = {"US", "UM", "ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"}


@cache
def country_names() -> dict[str, tuple[str, ...]]:
    """The names of every country and territory, by ISO alpha-2 code, in the languages that have lists."""
    names: dict[str, tuple[str, ...]] = {}
    for language in CONFIDENTIAL:
        for code, name in Locale.parse(language, sep="-").territories.items():
            # Vietnamese for Austria, Áo, is a word of any Portuguese message.
            telling = fold(str(name)) not in EVERYDAY_WORDS
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY and telling:
                names[code] = (*names.get(code, ()), str(name))
    return names


def peoples() -> tuple[str, ...]:
    """What people are called by where they come from."""
    texts = (text for further in _FURTHER for text in further.PEOPLES)
    return (*_PEOPLES, *(entry for text in texts for entry in _written(text)))
