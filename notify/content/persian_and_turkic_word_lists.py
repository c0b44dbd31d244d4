"""The lists of `word_lists` for Persian, Pashto, Turkish and Uzbek: drafted, a floor.

Written as in `more_word_lists`: a star stands for any ending, in Arabic script for any beginning too; entries
are parted by `/`. In these languages case, number and person hang on the end of a word.
"""

from __future__ import annotations

CONFIDENTIAL: dict[str, str] = {
    "fa": (
        "*پناهندگ* / *پناهنده* / *پناهجو* / پناه جو* / *بازداشت* / *توقیف* / *محبوس* / *اخراج* /"
        " *دیپورت* / رد مرز* / *مهاجر* / مرزبان* / گشت مرزی / *دادگاه* / *محکمه* / *محاکم* / *قاضی* /"
        " *ویزا* / ویزه* / *روادید* / *زندان* / *حبس* / *تابعیت* / تبعه / *اتباع* / *شهروند* / *خارجی*"
        " / *بیگانه* / *غیرقانونی* / گمرک* / *شکنجه* / آزار و اذیت* / ترس موجه / ترس معقول / ترس"
        " باورپذیر / مصاحبه ترس / شماره a / *قاچاق انسان*"
    ),
    "ps": (
        "*پناه* / *کډوال* / *مهاجر* / *توقیف* / *بندي* / *بندیخان* / *زندان* / *محبس* / *ډیپورټ* /"
        " *ډیپورت* / *اخراج* / *اېستل* / *شړل* / *محکم* / *قاضي* / *تابعیت* / تبعه / *اتباع* / *بهرنی*"
        " / *بهرني* / *وېزه* / *ویزه* / *ویزې* / *ګمرک* / *شکنجه* / *شکنجې* / *ځورون* / سرحدي پولیس /"
        " معتبره وېره / معقوله وېره / a شمېره / د a شمېره / ا شمېره / انساني قاچاق / د انسانانو قاچاق*"
    ),
    # “hâkim” (judge) is left out: folded it is also one of the commonest names.
    "tr": (
        "sığınma* / iltica* / mülteci* / gözaltı* / alıkon* / tutuk* / nezaret* / göçmen* / göç"
        " idare* / sınır dışı* / sınırdışı* / deport* / geri gönderme* / yabancı* / kaçak* / vatandaş*"
        " / uyruk* / uyruğ* / a numara* / inandırıcı korku* / makul korku* / korku görüşme* / korku"
        " mülakat* / zulüm* / zulme* / zulmü* / işkence* / sınır devriye* / gümrük* / gümrüğ* / vize /"
        " vizesi* / vizeyi / vizeye / vizeler* / hapis / hapse / hapiste* / hapishane* / cezaev* /"
        " mahkum* / mahkeme* / yargıç* / yargıc* / duruşma* / insan ticaret* / insan kaçakçı*"
    ),
    # Oʻ and gʻ are also written with a plain or a curly quote, which parts the word.
    "uz": (
        "boshpana* / boshpona* / qochoq* / qochqin* / hibs* / qamoq* / qamal* / qamash* / ushlab"
        " turish* / deport* / haydab chiqar* / chiqarib yubor* / muhojir* / migratsiya* / immigrat* /"
        " immigrant* / chet ellik* / xorijlik* / chegarachi* / chegara xizmat* / bojxona* / fuqaro* /"
        " viza / vizasi* / vizani / vizaga / vizalar* / sud / sudda / sudga / suddan / sudning / sudi"
        " / sudida / sudiga / sudidan / sudining / sudlar* / sudya* / mahkama* / turma* / mahbus* /"
        " qiynoq* / taʼqib* / ta’qib* / taqib* / asosli qoʻrquv* / asosli qo‘rquv* / asosli qorquv* /"
        " a raqam* / odam savdosi* / hujjatsiz*"
    ),
}

LETTER: dict[str, str] = {
    "fa": (
        "ترس موجه / ترس معقول / ترس باورپذیر / ترس مثبت / ترس منفی / نتیجه مثبت / نتیجه منفی / آزار و"
        " اذیت* / تعقیب و آزار* / *شکنجه* / عقیده سیاسی / عقاید سیاسی / نظر سیاسی / گروه اجتماعی /"
        " گرایش جنسی / *همجنسگرا* / همجنس گرا* / *دوجنسگرا* / ترنس / ترنسجندر* / تراجنسی* / *قاچاق"
        " انسان* / خشونت خانگی / خشونت خانوادگی / *تجاوز جنسی* / سوء استفاده جنسی / آزار جنسی / *ایدز*"
        " / اچ آی وی / *خبرچین* / *تبهکار* / *ارتداد* / مرتد* / *کفرگویی* / توهین به مقدسات / *پناهجو*"
        " / درخواست پناهندگی / تقاضای پناهندگی"
    ),
    "ps": (
        "معتبره وېره / معقوله وېره / مثبته وېره / مثبته پایله / منفي پایله / *ځورون* / *شکنجه* /"
        " *شکنجې* / سیاسي نظر / سیاسي عقیده / سیاسي عقیدې / ټولنیزه ډله / ټولنیزې ډلې / جنسي تمایل /"
        " جنسي میلان / *همجنس* / ترانسجندر / انساني قاچاق / د انسانانو قاچاق* / کورنی تاوتریخوالی /"
        " کورني تاوتریخوالي / جنسي تېری / جنسي تیری / جنسي ځورونه / *ایډز* / *ایدز* / *مخبر* / *جاسوس*"
        " / *ارتداد* / *مرتد* / د دین سپکاوی / پناه غوښتونک* / د پناه غوښتن* / د پناه غوښتل*"
    ),
    "tr": (
        "inandırıcı korku* / makul korku* / haklı korku* / olumlu sonuç* / olumsuz sonuç* / zulüm* /"
        " zulme* / zulmü* / siyasi görüş* / siyasi düşünce* / toplumsal grup* / sosyal grup* / cinsel"
        " yönelim* / eşcinsel* / biseksüel* / lezbiyen* / trans / transseksüel* / insan ticaret* /"
        " aile içi şiddet* / ev içi şiddet* / tecavüz* / cinsel istismar* / cinsel saldırı* / işkence*"
        " / u vizesi* / t vizesi* / muhbir* / çete / çetesi* / çeteye / çeteler* / dinden dön* /"
        " mürted* / dine hakaret* / kutsala hakaret* / sığınmacı* / sığınma başvuru* / sığınma talep*"
        " / sığınma taleb* / iltica başvuru* / iltica talep* / iltica taleb*"
    ),
    "uz": (
        "asosli qoʻrquv* / asosli qo‘rquv* / asosli qorquv* / ijobiy natija* / salbiy natija* /"
        " taʼqib* / ta’qib* / taqib* / siyosiy qarash* / siyosiy fikr* / ijtimoiy guruh* / jinsiy"
        " moyil* / gomoseksual* / lesbiyan* / biseksual* / transgender* / odam savdosi* / oiladagi"
        " zoʻravon* / oiladagi zo‘ravon* / oilaviy zoʻravon* / oilaviy zo‘ravon* / zoʻrlash* /"
        " zo‘rlash* / jinsiy zoʻravon* / jinsiy zo‘ravon* / qiynoq* / oiv / oits / spid / ayg‘oqchi* /"
        " aygʻoqchi* / xabarchi* / jinoiy guruh* / murtad* / kufr* / shakkok* / u vizasi* / t vizasi*"
        " / boshpana soʻra* / boshpana so‘ra* / boshpana ariza* / boshpana izlovchi*"
    ),
}

PEOPLES: tuple[str, ...] = (
    (
        "*ایرانی* / *افغان* / *تاجیک* / *پشتون* / *هزاره* / *ازبک* / *ترکمن* / *کوبا* / *هائیتی* /"
        " *ونزوئلا* / *نیکاراگوئه* / *پاکستان* / *بنگلادش* / *هندی* / *روسی* / *چینی* / ترکها* /"
        " *ترکیه* / *عراقی* / *سوری* / کردها* / *ارمنی* / *گرجی*"
    ),
    (
        "*پښتون* / *پښتانه* / *هزاره* / *تاجک* / *ازبک* / *افغان* / *ایراني* / *پاکستان* / *هندي* /"
        " *روسي* / *چینایي* / *کیوبا* / *هایټي* / ترکان / ترکي* / *عراقي* / *بنګله*"
    ),
    (
        "acem / azeri* / ermeni* / gürcü* / kürt* / kürd* / suriyeli* / ıraklı* / rus / ruslar* /"
        " rusyalı* / özbek* / türkmen* / kırgız* / kazak / kazaklar* / tacik* / çeçen* / çinli* /"
        " hintli* / kübalı* / haitili* / moritanyalı* / faslı* / mısırlı* / cezayirli* / ürdünlü* /"
        " lübnanlı* / arap / araplar* / peştun* / hazara*"
    ),
    (
        "oʻzbek* / o‘zbek* / o zbek* / qozoq* / qirgʻiz* / qirg‘iz* / qirg iz* / tojik* / afgʻon* /"
        " afg‘on* / afg on* / rus / ruslar* / rossiya* / eronlik* / turkiya* / xitoylik* /"
        " hindistonlik* / pokiston* / kubalik* / ukrainalik* / arman / armanlar* / gruzin* / uygʻur* /"
        " uyg‘ur* / uyg ur*"
    ),
)
