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
    "zh-Hans": (
        "*庇护* / *难民* / *拘留* / *羁押* / *关押* / *移民* / *遣返*"
        " / *驱逐* / *递解* / *外国人* / *公民* / *无证*"
        " / *可信恐惧* / *合理恐惧* / *迫害* / *酷刑* / *边境巡逻*"
        " / *海关* / *签证* / *监狱* / *囚犯* / *看守所*"
        " / *人口贩卖* / *法院* / *法庭* / *法官* / *国土安全* / *阻止令* / a 号码 / a号码*"
    ),
    "zh-Hant": (
        "*庇護* / *難民* / *拘留* / *羈押* / *關押* / *移民* / *遣返*"
        " / *驅逐* / *遞解* / *外國人* / *公民* / *無證*"
        " / *可信恐懼* / *合理恐懼* / *迫害* / *酷刑* / *邊境巡邏*"
        " / *海關* / *簽證* / *監獄* / *囚犯* / *看守所*"
        " / *人口販賣* / *法院* / *法庭* / *法官* / *國土安全* / *阻止令* / a 號碼 / a號碼*"
    ),
    "ar": (
        "*لجوء* / *لاجئ* / *لاجئة* / *احتجاز* / *محتجز* / *معتقل* / *اعتقال* / *هجرة*"
        " / *مهاجر* / *ترحيل* / *ترحل* / *إبعاد* / *مبعد* / *جنسية* / *اضطهاد* / *تعذيب*"
        " / *جمارك* / *تأشيرة* / *سجن* / *سجين* / *محكمة* / *محاكم* / *قاض* / *أجنبي*"
        " / *أجانب* / *مواطن* / خوف موثوق / *طرد* / الرقم a / رقم a / *اتجار بالبشر*"
        " / حرس الحدود / بلا أوراق"
    ),
    "pa": (
        "ਸ਼ਰਨ / ਸ਼ਰਨਾਰਥੀ / ਪਨਾਹ / ਪਨਾਹਗੀਰ / ਹਿਰਾਸਤ / ਨਜ਼ਰਬੰਦ / ਨਜ਼ਰਬੰਦੀ / ਇਮੀਗ੍ਰੇਸ਼ਨ / ਪਰਵਾਸੀ"
        " / ਪ੍ਰਵਾਸੀ / ਡਿਪੋਰਟ / ਡਿਪੋਰਟੇਸ਼ਨ / ਦੇਸ਼ ਨਿਕਾਲਾ / ਦੇਸ਼ ਨਿਕਾਲੇ / ਦੇਸ਼ੋਂ ਕੱਢ"
        " / ਦੇਸ਼ੋਂ ਕੱਢਿਆ / a ਨੰਬਰ / ਏ ਨੰਬਰ / ਵਿਦੇਸ਼ੀ / ਨਾਗਰਿਕ / ਨਾਗਰਿਕਤਾ / ਜ਼ੁਲਮ / ਤਸ਼ੱਦਦ"
        " / ਵੀਜ਼ਾ / ਜੇਲ੍ਹ / ਕੈਦ / ਕੈਦੀ / ਅਦਾਲਤ / ਜੱਜ / ਕਸਟਮ / ਮਨੁੱਖੀ ਤਸਕਰੀ"
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
    "zh-Hans": (
        "*可信恐惧* / *合理恐惧* / *迫害* / *政治见解* / *政治观点* / *特定社会群体*"
        " / *性取向* / *同性恋* / *双性恋* / *变性*"
        " / *跨性别* / *人口贩卖* / *家庭暴力* / *家暴* / *强奸* / *性侵*"
        " / *性虐待* / *酷刑* / *艾滋* / *线人* / *帮派*"
        " / *黑帮* / *叛教* / *亵渎* / *申请庇护* / *庇护申请* / *寻求庇护*"
    ),
    "zh-Hant": (
        "*可信恐懼* / *合理恐懼* / *迫害* / *政治見解* / *政治觀點* / *特定社會群體*"
        " / *性取向* / *同性戀* / *雙性戀* / *變性*"
        " / *跨性別* / *人口販賣* / *家庭暴力* / *家暴* / *強姦* / *性侵*"
        " / *性虐待* / *酷刑* / *愛滋* / *線人* / *幫派*"
        " / *黑幫* / *叛教* / *褻瀆* / *申請庇護* / *庇護申請* / *尋求庇護*"
    ),
    "ar": (
        "خوف موثوق / خوف معقول / *اضطهاد* / رأي سياسي / آراء سياسية / فئة اجتماعية"
        " / مجموعة اجتماعية / الميل الجنسي / التوجه الجنسي / مثلي الجنس / مثلية الجنس"
        " / المثلية / *متحول جنسيا* / *اتجار بالبشر* / *العنف المنزلي* / *العنف الأسري*"
        " / *اغتصاب* / اعتداء جنسي / *تعذيب* / *الإيدز* / *مخبر* / *عصابة* / *عصابات* / الردة"
        " / مرتد / *تجديف* / طالب لجوء / طالبة لجوء / طالبي اللجوء / *طلب لجوء* / *طلب اللجوء*"
    ),
    "pa": (
        "ਭਰੋਸੇਯੋਗ ਡਰ / ਵਾਜਬ ਡਰ / ਜ਼ੁਲਮ / ਤਸ਼ੱਦਦ / ਸਿਆਸੀ ਵਿਚਾਰ / ਸਮਾਜਿਕ ਸਮੂਹ / ਜਿਨਸੀ ਰੁਝਾਨ"
        " / ਸਮਲਿੰਗੀ / ਟਰਾਂਸਜੈਂਡਰ / ਮਨੁੱਖੀ ਤਸਕਰੀ / ਘਰੇਲੂ ਹਿੰਸਾ / ਬਲਾਤਕਾਰ / ਜਿਨਸੀ ਸ਼ੋਸ਼ਣ / ਏਡਜ਼"
        " / ਮੁਖ਼ਬਰ / ਗਿਰੋਹ / ਧਰਮ ਤਿਆਗ / ਈਸ਼ ਨਿੰਦਾ / ਸ਼ਰਨ ਦੀ ਅਰਜ਼ੀ / ਸ਼ਰਨ ਮੰਗੀ / ਪਨਾਹ ਮੰਗੀ"
    ),
}

PEOPLES: tuple[str, ...] = (
    "cubain* / chinois* / russe* / camerou* / guinéen* / allemand* / turque* / somalien* / géorgien* /"
    " indien* / pakistanais* / soudanais* / ukrainien* / chines* / cuban* / haitian* / nicaragü* /"
    " ayisyen* / kiben* / chinwa / dominiken*",
    "кубин* / гаит* / венесуэл* / никарагуан* / китай* / китаец / китаян* / русский / русская / русских /"
    " россия* / россий* / индий* / индиец / индус* / пакистан* / узбек* / таджик* / казах* / киргиз* /"
    " кыргыз* / армян* / грузин* / украин* / белорус* / молдав* / румын* / турец* / турк* / чечен* / кавказ*",
    "*古巴* / *海地* / *委内瑞拉* / *委內瑞拉* / *尼加拉瓜* / *中国* / *中國* / *印度* / *俄罗斯*"
    " / *俄羅斯* / *台湾*"
    " / *台灣* / *维吾尔* / *維吾爾* / *كوبي* / *هايتي* / *فنزويل* / *نيكاراغو* / *موريتاني* / *صيني* /"
    " *هندي* / *روسي* / *سوري* / *يمني* / *سوداني* / *مصري* / ਭਾਰਤੀ / ਪੰਜਾਬੀ / ਪਾਕਿਸਤਾਨੀ / ਸਿੱਖ / ਖ਼ਾਲਿਸਤਾਨੀ",
)
"""What people are called by where they come from, where it does not begin like a name listed already."""
