"""The lists of `word_lists` in Somali, each written as its readers write it (as in `more_word_lists`)."""

from __future__ import annotations

CONFIDENTIAL: dict[str, str] = {
    "so": (
        "magangelyo* / magangalyo* / magan gelyo / qaxooti* / qaxoonti* / socdaalka / socdaal* / laanta"
        " socdaalka / muhaajir* / tahriib* / tarxiil* / taxriil* / masaafur* / musaafur* / la celinayo /"
        " dib u celin* / hakad tarxiil / hakadka tarxiilka / xabsi* / xabis* / maxbuus* / maxaabiis* /"
        " xiran tahay / xidhan tahay / xiran yahay / xidhan yahay / xirnayd / xidhnayd / la xiray / la xidhay"
        " / lagu xiray / lagu xidhay / laguu xiray / xarig* / xadhig* / xirxir* / xarunta haynta / ajnabi* /"
        " ajaanib* / ajanabi* / muwaadin* / dhalasho* / jinsiyad* / sharci la aan / sharcidarro / sharci"
        " darro / lambarka a / lambarkaaga a / cabsi la rumaysan karo / cabsi macquul ah / wareysiga cabsida"
        " / caburin* / cadaadin* / cadaadis* / dulmi / dhibaateyn* / jirdil* / jir dil* / fiiso* / fiisa* /"
        " dal ku gal* / dalkugal* / kastam* / canshuurta xuduudda / xuduud* / ciidanka xadka / ka ganacsiga"
        " dadka / ka ganacsi dad / maxkamad* / garsoor* / qaalli* / qaadi / xaakim / amniga gudaha"
    ),
}

LETTER: dict[str, str] = {
    "so": (
        "cabsi la rumaysan karo / cabsi la aamini karo / cabsi macquul ah / cabsi sal leh / natiijo togan /"
        " natiijo taban / natiijo wanaagsan / natiijo xun / caburin* / cadaadin* / fikrad siyaasadeed /"
        " fikradaha siyaasadeed / ra yi siyaasadeed / aragti siyaasadeed / koox bulsheed / kooxda bulsheed /"
        " koox bulsho gaar ah / jihada galmada / khaniis* / qaniis* / lesbiyan* / jinsi beddel* / labeeb* /"
        " ka ganacsiga dadka / ka ganacsi dad / rabshadaha guriga / rabshad guri / rabshadaha qoyska / kufsi*"
        " / kufsad* / la kufsaday / xadgudub galmo* / xadgudubka galmada / faraxumeyn* / jirdil* / jir dil* /"
        " hiv / aids / aydhis / aydhiska / basaas* / jaajuus* / burcad* / koox burcad ah / kooxda burcadda /"
        " ridda / riddo / murtad* / diin ka bax* / aflagaado diineed / magangelyo doon* / magangalyo doon* /"
        " codsi magangelyo / codsiga magangelyada / codsatay magangelyo / magangelyo codsa* / alshabaab /"
        " al shabaab"
    ),
}

PEOPLES: tuple[str, ...] = (
    "soomaali* / somali* / itoobiya* / itoobiyaan* / xabashi* / oromo* / eritreeya* / eretariya* / yamani* /"
    " kiinya* / jabuuti* / suudaan* / kuubaan* / shiin* / hindi* / ruush*",
)
