"""The lists of `word_lists` in further languages, each written as its readers write it.

Drafted like the catalogs: a list is a floor, and whoever reviews a language adds to it. A star stands for any
ending or, in scripts that join or do not part words, for any beginning. Entries are parted by `/`.
"""

from __future__ import annotations

CONFIDENTIAL: dict[str, str] = {
    "pt": (
        "asilo* / asilad* / refugi* / deten* / detid* / imigra* / migra* / deport* / expuls* / remoção /"
        " remoções / remover / removid* / repatri* / número a / números a / estrangeir* / indocumentad* /"
        " cidadã* / cidadão* / medo crível / temor crível / medo razoável / temor razoável / entrevista de"
        " medo / entrevista de temor / persegui* / perseguição / tortur* / patrulha de fronteira / alfândega*"
        " / aduan* / visto / vistos / custódia / cadeia* / prisão / prisões / preso / presa / presos / presas"
        " / cárcere* / encarcer* / tráfico de pessoas / tribunal / tribunais / juiz / juízes / juíza*"
    ),
    "fr": (
        "asile* / réfugi* / détention* / détenu* / détenir / immigr* / migr* / expuls* / déport* / renvoi /"
        " renvois / renvoyé / renvoyés / renvoyée / renvoyées / éloignement / rapatri* / numéro a / numéros a"
        " / étranger* / sans papiers / citoyen* / peur crédible / crainte crédible / crainte raisonnable /"
        " entretien de peur / entretien de crainte / persécut* / tortur* / police des frontières / patrouille"
        " frontalière / douane* / visa / visas / garde à vue / prison* / incarcér* / traite des personnes /"
        " traite humaine / tribuna* / juge / juges / cour d appel"
    ),
    "ht": (
        "azil* / refijye* / detansyon* / detni / imigrasyon* / imigran* / migrasyon / migran* / depòte /"
        " depòtasyon* / depòtman* / ekspilsyon* / ekspilse / mete deyò / rapatri* / etranje* / san papye /"
        " sitwayen* / laperèz kredib / pè kredib / laperèz rezonab / pèsekisyon / pèsekite / tòtire* /"
        " patwouy fwontyè / ladwann / viza* / prizon* / trafik moun / tribinal* / jij"
    ),
    "ru": (
        "убежищ* / беженец / беженц* / беженк* / задержан* / под стражу / под стражей / иммигр* / мигрант* /"
        " миграц* / эмигр* / депорт* / выдвор* / высыл* / выслан* / репатри* / номер а / иностран* /"
        " гражданин* / гражданк* / гражданств* / граждане / граждан / нелегал* / без документов /"
        " обоснованн* страх* / обоснованн* опасен* / собеседован* / преследов* / пытка / пытки / пыток /"
        " пограничн* / таможн* / виза / визы / визу / визой / арест* / тюрьм* / тюрем* / заключенн* /"
        " торговл* людьми / суд / суда / суде / суду / суды / судом / судья / судьи / судье / судью / судей"
    ),
}

LETTER: dict[str, str] = {
    "pt": (
        "medo crível / temor crível / medo razoável / temor razoável / medo fundado / temor fundado / medo"
        " positivo / medo negativo / resultado positivo / resultado negativo / persegui* / perseguição /"
        " opinião política / opiniões políticas / grupo social / orientação sexual / lésbic* / bissexua* /"
        " transgêner* / homossexua* / tráfico de pessoas / violência doméstica / estupr* / abuso sexual /"
        " tortur* / hiv / aids / visto u / visto t / informante* / gangue* / apostasia / blasfêm* /"
        " solicitante* de asilo / pediu asilo / pedido de asilo"
    ),
    "fr": (
        "peur crédible / crainte crédible / crainte raisonnable / peur raisonnable / crainte fondée / peur"
        " fondée / résultat positif / résultat négatif / persécut* / opinion* politique* / groupe social /"
        " orientation sexuelle / lesbienne* / bisexuel* / transgenre* / homosexuel* / traite des personnes /"
        " violence* conjugale* / violence* domestique* / viol / viols / violée* / abus sexuel* / agression*"
        " sexuelle* / tortur* / vih / sida / visa u / visa t / informateur* / apostasie / blasphèm* /"
        " demandeur* d asile / demandeuse* d asile / demande d asile / demandé l asile"
    ),
    "ht": (
        "laperèz kredib / pè kredib / laperèz rezonab / rezilta pozitif / rezilta negatif / pèsekisyon /"
        " pèsekite / opinyon politik / gwoup sosyal / oryantasyon seksyèl / masisi / madivin / lesbyèn /"
        " biseksyèl / transjan / omoseksyèl / trafik moun / vyolans domestik / kadejak / abi seksyèl /"
        " tòtire* / sida / viza u / viza t / enfòmatè / blasfèm* / moun ki mande azil / te mande azil /"
        " demann azil"
    ),
    "ru": (
        "обоснованн* страх* / обоснованн* опасен* / правдоподобн* страх* / положительн* результат* /"
        " отрицательн* результат* / преследов* / политическ* убежден* / политическ* взгляд* / социальн*"
        " групп* / сексуальн* ориентац* / гей / геи / геев / лесбиян* / бисексуал* / трансгендер* /"
        " гомосексуал* / торговл* людьми / домашн* насили* / изнасилов* / сексуальн* насили* / пытка / пытки"
        " / пыток / вич / спид / виза u / виза t / информатор* / банда / банды / бандит* / вероотступ* /"
        " богохульств* / проси* убежища / ищущ* убежищ* / ходатайств* об убежище / заявлен* об убежище"
    ),
}

PEOPLES: tuple[str, ...] = (
    "cubain* / chinois* / russe* / camerou* / guinéen* / allemand* / turque* / somalien* / géorgien* /"
    " indien* / pakistanais* / soudanais* / ukrainien* / chines* / cuban* / haitian* / nicaragü* /"
    " ayisyen* / kiben* / chinwa / dominiken*",
    "кубин* / гаит* / венесуэл* / никарагуан* / китай* / китаец / китаян* / русский / русская / русских /"
    " россия* / россий* / индий* / индиец / индус* / пакистан* / узбек* / таджик* / казах* / киргиз* /"
    " кыргыз* / армян* / грузин* / украин* / белорус* / молдав* / румын* / турец* / турк* / чечен* / кавказ*",
)
"""What people are called by where they come from, where it does not begin like a name listed already."""
