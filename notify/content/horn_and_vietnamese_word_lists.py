"""The lists of `word_lists` in Somali, Vietnamese and Amharic, written as in `more_word_lists`."""

from __future__ import annotations

CONFIDENTIAL: dict[str, str] = {
    "so": (
        "magangelyo* / magangalyo* / magan gelyo / qaxooti* / qaxoonti* / socdaalka / socdaal* / laanta"
        " socdaalka / muhaajir* / tahriib* / tarxiil* / taxriil* / masaafur* / musaafur* / la celinayo / dib"
        " u celin* / hakad tarxiil / hakadka tarxiilka / xabsi* / xabis* / maxbuus* / maxaabiis* / xiran"
        " tahay / xidhan tahay / xiran yahay / xidhan yahay / xirnayd / xidhnayd / la xiray / la xidhay /"
        " lagu xiray / lagu xidhay / laguu xiray / xarig* / xadhig* / xirxir* / xarunta haynta / ajnabi* /"
        " ajaanib* / ajanabi* / muwaadin* / dhalasho* / jinsiyad* / sharci la aan / sharcidarro / sharci"
        " darro / lambarka a / lambarkaaga a / cabsi la rumaysan karo / cabsi macquul ah / wareysiga cabsida"
        " / caburin* / cadaadin* / cadaadis* / dulmi / dhibaateyn* / jirdil* / jir dil* / fiiso* / fiisa* /"
        " dal ku gal* / dalkugal* / kastam* / canshuurta xuduudda / xuduud* / ciidanka xadka / ka ganacsiga"
        " dadka / ka ganacsi dad / maxkamad* / garsoor* / qaalli* / qaadi / xaakim / amniga gudaha"
    ),
    "vi": (
        "tị nạn / tỵ nạn / giam giữ / bị giam / tạm giam / tạm giữ / câu lưu / trại giam / nhà giam / nhà"
        " tù / bị tù / ở tù / tù nhân / tù tội / di trú / nhập cư / di cư / di dân / trục xuất / bị đuổi về"
        " / hồi hương / dẫn độ / lệnh chặn / lệnh hoãn / lệnh giữ / người nước ngoài / ngoại kiều / ngoại"
        " quốc / công dân / quốc tịch / không giấy tờ / nhập cảnh lậu / mã số a / số ngoại kiều / sợ hãi có"
        " cơ sở / nỗi sợ có cơ sở / nỗi sợ hợp lý / phỏng vấn sợ hãi / bức hại / đàn áp / ngược đãi / tra"
        " tấn / biên phòng / tuần tra biên giới / biên giới / hải quan / thị thực / chiếu khán / thẻ xanh /"
        " buôn người / tòa án / toà án / phiên tòa / phiên toà / ra tòa / ra toà / hầu tòa / hầu toà / thẩm"
        " phán / chánh án / quan tòa / quan toà / nội an / an ninh nội địa"
    ),
    "am": (
        "*ጥገኝነት* / *ጥገኛ ጠያቂ* / *ስደት* / *ስደተኛ* / *ስደተኞች* / *ኢሚግሬሽን* / *ኢምግሬሽን* / *ኢሚግራንት* / *መጤ* / *ማባረር* /"
        " *መባረር* / *ተባረ* / *ሊባረ* / *ይባረ* / *ያባር* / *ሊያባር* / *ዲፖርት* / *ከሀገር መውጣት* / *ከአገር መውጣት* / *ከሀገር"
        " ማስወጣት* / *ከአገር ማስወጣት* / *ከሃገር ማስወጣት* / *እገዳ* / *ታግዷል* / *ማገጃ* / *እስር* / *እሥር* / *እስረኛ* / *እስረኞች* /"
        " *ታስረ* / *ታስሮ* / *ታሰረ* / *ታሰሩ* / *ታሳሪ* / *መታሰር* / *ማሰር* / *ማቆያ* / *ወህኒ* / *ማረሚያ ቤት* / *ዜጋ* / *ዜጎች*"
        " / *ዜግነት* / *የውጭ ሰው* / *ወረቀት የሌለው* / *ሕገ ወጥ* / *ህገ ወጥ* / *ሕገወጥ* / *ህገወጥ* / *a ቁጥር* / *ኤ ቁጥር* /"
        " *ተአማኒ ፍርሃት* / *ምክንያታዊ ፍርሃት* / *ጭቆና* / *ማሰቃየት* / *ስቃይ* / *ሰቆቃ* / *ድንበር* / *ጉምሩክ* / *ቪዛ* / *ግሪን ካርድ*"
        " / *የሰዎች ዝውውር* / *ሰው ማዘዋወር* / *ፍርድ ቤት* / *ፍርድቤት* / *ችሎት* / *ዳኛ* / *ዳኞች* / *ሀገር ውስጥ ደህንነት*"
    ),
}

LETTER: dict[str, str] = {
    "so": (
        "cabsi la rumaysan karo / cabsi la aamini karo / cabsi macquul ah / cabsi sal leh / natiijo togan /"
        " natiijo taban / natiijo wanaagsan / natiijo xun / caburin* / cadaadin* / fikrad siyaasadeed /"
        " fikradaha siyaasadeed / ra yi siyaasadeed / aragti siyaasadeed / koox bulsheed / kooxda bulsheed /"
        " koox bulsho gaar ah / jihada galmada / khaniis* / qaniis* / lesbiyan* / jinsi beddel* / labeeb* /"
        " ka ganacsiga dadka / ka ganacsi dad / rabshadaha guriga / rabshad guri / rabshadaha qoyska /"
        " kufsi* / kufsad* / la kufsaday / xadgudub galmo* / xadgudubka galmada / faraxumeyn* / jirdil* /"
        " jir dil* / hiv / aids / aydhis / aydhiska / basaas* / jaajuus* / burcad* / koox burcad ah / kooxda"
        " burcadda / ridda / riddo / murtad* / diin ka bax* / aflagaado diineed / magangelyo doon* /"
        " magangalyo doon* / codsi magangelyo / codsiga magangelyada / codsatay magangelyo / magangelyo"
        " codsa* / alshabaab / al shabaab"
    ),
    "vi": (
        "sợ hãi có cơ sở / nỗi sợ có cơ sở / nỗi sợ đáng tin / nỗi sợ hợp lý / kết quả dương tính / kết quả"
        " âm tính / bức hại / đàn áp / quan điểm chính trị / ý kiến chính trị / chính kiến / nhóm xã hội /"
        " xu hướng tính dục / khuynh hướng tính dục / đồng tính / dong tinh / đồng giới / song tính / chuyển"
        " giới / buôn người / bạo hành gia đình / bạo lực gia đình / hiếp dâm / cưỡng hiếp / lạm dụng tình"
        " dục / tấn công tình dục / xâm hại tình dục / tra tấn / liệt kháng / hiv / aids / visa u / visa t /"
        " chỉ điểm / mật báo viên / băng đảng / bỏ đạo / bội giáo / báng bổ / người xin tị nạn / xin tị nạn"
        " / đơn tị nạn / đơn xin tị nạn / xin tỵ nạn / đơn tỵ nạn"
    ),
    "am": (
        "*ተአማኒ ፍርሃት* / *ምክንያታዊ ፍርሃት* / *በቂ ፍርሃት* / *አወንታዊ ውጤት* / *አሉታዊ ውጤት* / *ስደት* / *ጭቆና* / *ማሰቃየት* /"
        " *ስቃይ* / *ሰቆቃ* / *የፖለቲካ አመለካከት* / *የፖለቲካ አስተሳሰብ* / *የፖለቲካ አቋም* / *ማህበራዊ ቡድን* / *ማኅበራዊ ቡድን* / *የጾታ"
        " ዝንባሌ* / *ግብረ ሰዶም* / *ግብረሰዶም* / *ሌዝቢያን* / *ትራንስጀንደር* / *ጾታ ቀያሪ* / *ጾታውን የቀየረ* / *የሰዎች ዝውውር* / *ሰው"
        " ማዘዋወር* / *የቤት ውስጥ ጥቃት* / *የቤት ውስጥ ብጥብጥ* / *አስገድዶ መድፈር* / *ተደፍራ* / *ተደፍሮ* / *ወሲባዊ ጥቃት* / *ጾታዊ ጥቃት*"
        " / *ኤች አይ ቪ* / *ኤችአይቪ* / *ኤድስ* / *ሰላይ* / *መረጃ አቀባይ* / *የወንበዴ ቡድን* / *ወንበዴ* / *ሃይማኖት ክህደት* / *ሃይማኖትን"
        " መሳደብ* / *ጥገኝነት ጠያቂ* / *ጥገኝነት ጠየቀ* / *ጥገኝነት ጠይቀዋል* / *የጥገኝነት ጥያቄ* / *የጥገኝነት ማመልከቻ*"
    ),
}

PEOPLES: tuple[str, ...] = (
    "soomaali* / somali* / itoobiya* / itoobiyaan* / xabashi* / oromo* / eritreeya* / eretariya* /"
    " yamani* / kiinya* / jabuuti* / suudaan* / kuubaan* / shiin* / hindi* / ruush*",
    "người việt / việt kiều / người hoa / người tàu / người thượng / người mông / hmong / khmer / khơ"
    " me / trung quốc / trung hoa / người lào / người nga / người ấn / người cuba / người haiti",
    "*ኢትዮጵያ* / *ኤርትራ* / *ሐበሻ* / *ሀበሻ* / *ሶማሌ* / *ሶማሊ* / *ኦሮሞ* / አማራ / የአማራ / አማሮች / *ትግራይ* / *ትግሬ* /"
    " *ትግራዋይ* / *ሱዳን* / *ኬንያ* / *ጅቡቲ* / *ኩባዊ* / *ቻይናዊ* / *ህንዳዊ* / *ሩሲያዊ*",
)
